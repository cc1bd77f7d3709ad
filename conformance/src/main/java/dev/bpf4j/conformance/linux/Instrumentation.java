// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/**
 * The code around a program that carries its registers in and out, through a map ("state") of one element: r0 to r9 in at {@link #INPUT}, out at
 * {@link #OUTPUT}.
 */
final class Instrumentation {
    static final int INPUT = 0;
    static final int OUTPUT = 128;
    static final int REGISTERS = 10;
    /** Bits of r0 to r9: what an epilogue stores. */
    static final int ALL = 0x3ff;
    /** What is readable after a call: r1 to r5 are not. */
    static final int AFTER_CALL = 0x3c1;
    /** r0 alone, which is readable at every exit. */
    static final int RESULT = 0x001;

    /** Behind the registers, from {@link #OUTPUT}: 1 if the epilogue was reached. */
    private static final int REACHED = 8 * REGISTERS;
    private static final int SPILL = -8;
    private static final int FRAME_POINTER = 10;

    private Instrumentation() {
    }

    /** What a register holds at entry. */
    enum Entry {
        /** A number that the verifier shall know. */
        CONSTANT,
        /** A number that the verifier shall not know, out of the state. */
        UNKNOWN,
        /** The address of the program's memory. */
        MEMORY
    }

    /**
     * A prologue.
     *
     * @param stackBytes how much of the stack is zeroed, from r10 down
     * @param entries    by register
     * @param constants  by register; for those that are constant
     * @param memoryFd   the map whose value is the memory; unused if there is none
     */
    static byte[] prologue(int stateFd, int stackBytes, List<Entry> entries, long[] constants, int memoryFd) {
        Slots slots = new Slots();
        for (int offset = 8; offset <= stackBytes; offset += 8) {
            slots.storeImmediate(FRAME_POINTER, -offset, 0);
        }
        // r9 holds the state's address until all others are loaded
        slots.mapValue(9, stateFd, INPUT);
        for (int register = 0; register < REGISTERS; register++) {
            switch (entries.get(register)) {
                case CONSTANT -> slots.wide(register, constants[register]);
                case UNKNOWN -> slots.load(register, 9, 8 * register);
                case MEMORY -> slots.mapValue(register, memoryFd, 0);
            }
        }
        return slots.bytes();
    }

    /**
     * An epilogue: stores registers and exits with r0. r0 waits in the stack while it holds the state's address; nobody needs the stack any more.
     *
     * @param registers bits of those that are stored; the program must leave them readable
     */
    static byte[] epilogue(int stateFd, int registers) {
        Slots slots = new Slots().store(FRAME_POINTER, SPILL, 0).mapValue(0, stateFd, OUTPUT);
        for (int register = 1; register < REGISTERS; register++) {
            if ((registers & 1 << register) != 0) {
                slots.store(0, 8 * register, register);
            }
        }
        slots.storeImmediate(0, REACHED, 1);
        return slots.load(1, FRAME_POINTER, SPILL).store(0, 0, 1).load(0, FRAME_POINTER, SPILL).exit().bytes();
    }

    /** Sets r0 to r9 for the next run. */
    static void set(MemorySegment state, long[] registers) {
        state.set(ValueLayout.JAVA_LONG, OUTPUT + REACHED, 0);
        for (int i = 0; i < REGISTERS; i++) {
            state.set(ValueLayout.JAVA_LONG, INPUT + 8L * i, registers[i]);
        }
    }

    /**
     * Whether the last run came through the epilogue. A legacy packet load outside of the packet does not: it leaves the program on the spot, with
     * 0.
     */
    static boolean reached(MemorySegment state) {
        return state.get(ValueLayout.JAVA_LONG, OUTPUT + REACHED) == 1;
    }

    /** Reads what the epilogue stored; 0 for registers that it did not store. */
    static long[] get(MemorySegment state, int stored) {
        long[] registers = new long[REGISTERS];
        for (int i = 0; i < REGISTERS; i++) {
            registers[i] = (stored & 1 << i) != 0 ? state.get(ValueLayout.JAVA_LONG, OUTPUT + 8L * i) : 0;
        }
        return registers;
    }
}
