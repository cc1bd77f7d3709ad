// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.Relaxation;

/**
 * The C function {@code (start, end)} that makes instruction caches see what has been written between two addresses: data lines are written to
 * where both kinds of caches meet, then instruction lines are forgotten (Arm ARM B2.4.4). The sizes of lines are in CTR_EL0, as logarithms of
 * words.
 */
final class CacheRoutine {
    private static final int START = 0;
    private static final int END = 1;
    private static final int SIZES = 2;
    private static final int LINE = 3;
    private static final int AT = 4;
    private static final int WORD = 5;
    private static final int DATA_SHIFT = 16;

    private CacheRoutine() {
    }

    /** Its code. */
    static byte[] code() {
        Encoder asm = new Encoder();
        asm.mrs_ctr(SIZES);
        asm.movz64(WORD, 4);
        lines(asm, DATA_SHIFT, asm::dc_cvau);
        asm.dsb_ish();
        lines(asm, 0, asm::ic_ivau);
        asm.dsb_ish();
        asm.isb();
        asm.ret();
        return Relaxation.finish(asm).bytes();
    }

    private interface Maintenance {
        void emit(int address);
    }

    /** Does something for each line. */
    private static void lines(Encoder asm, int shift, Maintenance maintenance) {
        asm.lsr64_ri(LINE, SIZES, shift);
        asm.and64_rl(LINE, LINE, 15);
        asm.lsl64_rr(LINE, WORD, LINE);
        asm.neg64(AT, LINE);
        asm.and64_rr(AT, START, AT);
        int again = asm.here();
        maintenance.emit(AT);
        asm.add64_rr(AT, AT, LINE);
        asm.cmp64_rr(AT, END);
        asm.jump(A64Jumps.BELOW, again);
    }
}
