// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.runtime.GuestLayout;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes instructions, and remembers which registers point where. That memory is a hint for making accesses that succeed; where it is wrong,
 * because a jump went another way, an access faults, which is fine too.
 */
final class Writer {
    /** Not a pointer. */
    static final int NONE = 0;
    /** The running frame; positions count from its r10, so they are negative. */
    static final int STACK = 1;
    /** The memory or context. */
    static final int MEMORY = 2;
    /** The packet. */
    static final int PACKET = 3;
    /** The values of map {@link Maps#VALUES}. */
    static final int MAP = 4;
    /** Number of regions, and {@link #NONE}. */
    static final int REGIONS = 5;
    static final int STACK_POINTER = 10;
    static final int REGISTERS = 10;
    private static final int ALL = STACK_POINTER + 1;
    private static final int MAX_DEPTH = 32;

    private final Rows rows;
    private final int[] region = new int[ALL];
    private final int[] distance = new int[ALL];
    private final int[][] saved = new int[MAX_DEPTH][2 * ALL];
    private int reserved;
    private int remaining;
    private boolean inMain;
    private @Nullable Entropy entropy;
    private @Nullable GeneratedProgram program;

    Writer(Rows rows) {
        this.rows = rows;
    }

    void start(Entropy from, GeneratedProgram into) {
        entropy = from;
        program = into;
        reserved = 0;
        forgetAll();
    }

    Entropy entropy() {
        return Objects.requireNonNull(entropy);
    }

    GeneratedProgram program() {
        return Objects.requireNonNull(program);
    }

    Rows rows() {
        return rows;
    }

    int slots() {
        return program().slots();
    }

    /** Instructions still to be written in the running block; may be negative. */
    int remaining() {
        return remaining;
    }

    void remaining(int items) {
        remaining = items;
    }

    /** Whether the function being written is main, whose stack lies at a known address. */
    void inMain(boolean main) {
        inMain = main;
    }

    // ---- instructions ----

    /** Writes an instruction; fields that the row fixes are ignored. */
    int write(Row row, int dst, int src, int off, int imm) {
        long word = row.base | (row.dstRegister ? dst << 8 : 0) | (row.srcRegister ? src << 12 : 0) | (off & 0xffffL) << 16
                | (long) imm << 32;
        remaining--;
        return program().add(word, row.index);
    }

    /** Writes an instruction of registers, and a constant where the row takes one; forgets what it overwrites. */
    int compute(Row row, int dst, int src, int imm) {
        int slot = write(row, dst, src, 0, row.immediate ? imm : 0);
        if (row.wide) {
            program().add((long) imm << 32, -1);
        }
        if (row == rows.move64) {
            region[dst] = region[src];
            distance[dst] = distance[src];
        } else if (row == rows.add64Constant) {
            distance[dst] += imm;
        } else if (row.writesDst) {
            region[dst] = NONE;
        }
        return slot;
    }

    /** Writes a wide load of a 64-bit constant. */
    void wide(int register, long value) {
        write(rows.wideConstant, register, 0, 0, (int) value);
        program().add(value >>> 32 << 32, -1);
        region[register] = NONE;
    }

    /** Gives a register a value, in the shortest way. */
    void set(int register, long value) {
        if (value == (int) value) {
            compute(rows.move64Constant, register, 0, (int) value);
        } else {
            wide(register, value);
        }
    }

    /** Writes a wide load of something that is linked: a code pointer, a variable, a map. */
    int linked(Row row, int register, int imm, int next) {
        int slot = write(row, register, 0, 0, imm);
        program().add((long) next << 32, -1);
        region[register] = NONE;
        return slot;
    }

    // ---- registers ----

    /** Any register that may be written. */
    int writable() {
        int register = entropy().below(REGISTERS);
        while ((reserved >> register & 1) != 0) {
            register = (register + 1) % REGISTERS;
        }
        return register;
    }

    /** Any register, r10 included. */
    int readable() {
        return entropy().below(ALL);
    }

    boolean reserved(int register) {
        return (reserved >> register & 1) != 0;
    }

    void reserve(int register) {
        reserved |= 1 << register;
    }

    void release(int register) {
        reserved &= ~(1 << register);
    }

    // ---- pointers ----

    int region(int register) {
        return region[register];
    }

    /** How far from its region's first position a pointer points. */
    int distance(int register) {
        return distance[register];
    }

    void pointsTo(int register, int where, int from) {
        region[register] = where;
        distance[register] = from;
    }

    void forget(int register) {
        if (register != STACK_POINTER) {
            region[register] = NONE;
        }
    }

    void forgetAll() {
        Arrays.fill(region, NONE);
        region[STACK_POINTER] = STACK;
        distance[STACK_POINTER] = 0;
    }

    /** After a call: r0 to r5 are something else. */
    void forgetCallerSaved() {
        Arrays.fill(region, 0, 6, NONE);
    }

    /** Guest address of a region's position 0, in lane 0. */
    static long address(int where) {
        long lane = GuestLayout.lane(0);
        return switch (where) {
            case STACK -> lane + GuestLayout.STACK_TOP;
            case MEMORY -> lane + GuestLayout.CONTEXT;
            case PACKET -> lane + GuestLayout.PACKET + GuestLayout.PACKET_HEADROOM;
            case MAP -> GuestLayout.MAP_BASE;
            default -> throw new IllegalArgumentException("region " + where);
        };
    }

    /** Makes a register a pointer. */
    void point(int register, int where, int from) {
        if (where == STACK && !(inMain && entropy().chance(12))) {
            compute(rows.move64, register, STACK_POINTER, 0);
            if (from != 0) {
                compute(rows.add64Constant, register, 0, from);
            }
        } else if (where == MAP && from >= 0 && entropy().chance(128)) {
            Row[] loads = rows.mapValues;
            linked(loads[entropy().below(loads.length)], register, Maps.VALUES, from);
        } else if (entropy().chance(64)) {
            wide(register, address(where) + from);
        } else {
            compute(rows.move64Constant, register, 0, (int) (address(where) + from));
        }
        pointsTo(register, where, from);
    }

    /** Keeps what is known, under a number of nesting. */
    void save(int depth) {
        System.arraycopy(region, 0, saved[depth], 0, ALL);
        System.arraycopy(distance, 0, saved[depth], ALL, ALL);
    }

    /** Forgets what is not known both now and when it was saved. */
    void merge(int depth) {
        for (int register = 0; register < REGISTERS; register++) {
            if (saved[depth][register] != region[register] || saved[depth][ALL + register] != distance[register]) {
                region[register] = NONE;
            }
        }
    }

    static int maxDepth() {
        return MAX_DEPTH;
    }
}
