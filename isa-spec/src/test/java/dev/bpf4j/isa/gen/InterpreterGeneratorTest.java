// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.fusion.Fusion;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The generated loops, checked in as they are, so that a review shows what a change of a table or of the generator does to them. */
class InterpreterGeneratorTest {
    private static String loop(boolean strict, ByteOrder order) {
        return InterpreterGenerator.generate(Fusion.of(Isa.system(), strict), strict, order);
    }

    @Test
    void loopsAreThoseCheckedIn() {
        Map<String, String> loops = new LinkedHashMap<>();
        for (boolean strict : new boolean[] {false, true}) {
            loops.put(InterpreterGenerator.className(strict, ByteOrder.LITTLE_ENDIAN) + ".java", loop(strict, ByteOrder.LITTLE_ENDIAN));
        }
        Golden.checkFolder(Golden.resource("generated"), loops);
    }

    /** The loops for big-endian programs are not checked in: they differ in their name, how memory is read, and the instructions that swap. */
    @Test
    void byteOrderChangesLittle() {
        List<String> little = loop(true, ByteOrder.LITTLE_ENDIAN).lines().toList();
        List<String> big = loop(true, ByteOrder.BIG_ENDIAN).lines().toList();
        assertThat(big).hasSameSizeAs(little);
        for (int i = 0; i < little.size(); i++) {
            if (!big.get(i).equals(little.get(i))) {
                assertThat(little.get(i)).containsPattern("^final class |ENDIAN|regs\\[j & 15\\] = .*t0");
            }
        }
    }
}
