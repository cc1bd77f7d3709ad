// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static dev.bpf4j.jit.arm64.Registers.LINK;
import static dev.bpf4j.jit.arm64.Registers.SITE;
import static dev.bpf4j.jit.arm64.Registers.VALUE;

import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Translation;
import java.util.BitSet;

/**
 * Atomic operations of processors without LSE: a value is loaded exclusively, and stored if nobody came between, else it is done again. Those
 * that give the old value order all accesses, by a release and a barrier (Linux: Documentation/atomic_t.txt, ORDERING). The address is in x16.
 */
abstract class Lowering extends Policies {
    /** Holds the new value where the old one is still wanted; it is saved if it is used. */
    static final int NEW = Registers.POOL + Registers.POOL_SIZE;
    private static final int INT = 32;

    private boolean usesNew;

    Lowering(Translation translation, Prediction prediction, Encoder asm) {
        super(translation, prediction, asm);
    }

    /** Registers that the caller of machine code wants back, of those that the program uses. */
    final BitSet saved() {
        BitSet saved = new BitSet();
        bounds.all().values().forEach(saved::set);
        saved.set(NEW, usesNew);
        return saved;
    }

    private interface Operation {
        void emit(int target, int first, int second);
    }

    final void update_add(int width, Mem mem, int src) {
        update(width, mem, src, width == INT ? asm::add32_rr : asm::add64_rr);
    }

    final void update_or(int width, Mem mem, int src) {
        update(width, mem, src, width == INT ? asm::orr32_rr : asm::orr64_rr);
    }

    final void update_and(int width, Mem mem, int src) {
        update(width, mem, src, width == INT ? asm::and32_rr : asm::and64_rr);
    }

    final void update_xor(int width, Mem mem, int src) {
        update(width, mem, src, width == INT ? asm::eor32_rr : asm::eor64_rr);
    }

    final void fetch_add(int width, Mem mem, int src) {
        fetch(width, mem, src, width == INT ? asm::add32_rr : asm::add64_rr);
    }

    final void fetch_or(int width, Mem mem, int src) {
        fetch(width, mem, src, width == INT ? asm::orr32_rr : asm::orr64_rr);
    }

    final void fetch_and(int width, Mem mem, int src) {
        fetch(width, mem, src, width == INT ? asm::and32_rr : asm::and64_rr);
    }

    final void fetch_xor(int width, Mem mem, int src) {
        fetch(width, mem, src, width == INT ? asm::eor32_rr : asm::eor64_rr);
    }

    private void update(int width, Mem mem, int src, Operation operation) {
        int again = begin(width, mem);
        operation.emit(SITE, SITE, src);
        store(width, mem, SITE, false, again);
    }

    private void fetch(int width, Mem mem, int src, Operation operation) {
        usesNew = true;
        int again = begin(width, mem);
        operation.emit(NEW, SITE, src);
        store(width, mem, NEW, true, again);
        move(width, src, SITE);
    }

    final void exchange(int width, Mem mem, int src) {
        int again = begin(width, mem);
        store(width, mem, src, true, again);
        move(width, src, SITE);
    }

    final void compare_exchange(int width, Mem mem, int src) {
        int other = asm.label();
        int again = begin(width, mem);
        if (width == INT) {
            asm.cmp32_rr(SITE, x0);
        } else {
            asm.cmp64_rr(SITE, x0);
        }
        asm.jump(A64Jumps.NOT_EQUAL, other);
        store(width, mem, src, true, again);
        asm.bind(other);
        move(width, x0, SITE);
    }

    /** Loads into x17. */
    private int begin(int width, Mem mem) {
        int again = asm.here();
        if (width == INT) {
            asm.ldxr32(SITE, base(mem));
        } else {
            asm.ldxr64(SITE, base(mem));
        }
        return again;
    }

    private void store(int width, Mem mem, int value, boolean ordered, int again) {
        int address = base(mem);
        if (address != VALUE) {
            throw new IllegalStateException("the address is in x" + address);
        }
        if (width == INT && ordered) {
            asm.stlxr32(LINK, value, address);
        } else if (width == INT) {
            asm.stxr32(LINK, value, address);
        } else if (ordered) {
            asm.stlxr64(LINK, value, address);
        } else {
            asm.stxr64(LINK, value, address);
        }
        asm.jump(not_zero(INT, LINK), again);
        if (ordered) {
            asm.dmb_ish();
        }
    }
}
