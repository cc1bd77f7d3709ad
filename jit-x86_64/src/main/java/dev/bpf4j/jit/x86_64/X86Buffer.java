// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.jit.nativecode.CodeBuffer;
import dev.bpf4j.jit.nativecode.Jumps;

/** The fields of x86-64 instructions, each of which refuses what it cannot hold. */
abstract class X86Buffer extends CodeBuffer {
    private static final int SEGMENT_GS = 0x65;
    private static final int ADDRESS_SIZE = 0x67;

    @Override
    protected final CodeBuffer fresh() {
        return new Encoder();
    }

    @Override
    protected final Jumps jumpForms() {
        return X86Jumps.FORMS;
    }

    final void signed8(int value) {
        if (value != (byte) value) {
            throw new IllegalArgumentException(value + " does not fit into 8 signed bits");
        }
        put(value);
    }

    final void unsigned8(int value) {
        if (value >>> 8 != 0) {
            throw new IllegalArgumentException(value + " does not fit into 8 unsigned bits");
        }
        put(value);
    }

    final void imm16(int value) {
        if (value != (short) value && value >>> 16 != 0) {
            throw new IllegalArgumentException(value + " does not fit into 16 bits");
        }
        put(value);
        put(value >> 8);
    }

    final void imm32(int value) {
        put32(value);
    }

    final void imm64(long value) {
        imm32((int) value);
        imm32((int) (value >>> 32));
    }

    static int condition(int condition) {
        if (condition >>> 4 != 0) {
            throw new IllegalArgumentException(condition + " is no condition");
        }
        return condition;
    }

    // ---- prefixes and ModRM, Intel SDM volume 2, sections 2.1, 2.2 and 2.3 ----

    /** Whether a register's low byte needs a REX prefix to be meant: without one these are ah, ch, dh and bh. */
    static boolean byteNeedsRex(int register) {
        return register >= 4;
    }

    final void rex(boolean wide, int reg, int rm, boolean force) {
        if ((reg | rm) >>> 4 != 0) {
            throw new IllegalArgumentException("no registers: " + reg + ", " + rm);
        }
        int rex = 0x40 | (wide ? 8 : 0) | (reg & 8) >> 1 | rm >> 3;
        if (rex != 0x40 || force) {
            put(rex);
        }
    }

    final void rex(boolean wide, int reg, Mem mem, boolean force) {
        if (reg >>> 4 != 0) {
            throw new IllegalArgumentException("no register: " + reg);
        }
        if (mem.guest()) {
            put(SEGMENT_GS);
            put(ADDRESS_SIZE);
        }
        int index = mem.index() == Mem.NONE ? 0 : mem.index();
        int rex = 0x40 | (wide ? 8 : 0) | (reg & 8) >> 1 | (index & 8) >> 2 | mem.base() >> 3;
        if (rex != 0x40 || force) {
            put(rex);
        }
    }

    final void vex(int map, int pp, boolean wide, int reg, int vvvv, int rm) {
        if ((reg | rm | vvvv) >>> 4 != 0) {
            throw new IllegalArgumentException("no registers: " + reg + ", " + vvvv + ", " + rm);
        }
        put(0xc4);
        put((~reg & 8) << 4 | 0x40 | (~rm & 8) << 2 | map);
        put((wide ? 0x80 : 0) | (~vvvv & 15) << 3 | pp);
    }

    final void modrm(int reg, int rm) {
        put(0xc0 | (reg & 7) << 3 | rm & 7);
    }

    /** Registers 4 and 12 as base need a SIB byte, 5 and 13 a displacement; the shortest displacement is taken. */
    final void modrm(int reg, Mem mem) {
        int displacement = mem.displacement();
        int base = mem.base() & 7;
        int mod = displacement == 0 && base != 5 ? 0 : displacement == (byte) displacement ? 1 : 2;
        if (mem.index() == Mem.NONE && base != 4) {
            put(mod << 6 | (reg & 7) << 3 | base);
        } else {
            int index = mem.index() == Mem.NONE ? 4 : mem.index() & 7;
            put(mod << 6 | (reg & 7) << 3 | 4);
            put(mem.scale() << 6 | index << 3 | base);
        }
        if (mod == 1) {
            put(displacement);
        } else if (mod == 2) {
            imm32(displacement);
        }
    }
}
