// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Chooses the address that an instruction accesses: inside the memory, at its edges, or where the access faults. */
final class Address {
    private static final int STACK = 10;

    private Address() {
    }

    /**
     * Sets the base register so that base and offset give the chosen address, and the memory there.
     *
     * @param off        the offset that the instruction would like
     * @param faultEvery every how many vectors the access faults
     * @return the offset that the instruction gets: another one only if the base is the stack pointer, which cannot be set
     */
    static int place(Shape shape, Insn operands, int off, int number, int faultEvery, Layout layout, long[] values, byte[] memory,
            ByteOrder order) {
        boolean faults = number % faultEvery == faultEvery - 1;
        int register = shape.base() == Expr.Role.SRC ? operands.src() : operands.dst();
        int turn = number / faultEvery;
        if (register == STACK) {
            return faults ? outsideStack(turn, shape) : insideStack(turn, shape);
        }
        if (faults) {
            values[register] = outside(turn, shape, layout) - off;
            return off;
        }
        int place = inside(turn, shape);
        values[register] = layout.memory() + place - off;
        contents(shape, turn, place, values, memory, order);
        return off;
    }

    /** An offset in the memory: the edges, and every alignment that is allowed. */
    private static int inside(int turn, Shape shape) {
        int last = Vectors.DATA - shape.bytes();
        return switch (turn % 4) {
            case 0 -> 0;
            case 1 -> last;
            default -> {
                int place = turn * 7 % (last + 1);
                yield shape.aligned() ? place / shape.bytes() * shape.bytes() : place;
            }
        };
    }

    /** An address that is wrong for a reason: outside, across an edge, in no region, dirty above, or not aligned. */
    private static long outside(int turn, Shape shape, Layout layout) {
        long start = layout.memory();
        long end = start + Vectors.MEMORY;
        return switch (turn % 10) {
            case 0 -> start - shape.bytes();
            case 1 -> shape.aligned() ? start - shape.bytes() : start - 1;
            case 2 -> end;
            case 3 -> shape.bytes() == 1 ? end : end - (shape.aligned() ? 0 : 1);
            case 4 -> 0;
            case 5 -> start + (1L << 32);
            case 6 -> start | 1L << 63;
            case 7 -> 0xffff_ffffL;
            case 8 -> -shape.bytes();
            default -> shape.bytes() == 1 ? end + 8 : start + 8 + 1 + turn / 10 % (shape.bytes() - 1);
        };
    }

    private static int insideStack(int turn, Shape shape) {
        return Frame.STACK_WORD + (shape.aligned() ? turn * shape.bytes() % 8 : turn % (9 - shape.bytes()));
    }

    private static int outsideStack(int turn, Shape shape) {
        return switch (turn % 5) {
            case 0 -> 0;
            case 1 -> -512 - shape.bytes();
            case 2 -> 32760;
            case 3 -> -32768;
            default -> shape.bytes() == 1 ? 1 : Frame.STACK_WORD + 1;
        };
    }

    /** Memory that is a boundary value, or what r0 is compared with: equal, equal in the low half only, different. */
    private static void contents(Shape shape, int turn, int place, long[] values, byte[] memory, ByteOrder order) {
        long value = Boundary.value(turn / 4);
        if (shape.compares() && turn % 3 != 0) {
            value = values[0];
        }
        ByteBuffer bytes = ByteBuffer.wrap(memory).order(order);
        switch (shape.bytes()) {
            case 1 -> bytes.put(place, (byte) value);
            case 2 -> bytes.putShort(place, (short) value);
            case 4 -> bytes.putInt(place, (int) value);
            default -> bytes.putLong(place, value);
        }
    }
}
