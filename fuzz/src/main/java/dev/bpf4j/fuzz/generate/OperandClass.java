// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

/** Classes of constants, offsets and distances that implementations treat alike. */
public enum OperandClass {
    /** 0. */
    ZERO,
    /** 1. */
    ONE,
    /** -1. */
    MINUS_ONE,
    /** What 8 signed bits hold. */
    SIGNED_8,
    /** What 8 bits hold unsigned only. */
    UNSIGNED_8,
    /** What 12 bits hold, up to 4095 in size. */
    BITS_12,
    /** What 16 signed bits hold. */
    SIGNED_16,
    /** What 31 bits hold, positive. */
    POSITIVE_32,
    /** Negative, more than 16 bits. */
    NEGATIVE_32,
    /** The largest or least number of 32 bits. */
    EXTREME_32;

    /** The class of a value. */
    public static OperandClass of(int value) {
        if (value >= -1 && value <= 1) {
            return value == 0 ? ZERO : value == 1 ? ONE : MINUS_ONE;
        }
        if (value == Integer.MAX_VALUE || value == Integer.MIN_VALUE) {
            return EXTREME_32;
        }
        if (value >= -128 && value <= 127) {
            return SIGNED_8;
        }
        if (value > 0 && value <= 255) {
            return UNSIGNED_8;
        }
        if (value >= -4095 && value <= 4095) {
            return BITS_12;
        }
        if (value >= -32768 && value <= 32767) {
            return SIGNED_16;
        }
        return value > 0 ? POSITIVE_32 : NEGATIVE_32;
    }
}
