// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static dev.bpf4j.jit.x86_64.Registers.R8;
import static dev.bpf4j.jit.x86_64.Registers.RAX;
import static dev.bpf4j.jit.x86_64.Registers.RCX;
import static dev.bpf4j.jit.x86_64.Registers.RDI;
import static dev.bpf4j.jit.x86_64.Registers.RDX;
import static dev.bpf4j.jit.x86_64.Registers.RSI;

import dev.bpf4j.jit.nativecode.HostRoutines;
import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.Relaxation;

/** What x86-64 Linux needs beside programs. Places in {@code ucontext_t} are those of its {@code gregs}, 8 bytes each from 40 on. */
final class X86Routines implements HostRoutines {
    private static final int GREGS = 40;
    private static final int REG_R14 = 6;
    private static final int REG_RIP = 16;
    private static final int SI_CODE = 8;
    private static final int SI_ADDR = 16;
    private static final int NOT_GREATER = 14;

    /** Instruction caches see what is written (SDM volume 3A, section 13.6). */
    @Override
    public byte[] synchronise() {
        return new byte[0];
    }

    /** rdi: signal, rsi: siginfo, rdx: ucontext. Only registers that a function may change are changed, and these three only for our own faults. */
    @Override
    public byte[] faultHandler(long first, long size, long otherwise) {
        Encoder asm = new Encoder();
        int notOurs = asm.label();
        asm.mov64_rm(RAX, saved(REG_RIP));
        asm.mov64_rii(R8, first);
        asm.mov64_rr(RCX, RAX);
        asm.sub64_rr(RCX, R8);
        asm.cmp64_ri(RCX, Math.toIntExact(size));
        asm.jump(Lowering.NOT_BELOW, notOurs);
        asm.cmp32_mi8(Mem.of(RSI, SI_CODE), 0);
        asm.jump(NOT_GREATER, notOurs);
        asm.mov64_rm(RCX, saved(REG_R14));
        asm.mov64_mr(field(NativeContext.VALUE), RAX);
        asm.mov64_rm(RAX, Mem.of(RSI, SI_ADDR));
        asm.mov64_mr(field(NativeContext.FAULT_ADDRESS), RAX);
        asm.neg32(RDI);
        asm.mov32_mr(field(NativeContext.SITE), RDI);
        asm.mov64_rm(RAX, field(NativeContext.RECOVER));
        asm.mov64_mr(saved(REG_RIP), RAX);
        asm.ret();
        asm.bind(notOurs);
        asm.mov64_rii(RAX, otherwise);
        asm.jmp_m(Mem.of(RAX, 0));
        return Relaxation.finish(asm).bytes();
    }

    /** A register of the interrupted thread. */
    private static Mem saved(int register) {
        return Mem.of(RDX, GREGS + Long.BYTES * register);
    }

    /** A field of the context that the interrupted thread's r14 points to. */
    private static Mem field(int offset) {
        return Mem.of(RCX, offset - Lowering.BIAS);
    }
}
