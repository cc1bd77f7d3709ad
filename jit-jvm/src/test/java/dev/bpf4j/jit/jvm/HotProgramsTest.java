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

/** Random programs run so often that HotSpot's optimising compiler has them: before, meanwhile and afterwards they do the same. */
class HotProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("bpf4j.jvm.hot", 60);
    private static final int RUNS = 15_000;

    @ParameterizedTest
    @EnumSource
    void sameHowOftenSoever(Policy policy) {
        try (Comparison comparison = new Comparison(policy, new Limits(200, 4, 3, 5))) {
            for (int seed = 1; seed <= PROGRAMS; seed++) {
                Program program = RandomProgram.of(900_000 + seed, seed % 4 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN,
                        Comparison.HELPERS);
                assertThat(comparison.differenceWhenHot(program, RUNS)).as("seed %d, %s", seed, policy).isEmpty();
            }
        }
    }
}
