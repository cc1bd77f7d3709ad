// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.bpft.BpftRunner;
import dev.bpf4j.conformance.bpft.Observation;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Regions;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** The comparison must be able to fail: a difference in each aspect is found and named. */
class ComparisonTest {
    private static final BpftCase CASE = BpftFile.parse("test", """
            helpers: test
            map values: array key=4 value=8 max=1
            memory: 01 02 03 04
            packet: 05 06
            program:
                call 1001
                r1 = map_val(map_by_idx(0)) + 0
                r0 = 7
                exit
            expect: returned 7
            """).cases().getFirst();

    private static List<Difference> differences(Engine second) {
        return new Comparison(List.of(new EvaluatorEngine(), second)).differences(CASE, Policy.STRICT);
    }

    private static Difference only(BiFunction<Lane, Outcome, Outcome> sabotage) {
        List<Difference> differences = differences(Sabotaged.by(sabotage));
        assertThat(differences).isNotEmpty();
        return differences.getFirst();
    }

    @Test
    void equalEnginesDoNotDiffer() {
        assertThat(differences(new RfcReference())).isEmpty();
        assertThat(differences(Sabotaged.by((lane, outcome) -> outcome))).isEmpty();
    }

    @Test
    void everyAspectIsCompared() {
        assertThat(only((lane, outcome) -> new Outcome.Returned(8))).satisfies(difference -> {
            assertThat(difference.aspect()).isEqualTo(Aspect.OUTCOME);
            assertThat(difference.kind()).isEqualTo("returned/returned");
            assertThat(difference.detail()).isEqualTo("returned 0x7 | returned 0x8");
        });
        assertThat(only((lane, outcome) -> new Outcome.Fault(FaultKind.BUDGET, 0, 1, 0, 0, false, "")).kind()).isEqualTo("returned/BUDGET");
        assertThat(only((lane, outcome) -> {
            lane.exitRegisters()[9]++;
            return outcome;
        }).aspect()).isEqualTo(Aspect.REGISTERS);
        assertThat(only((lane, outcome) -> {
            lane.write(lane.contextBase() + 3, new byte[] {9});
            return outcome;
        })).satisfies(difference -> {
            assertThat(difference.aspect()).isEqualTo(Aspect.MEMORY);
            assertThat(difference.detail()).isEqualTo("byte 3 0x4 | 0x9");
        });
        assertThat(only((lane, outcome) -> {
            lane.write(lane.regions().base(Regions.PACKET), new byte[] {9});
            return outcome;
        }).aspect()).isEqualTo(Aspect.PACKET);
        assertThat(only((lane, outcome) -> {
            lane.write(lane.machine().maps().all().getFirst().values(), new byte[] {9});
            return outcome;
        }).aspect()).isEqualTo(Aspect.MAPS);
    }

    @Test
    void helperCallsAreCompared() {
        Observation.Run run = (Observation.Run) BpftRunner.observe(CASE, new EvaluatorEngine(), Policy.STRICT, true);
        assertThat(run.calls()).hasSize(1);
        assertThat(run.calls().getFirst().id()).isEqualTo(1001);
        Observation.Run without = new Observation.Run(run.outcome(), run.registers(), run.memory(), run.packet(), run.maps(), List.of());
        assertThat(Comparison.compare("a", run, "b", without)).hasValueSatisfying(difference -> assertThat(difference.aspect()).isEqualTo(
                Aspect.HELPERS));
        assertThat(run.digest()).isNotEqualTo(without.digest());
        assertThat(Comparison.compare("a", run, "linux", without)).as("listed as incomparable").isEmpty();
    }

    @Test
    void unobservedFormIsComparedWithTheObservedOne() {
        BiFunction<Lane, Outcome, Outcome> right = (lane, outcome) -> outcome;
        List<Difference> differences = differences(new Sabotaged(right, (lane, outcome) -> new Outcome.Returned(1)));
        assertThat(differences).hasSize(1);
        assertThat(differences.getFirst().first()).isEqualTo("sabotaged");
        assertThat(differences.getFirst().second()).isEqualTo("sabotaged (unobserved)");
    }

    @Test
    void refusalIsADifferenceUnlessItIsListed() {
        Engine refusing = new Engine() {
            @Override
            public String name() {
                return "refusing";
            }

            @Override
            public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
                throw new LoadException("not today");
            }
        };
        List<Difference> differences = differences(refusing);
        assertThat(differences.getFirst().aspect()).isEqualTo(Aspect.ACCEPTANCE);
        assertThat(differences.getFirst().detail()).contains("not today");
        Observation rejected = new Observation.Rejection("verifier");
        Observation ran = BpftRunner.observe(CASE, new EvaluatorEngine(), Policy.STRICT, true);
        assertThat(Comparison.compare("rfc", ran, "linux", rejected)).isEmpty();
        assertThat(Comparison.compare("rfc", ran, "other", rejected)).isPresent();
    }

    @Test
    void everyExceptionHasAReason() {
        assertThat(Incomparable.values()).allSatisfy(entry -> assertThat(entry.reason()).isNotBlank());
        assertThat(Incomparable.between("rfc", "interpreter")).isEmpty();
    }
}
