// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.jit.nativecode.CodeBuffer;
import dev.bpf4j.jit.nativecode.Jumps;

/**
 * The fields of A64 instructions: for each kind of operand in the table the function of its name gives the field's value, and refuses what does
 * not fit.
 */
abstract class A64Buffer extends CodeBuffer {
    private static final int ZERO_OR_STACK = 31;
    private static final int CHUNK = 16;
    private static final int WORD = 64;
    private static final int NOT_LOGICAL = -1;

    @Override
    protected final CodeBuffer fresh() {
        return new Encoder();
    }

    @Override
    protected final Jumps jumpForms() {
        return A64Jumps.FORMS;
    }

    /** Appends an instruction. */
    final void word(int bits) {
        put32(bits);
    }

    /** Bits of a value. */
    static int bits(int value, int high, int low) {
        return value >>> low & (1 << high - low + 1) - 1;
    }

    private static IllegalArgumentException wrong(long value, String what) {
        return new IllegalArgumentException(value + " is no " + what);
    }

    private static int checked(boolean fits, int field, long value, String what) {
        if (!fits) {
            throw wrong(value, what);
        }
        return field;
    }

    // ---- registers and conditions ----

    static int w(int register) {
        return checked(register >= 0 && register < ZERO_OR_STACK, register, register, "register");
    }

    static int x(int register) {
        return w(register);
    }

    static int wz(int register) {
        return checked(register >>> 5 == 0, register, register, "register");
    }

    static int xz(int register) {
        return wz(register);
    }

    static int xs(int register) {
        return wz(register);
    }

    static int cc(int condition) {
        return checked(condition >>> 4 == 0, condition, condition, "condition");
    }

    // ---- numbers ----

    static int u12(int value) {
        return checked(value >>> 12 == 0, value, value, "number of 12 unsigned bits");
    }

    static int u16(int value) {
        return checked(value >>> 16 == 0, value, value, "number of 16 unsigned bits");
    }

    static int b32(int value) {
        return checked(value >>> 5 == 0, value, value, "bit of 32");
    }

    static int b64(int value) {
        return checked(value >>> 6 == 0, value, value, "bit of 64");
    }

    static int b6432(int value) {
        return checked(value >>> 5 == 1, value & 31, value, "bit from 32 to 63");
    }

    static int h32(int value) {
        return checked(value == CHUNK, 1, value, "place of a chunk behind the first");
    }

    static int h64(int value) {
        return checked(value > 0 && value < WORD && value % CHUNK == 0, value / CHUNK, value, "place of a chunk behind the first");
    }

    static int z32(long value) {
        return checked(value >>> 32 == 0, chunk(value), value, "number of 32 unsigned bits");
    }

    static int z64(long value) {
        return chunk(value);
    }

    static int n32(long value) {
        return z32(value ^ 0xffff_ffffL);
    }

    static int n64(long value) {
        return chunk(~value);
    }

    /** Whether all bits that are set are in one chunk of 16. */
    static boolean isChunk(long value) {
        return value >>> (Long.numberOfTrailingZeros(value) & WORD - CHUNK) >>> CHUNK == 0;
    }

    private static int chunk(long value) {
        int place = value == 0 ? 0 : Long.numberOfTrailingZeros(value) / CHUNK;
        return checked(isChunk(value), place << CHUNK | (int) (value >>> place * CHUNK), value, "number in one chunk");
    }

    static int l32(long value) {
        int field = logical(32, value);
        return checked(field != NOT_LOGICAL, field, value, "logical immediate");
    }

    static int l64(long value) {
        int field = logical(WORD, value);
        return checked(field != NOT_LOGICAL, field, value, "logical immediate");
    }

    static int v32(long value) {
        return l32(value);
    }

    static int v64(long value) {
        return l64(value);
    }

    /** Whether a value can be a logical immediate of a width. */
    static boolean isLogical(int width, long value) {
        return logical(width, value) != NOT_LOGICAL;
    }

    /**
     * The field {@code N:immr:imms} of a logical immediate, or -1 (Arm ARM, shared pseudocode DecodeBitMasks): an element of 2 to 64 bits,
     * repeated, which is a run of ones rotated to the right by immr.
     */
    private static int logical(int width, long value) {
        if (width < WORD && value >>> width != 0) {
            return NOT_LOGICAL;
        }
        long whole = width < WORD ? value | value << width : value;
        if (whole == 0 || whole == -1) {
            return NOT_LOGICAL;
        }
        int size = WORD;
        while (size > 2 && Long.rotateRight(whole, size / 2) == whole) {
            size /= 2;
        }
        long mask = -1L >>> WORD - size;
        long element = whole & mask;
        int ones = Long.bitCount(element);
        long run = (1L << ones) - 1;
        for (int rotation = 0; rotation < size; rotation++) {
            long rotated = (run >>> rotation | run << size - rotation) & mask;
            if ((rotation == 0 ? run : rotated) == element) {
                return (size == WORD ? 1 << 12 : 0) | rotation << 6 | -(size << 1) & 0x3f | ones - 1;
            }
        }
        return NOT_LOGICAL;
    }

    // ---- displacements and distances ----

    static int s9(int value) {
        return signed(value, 9, 1);
    }

    static int o4(int value) {
        return u12(multiple(value, 4));
    }

    static int o8(int value) {
        return u12(multiple(value, 8));
    }

    static int p8(int value) {
        return signed(value, 7, 8);
    }

    static int q8(int value) {
        return p8(value);
    }

    static int d14(int value) {
        return signed(value, 14, 4);
    }

    static int d19(int value) {
        return signed(value, 19, 4);
    }

    static int d26(int value) {
        return signed(value, 26, 4);
    }

    static int d21(int value) {
        return signed(value, 21, 1);
    }

    private static int multiple(int value, int unit) {
        return checked(value % unit == 0, value / unit, value, "multiple of " + unit);
    }

    private static int signed(int value, int bits, int unit) {
        int units = multiple(value, unit);
        return checked(units >> bits - 1 == units >> 31, units & (1 << bits) - 1, value, "distance of " + bits + " bits times " + unit);
    }

    // ---- memory ----

    /** Bits 21 to 5 of a load or store: {@code 0 imm9 00 Rn} unscaled, {@code 1 Rm option S 10 Rn} with an index. */
    static int m(Mem mem) {
        if (mem.index() == Mem.NONE) {
            return s9(mem.displacement()) << 7 | x(mem.base());
        }
        return 1 << 16 | x(mem.index()) << 11 | (mem.wide() ? 3 : 2) << 8 | 2 << 5 | x(mem.base());
    }
}
