// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static dev.bpf4j.jit.arm64.A64Jumps.BELOW;
import static dev.bpf4j.jit.arm64.A64Jumps.NOT_BELOW;
import static dev.bpf4j.jit.arm64.Registers.CONTEXT;
import static dev.bpf4j.jit.arm64.Registers.FRAMES;
import static dev.bpf4j.jit.arm64.Registers.FUEL;
import static dev.bpf4j.jit.arm64.Registers.LINK;
import static dev.bpf4j.jit.arm64.Registers.MEMORY;
import static dev.bpf4j.jit.arm64.Registers.SITE;
import static dev.bpf4j.jit.arm64.Registers.SP;
import static dev.bpf4j.jit.arm64.Registers.VALUE;

import dev.bpf4j.jit.nativecode.Compiled;
import dev.bpf4j.jit.nativecode.NativeContext;
import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Translation;
import java.util.BitSet;

/** The code that enters and leaves, and the searches. */
final class Compiler extends Emitter {
    private static final int PAIR = 16;

    private Compiler(Translation translation, Prediction prediction, Encoder asm) {
        super(translation, prediction, asm);
    }

    /** Translates. */
    static Compiled compile(Translation translation, Prediction prediction, Encoder asm) {
        return new Compiler(translation, prediction, asm).translate();
    }

    // ---- search ----

    /** x16: address, w17: site, x30: where to go on; other registers are kept. */
    @Override
    protected void search(int size, boolean write) {
        int found = asm.label();
        int failed = asm.label();
        asm.stp64_pre(0, 1, FRAMES, -PAIR);
        asm.stp64_pre(2, LINK, FRAMES, -PAIR);
        stack(0, 1);
        add(64, 1, 1, WORD - size);
        compareWith(0, 1, found);
        int limit = WORD * NativeContext.limitIndex(size);
        for (int own : new int[] {NativeContext.CONTEXT, NativeContext.PACKET}) {
            load(0, own);
            load(1, own + limit);
            compareWith(0, 1, found);
        }
        constant(0, NativeContext.table(translation().machine()));
        asm.add64_rr(0, 0, CONTEXT);
        load(2, NativeContext.TABLE_END);
        int again = asm.here();
        asm.cmp64_rr(0, 2);
        asm.jump(NOT_BELOW, failed);
        asm.ldr64_o(1, 0, 0);
        asm.ldr64_o(LINK, 0, limit + (write ? 4 * WORD : 0));
        asm.add64_ri(0, 0, NativeContext.ENTRY);
        asm.sub64_rr(1, VALUE, 1);
        asm.cmp64_rr(1, LINK);
        asm.jump(NOT_BELOW, again);
        asm.bind(found);
        restore();
        asm.ret();
        asm.bind(failed);
        restore();
        asm.jump(exitLabel());
    }

    private void compareWith(int base, int limit, int found) {
        asm.sub64_rr(base, VALUE, base);
        asm.cmp64_rr(base, limit);
        asm.jump(BELOW, found);
    }

    private void restore() {
        asm.ldp64_post(2, LINK, FRAMES, PAIR);
        asm.ldp64_post(0, 1, FRAMES, PAIR);
    }

    // ---- entering and leaving ----

    /**
     * Main returns to the word behind all frames, which is where {@code done} is; what it has taken too much is put back there. No jump lies
     * between that and where its address is taken, so that their distance is known.
     */
    @Override
    protected void transitions(int entry, int exit, int recover) {
        int done = asm.size();
        asm.sub64_ri(FRAMES, FRAMES, WORD);
        putSite(NativeContext.DONE);
        asm.bind(exit);
        leaveForJava(recover);
        asm.bind(entry);
        BitSet saved = saved();
        forPairs(saved, (first, second) -> asm.stp64_pre(first, second, SP, -PAIR));
        asm.mov64(CONTEXT, 0);
        asm.str64_o(LINK, CONTEXT, NativeContext.HOST_STACK);
        load(MEMORY, NativeContext.MEMORY);
        asm.adr(LINK, done - asm.size());
        framesEnd(SITE);
        asm.str64_o(LINK, SITE, 0);
        load(VALUE, NativeContext.FRAME_BYTES);
        asm.sub64_rr(FRAMES, SITE, VALUE);
        registers(false);
        middleOfFrame();
        bounds.all().forEach((bound, register) -> {
            load(register, bound / WORD * WORD);
            int above = RegionRegisters.aboveField(bound);
            if (above != 0) {
                asm.add64_ri(register, register, above);
            }
        });
        load(VALUE, NativeContext.RESUME);
        asm.br(VALUE);
    }

    private void framesEnd(int register) {
        int offset = NativeContext.framesEnd(translation().machine());
        if (offset >>> 12 != 0) {
            constant(register, offset);
            asm.add64_rr(register, register, CONTEXT);
        } else {
            asm.add64_ri(register, CONTEXT, offset);
        }
    }

    private void leaveForJava(int recover) {
        asm.str32_o(SITE, CONTEXT, NativeContext.SITE);
        asm.str64_o(VALUE, CONTEXT, NativeContext.VALUE);
        registers(true);
        framesEnd(SITE);
        asm.sub64_rr(SITE, SITE, FRAMES);
        asm.str64_o(SITE, CONTEXT, NativeContext.FRAME_BYTES);
        asm.bind(recover);
        load(LINK, NativeContext.HOST_STACK);
        BitSet saved = saved();
        forPairsBackwards(saved, (first, second) -> asm.ldp64_post(first, second, SP, PAIR));
        asm.ret();
    }

    private interface Pair {
        void emit(int first, int second);
    }

    /** A single register is paired with the zero register's number, so that the stack pointer stays a multiple of 16. */
    private static void forPairs(BitSet registers, Pair action) {
        for (int r = registers.nextSetBit(0); r >= 0; r = registers.nextSetBit(r + 1)) {
            int next = registers.nextSetBit(r + 1);
            action.emit(r, next < 0 ? LINK : next);
            r = next < 0 ? r : next;
        }
    }

    private static void forPairsBackwards(BitSet registers, Pair action) {
        int[] all = registers.stream().toArray();
        for (int i = (all.length - 1) / 2 * 2; i >= 0 && all.length > 0; i -= 2) {
            action.emit(all[i], i + 1 < all.length ? all[i + 1] : LINK);
        }
    }

    /** eBPF registers that the program uses, in pairs where there are neighbours, and the fuel. */
    private void registers(boolean store) {
        BitSet used = (BitSet) translation().used().clone();
        used.set(STACK_POINTER);
        for (int r = used.nextSetBit(0); r >= 0; r = used.nextSetBit(r + 1)) {
            int offset = NativeContext.REGISTERS + WORD * r;
            int register = translation().register(r);
            if (used.get(r + 1)) {
                r++;
                pair(register, translation().register(r), offset, store);
            } else if (store) {
                asm.str64_o(register, CONTEXT, offset);
            } else {
                asm.ldr64_o(register, CONTEXT, offset);
            }
        }
        if (store) {
            asm.str32_o(FUEL, CONTEXT, NativeContext.FUEL);
        } else {
            asm.ldr32_o(FUEL, CONTEXT, NativeContext.FUEL);
        }
    }

    private void pair(int first, int second, int offset, boolean store) {
        if (store) {
            asm.stp64_o(first, second, CONTEXT, offset);
        } else {
            asm.ldp64_o(first, second, CONTEXT, offset);
        }
    }
}
