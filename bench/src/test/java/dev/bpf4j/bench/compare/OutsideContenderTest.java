// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.conformance.candidate.OutsideRuntime.Answer;
import dev.bpf4j.conformance.candidate.OutsideRuntime.Ended;
import dev.bpf4j.conformance.candidate.OutsideRuntime.Timed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs in adapters: made up ones, processes that are none, and those that were built, if any. */
class OutsideContenderTest {
    private static final CorpusProgram ADD = Corpus.shipped().program("add").orElseThrow();

    /** Answers with the same whatever it is asked, and counts. */
    private static final class Scripted implements Adapter {
        private final List<Long> asked = new ArrayList<>();
        private final long r0;
        private final Optional<byte[]> memory;
        private boolean closed;

        Scripted(long r0, Optional<byte[]> memory) {
            this.r0 = r0;
            this.memory = memory;
        }

        @Override
        public Timed run(byte[] code, byte[] input, long times) {
            assertThat(code.length % 8).isZero();
            assertThat(input).hasSize(2048);
            asked.add(times);
            return new Timed(new Answer(Ended.RETURNED, r0, memory, ""), times * 50);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void timeIsPerPass() throws Exception {
        Scripted adapter = new Scripted(0x504b443f38333426L, Optional.of(new byte[2048]));
        try (Contender.Prepared prepared = OutsideContender.prepare(adapter, "made up", ADD, Cpu.V3)) {
            assertThat(prepared.time(100)).isEqualTo(50);
        }
        assertThat(adapter.closed).isTrue();
        assertThat(adapter.asked).containsExactly(1L, 100L);
    }

    @Test
    void wrongResultIsADisagreement() throws Exception {
        try (Contender.Prepared prepared = OutsideContender.prepare(new Scripted(7, Optional.empty()), "made up", ADD, Cpu.V3)) {
            assertThatThrownBy(() -> prepared.time(100)).isInstanceOf(Disagreement.class).hasMessage(
                    "made up disagrees on add: while it was timed, result 0x7");
            assertThatThrownBy(prepared::observe).isInstanceOf(CannotRun.class).hasMessage("the adapter does not tell memory");
        }
    }

    @Test
    void processThatIsNoAdapterIsTold() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        assertThatThrownBy(() -> OutsideContender.prepare(Adapter.of("none", List.of(java.toString(), "NoSuchClass")), "none", ADD,
                Cpu.V3)).isInstanceOf(CannotRun.class).hasMessageStartingWith("the adapter says crash: the process ended with exit code 1");
        assertThatThrownBy(() -> OutsideContender.prepare(Adapter.of("none", List.of("/no/such/adapter")), "none", ADD, Cpu.V3))
                .isInstanceOf(CannotRun.class).hasMessageContaining("cannot be started: ");
    }

    @ParameterizedTest
    @EnumSource
    void adapterThatWasBuiltGivesTheResults(OutsideEngine runtime) throws Exception {
        assumeTrue(runtime.command().isPresent(), () -> "not run: " + runtime.missing());
        for (CorpusProgram program : Stream.of("add", "loop", "calls", "siphash").map(name -> Corpus.shipped().program(name).orElseThrow())
                .toList()) {
            try (Contender.Prepared prepared = new OutsideContender(runtime).prepare(program, Cpu.V3)) {
                assertThat(prepared.observe().differenceTo(Execution.of(program, Cpu.V3).observation())).as("%s", program.name()).isEmpty();
            }
        }
    }

    @Test
    void missingAdapterAndProgramsWithMapsAreRefused() {
        CorpusProgram maps = Corpus.shipped().program("arraymap").orElseThrow();
        for (OutsideEngine runtime : OutsideEngine.values()) {
            String reason = runtime.command().isPresent() ? "adapters run programs over raw memory, without helpers" : runtime.missing();
            assertThatThrownBy(() -> new OutsideContender(runtime).prepare(maps, Cpu.V3)).isInstanceOf(CannotRun.class).hasMessage(reason);
        }
    }
}
