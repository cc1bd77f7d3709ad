// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.conformance.linux.Kernel;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Policy;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program of the corpus gives its result, and the same memory, in every engine, under both policies, compiled for both CPUs. */
class CorpusRunsTest {
    private static final List<Engine> ENGINES = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(
            engine -> !engine.name().equals(KernelContender.NAME)).toList();
    /** Programs that the verifier of Linux 6.18 does not take: their bounds or their number of paths are beyond it. */
    private static final Set<String> REFUSED_BY_LINUX = Set.of("prime", "strcmp", "pktparse", "base64", "gcd", "sort", "trie", "distance",
            "queens", "unpack", "rules");

    static List<CorpusProgram> programs() {
        return Corpus.shipped().programs();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void everyEngineGivesTheResult(CorpusProgram program) throws Exception {
        assertThat(ENGINES).isNotEmpty();
        for (Cpu cpu : Cpu.values()) {
            Observation expected = Execution.of(program, cpu).observation();
            assertThat(expected.result()).as("evaluator, %s", cpu).isEqualTo(program.result());
            for (Engine engine : ENGINES) {
                for (Policy policy : Policy.values()) {
                    check(new EngineContender(engine, policy), program, cpu, expected);
                }
            }
        }
    }

    static List<CorpusProgram> takenByLinux() {
        return programs().stream().filter(program -> !REFUSED_BY_LINUX.contains(program.name())).toList();
    }

    static List<CorpusProgram> refusedByLinux() {
        return programs().stream().filter(program -> REFUSED_BY_LINUX.contains(program.name())).toList();
    }

    @ParameterizedTest
    @MethodSource("takenByLinux")
    void kernelGivesTheResult(CorpusProgram program) throws Exception {
        assumeKernel();
        try (KernelContender kernel = new KernelContender()) {
            check(kernel, program, Cpu.V3, Execution.of(program, Cpu.V3).observation());
        }
    }

    /** So that a program that a kernel does take is noticed. The verifier needs up to half a minute to refuse some of them. */
    @Tag("long")
    @ParameterizedTest
    @MethodSource("refusedByLinux")
    void kernelRefuses(CorpusProgram program) {
        assumeKernel();
        assertThatThrownBy(() -> {
            try (KernelContender kernel = new KernelContender(); Contender.Prepared prepared = kernel.prepare(program, Cpu.V3)) {
                prepared.observe();
            }
        }).isInstanceOf(CannotRun.class).hasMessageContaining("BPF_PROG_LOAD");
    }

    private static void assumeKernel() {
        Optional<String> unavailable = Kernel.unavailable();
        assumeTrue(unavailable.isEmpty(), () -> unavailable.orElse(""));
    }

    private static void check(Contender contender, CorpusProgram program, Cpu cpu, Observation expected) throws Exception {
        try (Contender.Prepared prepared = contender.prepare(program, cpu)) {
            for (int pass = 0; pass < 2; pass++) {
                assertThat(prepared.observe().differenceTo(expected)).as("%s, %s, %s, pass %d", contender.name(), program.name(), cpu, pass)
                        .isEmpty();
            }
        }
    }
}
