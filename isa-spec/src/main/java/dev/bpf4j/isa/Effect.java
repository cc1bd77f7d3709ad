// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that an instruction does; an instruction's meaning is a list of these, done in order. Bounds checks, budget, stack frames and the
 * clobbering of r1 to r5 by calls are policies of the engine around effects, never part of them.
 */
public sealed interface Effect {
    /** All expressions at its top, in the order of evaluation. */
    List<Expr> operands();

    /** The register that it writes; null if none. What calls do to r0 to r5 is the engine's. */
    default Expr.@Nullable Role written() {
        return null;
    }

    /** A register gets a 64-bit value. */
    record SetRegister(Expr.Role target, Expr value) implements Effect {
        /** Checks the width. */
        public SetRegister {
            if (value.width() != 64) {
                throw new IllegalArgumentException("a register takes 64 bits, not " + value.width());
            }
        }

        @Override
        public List<Expr> operands() {
            return List.of(value);
        }

        @Override
        public Expr.Role written() {
            return target;
        }
    }

    /** Memory at a 64-bit address gets a value, in the program's byte order. */
    record Store(Expr address, Expr value) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of(address, value);
        }
    }

    /**
     * Atomic read-modify-write, sequentially consistent where it fetches, relaxed otherwise.
     *
     * @param op      what happens to the memory
     * @param address 64 bits; a multiple of the value's size, else MISALIGNED
     * @param value   32 or 64 bits
     * @param old     register that gets the old value, zero-extended; null if none does
     */
    record Atomic(AtomicOp op, Expr address, Expr value, Expr.@Nullable Role old) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of(address, value);
        }

        @Override
        public Expr.@Nullable Role written() {
            return old;
        }
    }

    /**
     * Atomic compare and exchange.
     *
     * @param address  64 bits; aligned
     * @param expected what the memory is compared with
     * @param value    what is stored if they are equal
     * @param old      register that gets the old value, zero-extended, in either case
     */
    record CompareExchange(Expr address, Expr expected, Expr value, Expr.Role old) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of(address, expected, value);
        }

        @Override
        public Expr.Role written() {
            return old;
        }
    }

    /**
     * Load with acquire order.
     *
     * @param target  register that gets the value, zero-extended
     * @param address 64 bits; aligned
     * @param width   bits: 8, 16, 32 or 64
     */
    record LoadAcquire(Expr.Role target, Expr address, int width) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of(address);
        }

        @Override
        public Expr.Role written() {
            return target;
        }
    }

    /** Store with release order; the address is aligned. */
    record StoreRelease(Expr address, Expr value) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of(address, value);
        }
    }

    /** Goes to the instruction's target if the condition (1 bit) holds; always if it is the constant 1. */
    record Jump(Expr condition) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of(condition);
        }
    }

    /** Goes to the instruction's target unless the function activation has used up its iterations (Ruling 9). */
    record MayGoto() implements Effect {
        // the condition is "iterations used up"; what is not used up goes on with the next instruction

        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** Goes to the instruction that a code pointer names (Ruling 8). */
    record JumpIndirect(Expr target) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of(target);
        }
    }

    /** Calls what the instruction names. */
    record Call(CallKind kind) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** Calls what a register names: a code pointer, else a helper's number (Ruling 8). */
    record CallIndirect(Expr target) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of(target);
        }
    }

    /** Returns from the function; from main: ends the program. */
    record Exit() implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of();
        }
    }

    /** Checks that a program may access {@code size} bytes (64-bit value) at an address, as if at the running helper call. */
    record CheckAccess(Expr address, Expr size, boolean write) implements Effect {
        @Override
        public List<Expr> operands() {
            return List.of(address, size);
        }
    }

    /** What an atomic does to memory. */
    enum AtomicOp {
        /** Adds. */
        ADD,
        /** Sets bits. */
        OR,
        /** Keeps bits. */
        AND,
        /** Flips bits. */
        XOR,
        /** Replaces. */
        XCHG
    }

    /** What a call's immediate names. */
    enum CallKind {
        /** A helper by its number. */
        HELPER,
        /** A function of the program, by the distance in slots. */
        LOCAL,
        /** A kernel function by its BTF id. */
        KFUNC
    }
}
