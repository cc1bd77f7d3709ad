// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static dev.bpf4j.jit.x86_64.Registers.CALLEE_SAVED;
import static dev.bpf4j.jit.x86_64.Registers.CONTEXT;
import static dev.bpf4j.jit.x86_64.Registers.FRAME;
import static dev.bpf4j.jit.x86_64.Registers.MEMORY;
import static dev.bpf4j.jit.x86_64.Registers.RAX;
import static dev.bpf4j.jit.x86_64.Registers.RCX;
import static dev.bpf4j.jit.x86_64.Registers.RDI;
import static dev.bpf4j.jit.x86_64.Registers.RDX;
import static dev.bpf4j.jit.x86_64.Registers.RSI;
import static dev.bpf4j.jit.x86_64.Registers.RSP;

import dev.bpf4j.jit.nativecode.Compiled;
import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Translation;
import java.util.BitSet;

/**
 * The code that enters and leaves, and the searches. The open frames are on the machine stack while code runs, and are copied to the context
 * when it leaves.
 */
final class Compiler extends Emitter {
    private Compiler(Translation translation, Prediction prediction, Encoder asm) {
        super(translation, prediction, asm);
    }

    /** Translates. */
    static Compiled compile(Translation translation, Prediction prediction, Encoder asm) {
        return new Compiler(translation, prediction, asm).translate();
    }

    /** rdx: address, ecx: site; other registers are kept. */
    @Override
    protected void search(int size, boolean writes) {
        int limit = WORD * NativeContext.limitIndex(size);
        int write = writes ? 4 * WORD : 0;
        int found = asm.label();
        int failed = asm.label();
        asm.push(RAX);
        asm.push(RSI);
        asm.mov64_rm(RSI, field(NativeContext.STACK + WORD));
        asm.add64_ri8(RSI, WORD - size);
        asm.mov64_rr(RAX, RDX);
        asm.sub64_rm(RAX, field(NativeContext.STACK));
        asm.cmp64_rr(RAX, RSI);
        asm.jump(BELOW, found);
        for (int own : new int[] {NativeContext.CONTEXT, NativeContext.PACKET}) {
            asm.mov64_rr(RAX, RDX);
            asm.sub64_rm(RAX, field(own));
            asm.cmp64_rm(RAX, field(own + limit));
            asm.jump(BELOW, found);
        }
        asm.lea64(RSI, field(NativeContext.table(translation().machine())));
        int again = asm.here();
        asm.cmp64_rm(RSI, field(NativeContext.TABLE_END));
        asm.jump(NOT_BELOW, failed);
        asm.mov64_rr(RAX, RDX);
        asm.sub64_rm(RAX, Mem.of(RSI, 0));
        asm.lea64(RSI, Mem.of(RSI, NativeContext.ENTRY));
        asm.cmp64_rm(RAX, Mem.of(RSI, limit + write - NativeContext.ENTRY));
        asm.jump(NOT_BELOW, again);
        asm.bind(found);
        asm.pop(RSI);
        asm.pop(RAX);
        asm.ret();
        asm.bind(failed);
        asm.pop(RSI);
        asm.pop(RAX);
        asm.lea64(RSP, Mem.of(RSP, WORD));
        asm.jump(exitLabel());
    }

    /** The context's address comes as the first argument. The loops end when the count is 0: moves keep its flags. */
    @Override
    protected void transitions(int entry, int exit, int recover) {
        int restore = asm.label();
        asm.bind(entry);
        for (int register : CALLEE_SAVED) {
            asm.push(register);
        }
        asm.lea64(CONTEXT, Mem.of(RDI, BIAS));
        asm.mov64_rm(MEMORY, field(NativeContext.MEMORY));
        if (inSegment()) {
            chooseSegment();
        }
        asm.mov64_mr(field(NativeContext.HOST_STACK), RSP);
        asm.call(restore);
        asm.push(RCX);
        asm.mov32_ri(RCX, NativeContext.DONE);
        asm.bind(exit);
        leaveForJava(recover);
        asm.bind(restore);
        int load = asm.label();
        asm.xor32_rr(RCX, RCX);
        asm.sub64_rm(RCX, field(NativeContext.FRAME_BYTES));
        asm.jump(EQUAL, load);
        asm.mov64_rr(RSI, RSP);
        asm.add64_rr(RSP, RCX);
        copyFrames(true);
        asm.bind(load);
        registers(false);
        asm.jmp_m(field(NativeContext.RESUME));
    }

    /**
     * Makes segment gs start with guest memory. On Linux nothing but a program that asks for it uses gs; a thread keeps it, so that only the
     * first of many calls pays for writing it.
     */
    private void chooseSegment() {
        int chosen = asm.label();
        asm.rdgsbase(RCX);
        asm.cmp64_rr(RCX, MEMORY);
        asm.jump(EQUAL, chosen);
        asm.wrgsbase(MEMORY);
        asm.bind(chosen);
    }

    /** Copies the open frames, whose size is -rcx; rsi: their end on the machine stack. */
    private void copyFrames(boolean fromContext) {
        Mem inContext = new Mem(CONTEXT, RCX, 0, NativeContext.framesEnd(translation().machine()) - BIAS);
        Mem onStack = new Mem(RSI, RCX, 0, 0);
        int again = asm.here();
        asm.mov64_rm(RDX, fromContext ? inContext : onStack);
        asm.mov64_mr(fromContext ? onStack : inContext, RDX);
        asm.add64_ri8(RCX, WORD);
        asm.jump(NOT_EQUAL, again);
    }

    /** All registers are free when those of the program have been stored. */
    private void leaveForJava(int recover) {
        asm.mov32_mr(field(NativeContext.SITE), RCX);
        asm.mov64_mr(field(NativeContext.VALUE), RDX);
        registers(true);
        asm.mov64_rm(RSI, field(NativeContext.HOST_STACK));
        asm.sub64_ri8(RSI, WORD);
        asm.mov64_rr(RCX, RSI);
        asm.sub64_rr(RCX, RSP);
        asm.mov64_mr(field(NativeContext.FRAME_BYTES), RCX);
        asm.jump(EQUAL, recover);
        asm.neg64(RCX);
        copyFrames(false);
        asm.bind(recover);
        asm.mov64_rm(RSP, field(NativeContext.HOST_STACK));
        for (int i = CALLEE_SAVED.length - 1; i >= 0; i--) {
            asm.pop(CALLEE_SAVED[i]);
        }
        asm.ret();
    }

    private void registers(boolean store) {
        BitSet used = translation().used();
        for (int r = used.nextSetBit(0); r >= 0 && r < STACK_POINTER; r = used.nextSetBit(r + 1)) {
            register(r, Registers.of(r), store);
        }
        register(STACK_POINTER, FRAME, store);
        int fuel = translation().fuelRegister();
        if (fuel >= 0 && store) {
            asm.mov32_mr(field(NativeContext.FUEL), fuel);
        } else if (fuel >= 0) {
            asm.mov32_rm(fuel, field(NativeContext.FUEL));
        }
    }

    private void register(int r, int machine, boolean store) {
        Mem place = field(NativeContext.REGISTERS + WORD * r);
        if (store) {
            asm.mov64_mr(place, machine);
        } else {
            asm.mov64_rm(machine, place);
        }
    }
}
