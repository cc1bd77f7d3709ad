// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What comes before a figure: agreement, refusals. Nothing here depends on a time. */
class ComparisonTest {
    private static final Contender GOOD = new EngineContender(new EvaluatorEngine(), Policy.STRICT);

    /** The evaluator, save for what is done to its outcome. */
    private record Seeded(String name, BiFunction<Lane, Outcome, Outcome> mistake) implements Engine {
        @Override
        public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
            LoadedProgram right = new EvaluatorEngine().load(machine, program);
            return new LoadedProgram() {
                @Override
                public LinkedProgram program() {
                    return right.program();
                }

                @Override
                public Outcome run(Lane lane) {
                    return mistake.apply(lane, right.run(lane));
                }

                @Override
                public Outcome observe(Lane lane) {
                    return mistake.apply(lane, right.observe(lane));
                }

                @Override
                public void close() {
                    right.close();
                }
            };
        }
    }

    private static Contender seeded(BiFunction<Lane, Outcome, Outcome> mistake) {
        return new EngineContender(new Seeded("seeded", mistake), Policy.STRICT);
    }

    private static Comparison.Plan plan(String... names) {
        List<CorpusProgram> programs = List.of(names).stream().map(name -> Corpus.shipped().program(name).orElseThrow()).toList();
        return new Comparison.Plan(programs, Cpu.V3, 2, 1, 0, 0);
    }

    @Test
    void wrongResultIsNamedAndNothingIsTimed() {
        List<String> progress = new ArrayList<>();
        Contender wrong = seeded((lane, outcome) -> outcome instanceof Outcome.Returned(long r0) ? new Outcome.Returned(r0 ^ 1) : outcome);
        assertThatThrownBy(() -> Comparison.run(plan("add", "loop"), List.of(GOOD, wrong), progress::add)).isInstanceOf(Disagreement.class)
                .hasMessage("seeded strict disagrees on add: result 0x504b443f38333427, expected 0x504b443f38333426");
        assertThat(progress).containsExactly("checking add");
    }

    @Test
    void wrongMemoryIsNamed() {
        Contender wrong = seeded((lane, outcome) -> {
            lane.memory().set(ValueLayout.JAVA_BYTE, lane.contextBase() + 5, (byte) 0);
            return outcome;
        });
        assertThatThrownBy(() -> Comparison.run(plan("add"), List.of(wrong), line -> {
        })).isInstanceOf(Disagreement.class).hasMessage("seeded strict disagrees on add: memory at byte 5: 0x00, expected 0x96");
    }

    @Test
    void mistakeThatComesWithTimeIsFound() {
        int[] runs = {0};
        Contender wrong = seeded((lane, outcome) -> ++runs[0] > 2 ? new Outcome.Returned(7) : outcome);
        assertThatThrownBy(() -> Comparison.run(plan("add"), List.of(wrong), line -> {
        })).isInstanceOf(Disagreement.class).hasMessageStartingWith("seeded strict disagrees on add: while it was timed, result 0x7");
    }

    @Test
    void faultIsARefusalWithItsReason() throws Exception {
        Contender refusing = new Contender() {
            @Override
            public String name() {
                return "nobody";
            }

            @Override
            public Prepared prepare(CorpusProgram program, Cpu cpu) throws CannotRun {
                throw new CannotRun("no such machine\nmore");
            }
        };
        Report report = Comparison.run(plan("add", "loop"), List.of(GOOD, refusing), line -> {
        });
        assertThat(ReportTable.refusals(report)).containsExactly("nobody did not run all programs: no such machine");
        assertThat(report.rows().getFirst().measurements()).containsOnlyKeys("evaluator strict");
    }

    @Test
    void reportHasAFigurePerRoundAndTheExecutedInstructions() throws Exception {
        Report report = Comparison.run(plan("add", "tailchain"), List.of(GOOD), line -> {
        });
        assertThat(report.rows()).extracting(Report.Row::program).containsExactly("add", "tailchain");
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.measurements()).hasEntrySatisfying("evaluator strict",
                measurement -> assertThat(measurement.rounds()).hasSize(2)));
        assertThat(report.rows().getFirst().instructions()).isEqualTo(5);
    }
}
