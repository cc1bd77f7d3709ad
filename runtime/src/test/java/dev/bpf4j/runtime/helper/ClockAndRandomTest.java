// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.RoutineRunner;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ruling 18: time is a deterministic clock and random a seeded generator. */
final class ClockAndRandomTest {
    private static final Machine.Settings STANDARD = Machine.Settings.standard().withLanes(2);

    @ParameterizedTest
    @ValueSource(ints = {5, 125, 160, 208})
    void ruling18ClockStartsAndSteps(int helper) throws LoadException {
        try (Machine machine = new Machine(STANDARD)) {
            RoutineRunner clock = new RoutineRunner(machine.lane(0), helper);
            RoutineRunner other = new RoutineRunner(machine.lane(1), helper);
            assertThat(clock.call(0, 0)).isEqualTo(STANDARD.clockStart());
            assertThat(clock.call(0, 0)).isEqualTo(STANDARD.clockStart() + STANDARD.clockStep());
            assertThat(other.call(0, 0)).as("each lane has its clock").isEqualTo(STANDARD.clockStart());
            machine.reset();
            assertThat(clock.call(0, 0)).isEqualTo(STANDARD.clockStart());
        }
    }

    @Test
    void jiffiesAreTheClocksMilliseconds() throws LoadException {
        try (Machine machine = new Machine(STANDARD)) {
            assertThat(new RoutineRunner(machine.lane(0), 118).call(0, 0)).isEqualTo(STANDARD.clockStart() / 1_000_000);
        }
    }

    /** SplitMix64 as java.util has it: the same state gives the same numbers, of which the helper takes the upper half. */
    @Test
    void ruling18RandomIsSplitMix() throws LoadException {
        try (Machine machine = new Machine(STANDARD)) {
            RoutineRunner random = new RoutineRunner(machine.lane(0), 7);
            SplittableRandom expected = new SplittableRandom(STANDARD.seed());
            for (int i = 0; i < 1000; i++) {
                assertThat(random.call(0, 0)).isEqualTo(expected.nextLong() >>> 32);
            }
            machine.reset();
            assertThat(random.call(0, 0)).isEqualTo(new SplittableRandom(STANDARD.seed()).nextLong() >>> 32);
        }
    }

    @Test
    void ruling18LanesHaveDifferentRandomNumbers() throws LoadException {
        try (Machine machine = new Machine(STANDARD)) {
            Set<Long> seen = new HashSet<>();
            for (int cpu = 0; cpu < 2; cpu++) {
                RoutineRunner random = new RoutineRunner(machine.lane(cpu), 7);
                for (int i = 0; i < 100; i++) {
                    assertThat(seen.add(random.call(0, 0))).isTrue();
                }
            }
        }
    }

    @Test
    void processorIsTheLane() throws LoadException {
        try (Machine machine = new Machine(STANDARD)) {
            assertThat(new RoutineRunner(machine.lane(1), 8).call(0, 0)).isEqualTo(1);
        }
    }
}
