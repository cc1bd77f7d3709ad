// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.analysis.RandomProgram;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random programs give the same outcome, registers, memory and budget here and in the evaluator. */
class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("bpf4j.jvm.programs", 3000);
    private static final int PER_MACHINE = 500;

    @ParameterizedTest
    @EnumSource
    void sameAsTheEvaluator(Policy policy) {
        long first = Long.getLong("bpf4j.jvm.seed", 1);
        for (long seed = first; seed < first + PROGRAMS; seed += PER_MACHINE) {
            try (Comparison comparison = new Comparison(policy, new Limits(200, 4, 3, 5))) {
                for (long s = seed; s < Math.min(seed + PER_MACHINE, first + PROGRAMS); s++) {
                    ByteOrder order = s % 4 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
                    Program program = RandomProgram.of(s, order, Comparison.HELPERS);
                    assertThat(comparison.difference(program)).as("seed %d, %s", s, policy).isEmpty();
                }
            }
        }
    }
}
