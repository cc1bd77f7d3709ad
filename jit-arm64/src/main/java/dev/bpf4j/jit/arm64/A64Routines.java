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

    /**
     * Data lines are written to where both kinds of caches meet, then instruction lines are forgotten (Arm ARM B2.4.4). The sizes of lines are in
     * CTR_EL0, as logarithms of words. x0: start, x1: end.
     */
    @Override
    public byte[] synchronise() {
        int sizes = 2;
        int word = 5;
        Encoder asm = new Encoder();
        asm.mrs_ctr(sizes);
        asm.movz64(word, 4);
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
        int start = 0;
        int end = 1;
        int sizes = 2;
        int line = 3;
        int at = 4;
        int word = 5;
        asm.lsr64_ri(line, sizes, shift);
        asm.and64_rl(line, line, 15);
        asm.lsl64_rr(line, word, line);
        asm.neg64(at, line);
        asm.and64_rr(at, start, at);
        int again = asm.here();
        maintenance.emit(at);
        asm.add64_rr(at, at, line);
        asm.cmp64_rr(at, end);
        asm.jump(A64Jumps.BELOW, again);
    }

    /** x0: signal, x1: siginfo, x2: ucontext. Only registers that a function may change are changed, and these three only for our own faults. */
    @Override
    public byte[] faultHandler(long first, long size, long otherwise) {
        int signal = 0;
        int siginfo = 1;
        int ucontext = 2;
        int pc = 9;
        int context = 10;
        int other = 11;
        Encoder asm = new Encoder();
        int notOurs = asm.label();
        asm.ldr64_o(pc, ucontext, PC);
        constant(asm, context, first);
        constant(asm, other, size);
        asm.sub64_rr(context, pc, context);
        asm.cmp64_rr(context, other);
        asm.jump(A64Jumps.NOT_BELOW, notOurs);
        asm.ldr32_o(other, siginfo, SI_CODE);
        asm.cmp32_ri(other, 0);
        asm.jump(NOT_GREATER, notOurs);
        asm.ldr64_o(context, ucontext, REGISTERS + Long.BYTES * Registers.CONTEXT);
        asm.str64_o(pc, context, NativeContext.VALUE);
        asm.ldr64_o(other, siginfo, SI_ADDR);
        asm.str64_o(other, context, NativeContext.FAULT_ADDRESS);
        asm.neg64(signal, signal);
        asm.str32_o(signal, context, NativeContext.SITE);
        asm.ldr64_o(other, context, NativeContext.RECOVER);
        asm.str64_o(other, ucontext, PC);
        asm.ret();
        asm.bind(notOurs);
        constant(asm, other, otherwise);
        asm.ldr64_o(other, other, 0);
        asm.br(other);
        return Relaxation.finish(asm).bytes();
    }

    private static void constant(Encoder asm, int register, long value) {
        asm.movz64(register, value & 0xffff);
        for (int place = 16; place < Long.SIZE; place += 16) {
            asm.movk64(register, (int) (value >>> place & 0xffff), place);
        }
    }
}
