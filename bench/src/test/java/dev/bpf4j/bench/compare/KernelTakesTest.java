// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.RefusedByLinux;
import dev.bpf4j.conformance.linux.Kernel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The running kernel takes every program of the corpus, with the right result, but for those that the list says, and these it refuses. */
class KernelTakesTest {
    private static final Set<String> REFUSED = RefusedByLinux.of(Corpus.shipped()).stream().map(RefusedByLinux::program).collect(Collectors
            .toSet());

    static List<CorpusProgram> taken() {
        return Corpus.shipped().programs().stream().filter(program -> !REFUSED.contains(program.name())).toList();
    }

    static List<RefusedByLinux> quicklyRefused() {
        return RefusedByLinux.of(Corpus.shipped()).stream().filter(row -> !row.slow()).toList();
    }

    static List<RefusedByLinux> slowlyRefused() {
        return RefusedByLinux.of(Corpus.shipped()).stream().filter(RefusedByLinux::slow).toList();
    }

    @Test
    void listHasProgramsOfTheCorpusInItsOrder() {
        List<String> inOrder = Corpus.shipped().programs().stream().map(CorpusProgram::name).filter(REFUSED::contains).toList();
        assertThat(RefusedByLinux.of(Corpus.shipped())).extracting(RefusedByLinux::program).containsExactlyElementsOf(inOrder);
    }

    @Test
    void slowRefusalsCanBeTakenFromTheList() {
        KernelContender kernel = new KernelContender(slowlyRefused());
        assertThat(slowlyRefused()).isNotEmpty().allSatisfy(row -> assertThatThrownBy(() -> kernel.prepare(Corpus.shipped().program(row
                .program()).orElseThrow(), Cpu.V3)).isInstanceOf(CannotRun.class).hasMessage("not asked: listed as refused with " + row
                        .errno()
                        + ", " + row.reason()));
    }

    @ParameterizedTest
    @MethodSource("taken")
    void kernelGivesTheResult(CorpusProgram program) throws Exception {
        assumeKernel();
        Observation expected = Execution.of(program, Cpu.V3).observation();
        try (KernelContender kernel = new KernelContender(); Contender.Prepared prepared = kernel.prepare(program, Cpu.V3)) {
            for (int pass = 0; pass < 2; pass++) {
                assertThat(prepared.observe().differenceTo(expected)).as("%s, pass %d", program.name(), pass).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("quicklyRefused")
    void kernelRefusesWhatIsListed(RefusedByLinux row) {
        assertRefused(row);
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("slowlyRefused")
    void kernelRefusesWhatIsListedSlowly(RefusedByLinux row) {
        assertRefused(row);
    }

    private static void assertRefused(RefusedByLinux row) {
        assumeKernel();
        assertThat(refusal(row.program())).as("%s is listed in refused-by-linux.txt, so the kernel should not take it", row.program())
                .hasValueSatisfying(said -> assertThat(said).startsWith("BPF_PROG_LOAD failed with " + row.errno() + " ("));
    }

    /** What the kernel says against a program of the corpus; empty if it takes it. */
    private static Optional<String> refusal(String name) {
        CorpusProgram program = Corpus.shipped().program(name).orElseThrow();
        try (KernelContender kernel = new KernelContender(); Contender.Prepared prepared = kernel.prepare(program, Cpu.V3)) {
            prepared.observe();
            return Optional.empty();
        } catch (CannotRun e) {
            return Optional.of(e.reason());
        }
    }

    private static void assumeKernel() {
        Optional<String> unavailable = Kernel.unavailable();
        assumeTrue(unavailable.isEmpty(), () -> "not run: " + unavailable.orElse(""));
    }
}
