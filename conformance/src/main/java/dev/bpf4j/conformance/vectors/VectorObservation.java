// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.vectors;

import dev.bpf4j.runtime.Outcome;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What a vector left behind in an engine. The arrays are not to be changed.
 *
 * @param outcome   how the run ended; a fault's program is 0
 * @param memory    the vector's memory afterwards
 * @param elsewhere under {@code sandbox}: the words at the addresses that the operands of the instruction under test make, wherever they lie
 * @param registers r0 to r9 at the exit of an observed run that returned; else empty
 */
public record VectorObservation(Outcome outcome, byte[] memory, byte[] elsewhere, long[] registers) {

    /** The first thing in which another observation differs from this one, which is what is expected; registers only if both have them. */
    public Optional<String> difference(VectorObservation found) {
        if (!outcome.sameAs(found.outcome)) {
            return Optional.of("expected " + outcome + ", found " + found.outcome);
        }
        boolean both = registers.length > 0 && found.registers.length > 0;
        int register = both ? Arrays.mismatch(registers, found.registers) : -1;
        if (register >= 0) {
            return Optional.of("expected r" + register + " to be 0x" + Long.toHexString(registers[register]) + ", found 0x" + Long
                    .toHexString(found.registers[register]));
        }
        return bytes("memory", memory, found.memory).or(() -> bytes("accessed words", elsewhere, found.elsewhere));
    }

    private static Optional<String> bytes(String what, byte[] expected, byte[] found) {
        int at = Arrays.mismatch(expected, found);
        if (at < 0) {
            return Optional.empty();
        }
        int word = at & ~7;
        HexFormat hex = HexFormat.of();
        return Optional.of("expected bytes " + word + " to " + (word + 7) + " of the " + what + " to be " + hex.formatHex(expected, word,
                Math
                        .min(word + 8, expected.length)) + ", found " + hex.formatHex(found, word, Math.min(word + 8, found.length)));
    }
}
