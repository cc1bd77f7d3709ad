// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Policy;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every program of the corpus gives its result, and the same memory, in every engine, under both policies, compiled for both CPUs. */
class CorpusRunsTest {
    /** Those that this host has: native ones need their processor, or an emulator of it. {@code bpf4j doctor} says what is missing. */
    private static final List<Engine> ENGINES = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(
            engine -> !engine.name().equals(KernelContender.NAME) && engine.unavailable().isEmpty()).toList();

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

    private static void check(Contender contender, CorpusProgram program, Cpu cpu, Observation expected) throws Exception {
        try (Contender.Prepared prepared = contender.prepare(program, cpu)) {
            for (int pass = 0; pass < 2; pass++) {
                assertThat(prepared.observe().differenceTo(expected)).as("%s, %s, %s, pass %d", contender.name(), program.name(), cpu, pass)
                        .isEmpty();
            }
        }
    }
}
