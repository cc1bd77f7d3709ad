// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import org.jspecify.annotations.Nullable;

/** RFC 9669 section 4.3: the operations of JMP and JMP32. JCOND is not in the RFC: it is Linux's {@code may_goto} (since 6.10). */
enum JumpCode {
    JA(0x0), JEQ(0x1), JGT(0x2), JGE(0x3), JSET(0x4), JNE(0x5), JSGT(0x6), JSGE(0x7), CALL(0x8), EXIT(0x9), JLT(0xa), JLE(0xb), JSLT(
            0xc), JSLE(0xd), JCOND(0xe);

    private static final @Nullable JumpCode[] BY_VALUE = new JumpCode[16];

    static {
        for (JumpCode known : values()) {
            BY_VALUE[known.value] = known;
        }
    }

    private final int value;

    JumpCode(int value) {
        this.value = value;
    }

    /** The operation with a code from 0 to 15; null for 0xf, which means nothing. */
    static @Nullable JumpCode of(int value) {
        return BY_VALUE[value];
    }
}
