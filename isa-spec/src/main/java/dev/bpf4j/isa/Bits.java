// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

/** Bit twiddling under the names that the tables use. Widths are in bits, 1 to 64. */
public final class Bits {
    private Bits() {
    }

    /** The low {@code width} bits of a value, zero-extended. */
    public static long lo(long value, int width) {
        return width == 64 ? value : value & ((1L << width) - 1);
    }

    /** The low {@code width} bits of a value, sign-extended. */
    public static long sx(long value, int width) {
        int shift = 64 - width;
        return value << shift >> shift;
    }

    /** Whether a value is what {@code width} signed bits can hold. */
    public static boolean fitsSigned(long value, int width) {
        return sx(value, width) == value;
    }

    /** Whether a value is what {@code width} unsigned bits can hold. */
    public static boolean fitsUnsigned(long value, int width) {
        return lo(value, width) == value;
    }

    /** Reverses the bytes of a value of 16, 32 or 64 bits. */
    public static long bswap(long value, int width) {
        return Long.reverseBytes(value) >>> (64 - width);
    }
}
