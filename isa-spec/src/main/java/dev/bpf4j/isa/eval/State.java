// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.eval;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;

/**
 * What effects act on: registers, memory and control flow of one running program. Values narrower than 64 bits are zero-extended on both
 * sides of this interface; widths are in bits. A method that finds a fault throws what its implementer chose for it; the evaluator passes it
 * on, having changed nothing.
 */
public interface State {
    /** A register's value; 0 to 10. */
    long register(int number);

    /** Sets a register. */
    void register(int number, long value);

    /** Memory read in the program's byte order. */
    long load(long address, int width);

    /** Memory write in the program's byte order. */
    void store(long address, int width, long value);

    /** Atomic read-modify-write; gives the old value. */
    long atomic(Effect.AtomicOp op, long address, int width, long value);

    /** Atomic compare and exchange; gives the old value. */
    long compareExchange(long address, int width, long expected, long value);

    /** Load with acquire order. */
    long loadAcquire(long address, int width);

    /** Store with release order. */
    void storeRelease(long address, int width, long value);

    /** Legacy packet read at a 32-bit offset (Ruling 12). */
    long packet(int offset, int width);

    /** The value that the linker computed for the running wide load. */
    long linked();

    /** A value that the machine supplies. */
    long supplied(Expr.Supply supply);

    /** Takes the running instruction's jump. */
    void jump();

    /** Takes the running instruction's jump if the activation has used up its iterations of {@code may_goto}. */
    void mayGoto();

    /** Jumps to a code pointer. */
    void jumpTo(long pointer);

    /** Calls what the running instruction names. */
    void call(Effect.CallKind kind);

    /** Calls a code pointer or a helper. */
    void callTo(long value);

    /** Returns from the function. */
    void exit();

    /** Checks that the program may access a range, as if at the running helper call. */
    void check(long address, long size, boolean write);
}
