// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Machine code while it is made.
 *
 * <p>
 * Problem: a jump takes 2 bytes or 5 to 6, which depends on how far it goes, which depends on the sizes of the jumps between. Structure: jumps
 * are kept aside and take no bytes here; {@link Relaxation} puts them in when all is known. A place in the code is therefore a pair: bytes
 * before it, and jumps before it. Labels and the lines of a listing are such places. Invariant: places are appended in order.
 *
 * <p>
 * Fields are checked here and by the generated subclass, in every build: a wrong bit in machine code must not get out.
 */
class CodeBuffer {
    /** As a condition: jumps always. */
    static final int ALWAYS = 16;
    /** As a condition: calls. */
    static final int CALL = 17;
    private static final int UNBOUND = -1;

    private byte[] bytes = new byte[1024];
    private int size;
    private int[] labelBytes = new int[64];
    private int[] labelJumps = new int[64];
    private int labels;
    private int[] jumpBytes = new int[64];
    private int[] jumpLabels = new int[64];
    private int[] jumpConditions = new int[64];
    private int jumps;
    private final List<Line> lines = new ArrayList<>();

    /**
     * A line of the listing.
     *
     * @param bytes   bytes before it
     * @param jumps   jumps before it
     * @param comment whether it is no instruction
     * @param text    what it says
     */
    record Line(int bytes, int jumps, boolean comment, String text) {}

    CodeBuffer() {
    }

    /** Bytes so far, without the jumps to labels. */
    int size() {
        return size;
    }

    // ---- labels and jumps ----

    /** A label that is not yet anywhere. */
    int label() {
        if (labels == labelBytes.length) {
            labelBytes = Arrays.copyOf(labelBytes, labels * 2);
            labelJumps = Arrays.copyOf(labelJumps, labels * 2);
        }
        labelBytes[labels] = UNBOUND;
        return labels++;
    }

    /** Puts a label here. */
    void bind(int label) {
        if (labelBytes[label] != UNBOUND) {
            throw new IllegalStateException("label " + label + " is bound twice");
        }
        labelBytes[label] = size;
        labelJumps[label] = jumps;
    }

    /** A label that is here. */
    int here() {
        int label = label();
        bind(label);
        return label;
    }

    /** Jumps to a label. */
    void jump(int label) {
        jump(ALWAYS, label);
    }

    /** Calls what is at a label. */
    void call(int label) {
        jump(CALL, label);
    }

    /** Jumps to a label if a condition holds. */
    void jump(int condition, int label) {
        if (jumps == jumpBytes.length) {
            jumpBytes = Arrays.copyOf(jumpBytes, jumps * 2);
            jumpLabels = Arrays.copyOf(jumpLabels, jumps * 2);
            jumpConditions = Arrays.copyOf(jumpConditions, jumps * 2);
        }
        jumpBytes[jumps] = size;
        jumpLabels[jumps] = label;
        jumpConditions[jumps++] = condition;
    }

    int labels() {
        return labels;
    }

    int jumps() {
        return jumps;
    }

    int labelBytes(int label) {
        if (labelBytes[label] == UNBOUND) {
            throw new IllegalStateException("label " + label + " is nowhere");
        }
        return labelBytes[label];
    }

    int labelJumps(int label) {
        return labelJumps[label];
    }

    int jumpBytes(int jump) {
        return jumpBytes[jump];
    }

    int jumpLabel(int jump) {
        return jumpLabels[jump];
    }

    int jumpCondition(int jump) {
        return jumpConditions[jump];
    }

    // ---- the listing ----

    /** Keeps the text of the instruction that starts at a byte. */
    void listed(int at, String text) {
        lines.add(new Line(at, jumps, false, text));
    }

    /** Whether texts and comments are kept. */
    boolean lists() {
        return false;
    }

    /** Keeps a comment; only encoders that list do so. */
    void comment(String text) {
        // an encoder without a listing has no use for it
    }

    /** Adds a comment to the listing. */
    final void addComment(String text) {
        lines.add(new Line(size, jumps, true, text));
    }

    List<Line> lines() {
        return lines;
    }

    // ---- bytes ----

    /** The bytes so far; live. */
    byte[] bytes() {
        return bytes;
    }

    /** Appends a byte. */
    final void put(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
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
        put(value);
        put(value >> 8);
        put(value >> 16);
        put(value >> 24);
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
