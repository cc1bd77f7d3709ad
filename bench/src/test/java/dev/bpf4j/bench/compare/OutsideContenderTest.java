// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The protocol with adapters, by adapters that are made up; and the adapters that were built, if any. */
class OutsideContenderTest {
    private static final CorpusProgram ADD = Corpus.shipped().program("add").orElseThrow();

    /** Answers by a function, and writes down what it was asked. */
    private static final class Scripted implements Adapter {
        final List<String> asked = new ArrayList<>();
        final UnaryOperator<String> script;
        boolean closed;

        Scripted(UnaryOperator<String> script) {
            this.script = script;
        }

        @Override
        public String exchange(String request) {
            asked.add(request);
            return script.apply(request);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void programAndMemoryAreGivenAndTheTimeIsPerPass() throws Exception {
        Scripted adapter = new Scripted(request -> request.startsWith("run") ? "ok 504b443f38333426 5000" : "ok");
        try (Contender.Prepared prepared = OutsideContender.prepare(adapter, "made up", ADD, Cpu.V3)) {
            assertThat(prepared.time(100)).isEqualTo(50);
        }
        assertThat(adapter.closed).isTrue();
        assertThat(adapter.asked).hasSize(4);
        assertThat(adapter.asked.getFirst()).matches("memory [0-9a-f]{4096}");
        assertThat(adapter.asked.get(1)).matches("load ([0-9a-f]{16})+");
        assertThat(adapter.asked.get(2)).isEqualTo(adapter.asked.getFirst());
        assertThat(adapter.asked.getLast()).isEqualTo("run 100");
    }

    @Test
    void wrongResultIsADisagreement() throws Exception {
        Scripted adapter = new Scripted(request -> request.startsWith("run") ? "ok 7 5000" : "ok");
        try (Contender.Prepared prepared = OutsideContender.prepare(adapter, "made up", ADD, Cpu.V3)) {
            assertThatThrownBy(() -> prepared.time(100)).isInstanceOf(Disagreement.class).hasMessage(
                    "made up disagrees on add: while it was timed, result 0x7");
        }
    }

    @Test
    void refusalHasItsReasonAndClosesTheAdapter() {
        Scripted adapter = new Scripted(request -> request.startsWith("load") ? "no such instruction here" : "ok");
        assertThatThrownBy(() -> OutsideContender.prepare(adapter, "made up", ADD, Cpu.V3)).isInstanceOf(CannotRun.class).hasMessage(
                "the adapter refuses load: such instruction here");
        assertThat(adapter.closed).isTrue();
    }

    @Test
    void nonsenseIsTold() throws Exception {
        Scripted garbled = new Scripted(request -> "hello");
        assertThatThrownBy(() -> garbled.ask("describe")).isInstanceOf(CannotRun.class).hasMessage(
                "the adapter answers describe with neither ok nor no: hello");
        Scripted silent = new Scripted(request -> "ok");
        try (Contender.Prepared prepared = OutsideContender.prepare(silent, "made up", ADD, Cpu.V3)) {
            assertThatThrownBy(prepared::observe).isInstanceOf(CannotRun.class).hasMessage("the adapter answers run with ");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "uses cat and true")
    void processAnswersLineByLineAndItsEndIsTold() throws Exception {
        try (Adapter echo = Adapter.start(List.of("cat"))) {
            assertThat(echo.ask("ok one")).isEqualTo("one");
            assertThat(echo.ask("ok two")).isEqualTo("two");
        }
        try (Adapter gone = Adapter.start(List.of("true"))) {
            assertThatThrownBy(() -> gone.ask("describe")).isInstanceOf(CannotRun.class).hasMessage("the adapter ended, exit code 0");
        }
        assertThatThrownBy(() -> Adapter.start(List.of("/no/such/adapter"))).isInstanceOf(CannotRun.class).hasMessageStartingWith(
                "the adapter cannot be started: ");
    }

    /** A process for each program: more of them wait than the machine has CPUs. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "uses cat")
    void manyAdaptersAnswer() throws Exception {
        List<Adapter> adapters = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Adapter echo = Adapter.start(List.of("cat"));
                adapters.add(echo);
                assertThat(echo.ask("ok " + i)).isEqualTo(Integer.toString(i));
            }
        } finally {
            adapters.forEach(Adapter::close);
        }
    }

    @ParameterizedTest
    @EnumSource
    void adapterThatWasBuiltGivesTheResults(OutsideRuntime runtime) throws Exception {
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
        for (OutsideRuntime runtime : OutsideRuntime.values()) {
            String reason = runtime.command().isPresent() ? "adapters run programs over raw memory, without helpers" : runtime.missing();
            assertThatThrownBy(() -> new OutsideContender(runtime).prepare(maps, Cpu.V3)).isInstanceOf(CannotRun.class).hasMessage(reason);
        }
    }
}
