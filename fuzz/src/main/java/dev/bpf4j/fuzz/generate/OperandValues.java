// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

/** Values of interest for the fields of instructions and for registers, chosen as the generators choose them. */
public final class OperandValues {
    private OperandValues() {
    }

    /** A constant of 32 bits. */
    public static int immediate(Entropy entropy) {
        return Constants.immediate(entropy);
    }

    /** A distance of 16 bits. */
    public static int offset(Entropy entropy) {
        return Constants.offset(entropy);
    }

    /** A value of 64 bits. */
    public static long wide(Entropy entropy) {
        return Constants.wide(entropy);
    }
}
