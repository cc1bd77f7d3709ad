// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.HostRoutines;
import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.Relaxation;

/** What ARM64 Linux needs beside programs. Places in {@code ucontext_t}: x0 to x30 from 184 on, then sp and pc. */
final class A64Routines implements HostRoutines {
    private static final int DATA_SHIFT = 16;
    private static final int REGISTERS = 184;
    private static final int PC = 440;
    private static final int SI_CODE = 8;
    private static final int SI_ADDR = 16;
    /** Not greater, signed. */
    private static final int NOT_GREATER = 13;

    // Registers of the first routine.
    private static final int START = 0;
    private static final int END = 1;
    private static final int SIZES = 2;
    private static final int LINE = 3;
    private static final int AT = 4;
    private static final int WORD = 5;

    // Registers of the second.
    private static final int SIGNAL = 0;
    private static final int SIGINFO = 1;
    private static final int UCONTEXT = 2;
    private static final int INTERRUPTED = 9;
    private static final int CONTEXT = 10;
    private static final int OTHER = 11;

    /**
     * Data lines are written to where both kinds of caches meet, then instruction lines are forgotten (Arm ARM B2.4.4). The sizes of lines are in
     * CTR_EL0, as logarithms of words. Called with {@link #START} and {@link #END}.
     */
    @Override
    public byte[] synchronise() {
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

    /**
     * Called with {@link #SIGNAL}, {@link #SIGINFO} and {@link #UCONTEXT}. Only registers that a function may change are changed, and these three
     * only for our own faults.
     */
    @Override
    public byte[] faultHandler(long first, long size, long otherwise) {
        Encoder asm = new Encoder();
        int notOurs = asm.label();
        asm.ldr64_o(INTERRUPTED, UCONTEXT, PC);
        Arithmetic.constant(asm, CONTEXT, first);
        Arithmetic.constant(asm, OTHER, size);
        asm.sub64_rr(CONTEXT, INTERRUPTED, CONTEXT);
        asm.cmp64_rr(CONTEXT, OTHER);
        asm.jump(A64Jumps.NOT_BELOW, notOurs);
        asm.ldr32_o(OTHER, SIGINFO, SI_CODE);
        asm.cmp32_ri(OTHER, 0);
        asm.jump(NOT_GREATER, notOurs);
        asm.ldr64_o(CONTEXT, UCONTEXT, REGISTERS + Long.BYTES * Registers.CONTEXT);
        asm.str64_o(INTERRUPTED, CONTEXT, NativeContext.VALUE);
        asm.ldr64_o(OTHER, SIGINFO, SI_ADDR);
        asm.str64_o(OTHER, CONTEXT, NativeContext.FAULT_ADDRESS);
        asm.neg64(SIGNAL, SIGNAL);
        asm.str32_o(SIGNAL, CONTEXT, NativeContext.SITE);
        asm.ldr64_o(OTHER, CONTEXT, NativeContext.RECOVER);
        asm.str64_o(OTHER, UCONTEXT, PC);
        asm.ret();
        asm.bind(notOurs);
        Arithmetic.constant(asm, OTHER, otherwise);
        asm.ldr64_o(OTHER, OTHER, 0);
        asm.br(OTHER);
        return Relaxation.finish(asm).bytes();
    }
}
