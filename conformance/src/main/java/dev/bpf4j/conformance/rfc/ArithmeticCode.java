// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import org.jspecify.annotations.Nullable;

/**
 * RFC 9669 section 4.1: the operations of ALU and ALU64. SDIV, SMOD and MOVSX have no code of their own: they are DIV, MOD and MOV with an
 * offset.
 */
enum ArithmeticCode {
    ADD(0x0), SUB(0x1), MUL(0x2), DIV(0x3), OR(0x4), AND(0x5), LSH(0x6), RSH(0x7), NEG(0x8), MOD(0x9), XOR(0xa), MOV(0xb), ARSH(0xc), END(
            0xd);

    private static final @Nullable ArithmeticCode[] BY_VALUE = new ArithmeticCode[16];

    static {
        for (ArithmeticCode known : values()) {
            BY_VALUE[known.value] = known;
        }
    }

    private final int value;

    ArithmeticCode(int value) {
        this.value = value;
    }

    /** The operation with a code from 0 to 15; null for 0xe and 0xf, which mean nothing. */
    static @Nullable ArithmeticCode of(int value) {
        return BY_VALUE[value];
    }
}
