// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

/**
 * A set of halves of the registers r0 to r10, as an {@code int}: bit {@code n} is the low half (32 bits) of register n, bit {@code 16 + n} the
 * high half.
 */
public final class Halves {
    /** The empty set. */
    public static final int NONE = 0;
    private static final int HIGH = 16;

    private Halves() {
    }

    /** Both halves of a register. */
    public static int full(int register) {
        return low(register) | high(register);
    }

    /** The low half of a register. */
    public static int low(int register) {
        return 1 << register;
    }

    /** The high half of a register. */
    public static int high(int register) {
        return 1 << HIGH + register;
    }

    /** Both halves of a range of registers, bounds included. */
    public static int range(int from, int to) {
        int set = NONE;
        for (int register = from; register <= to; register++) {
            set |= full(register);
        }
        return set;
    }

    /** Whether any half of a register is in a set. */
    public static boolean any(int set, int register) {
        return (set & full(register)) != 0;
    }

    /** Whether the high half of a register is in a set. */
    public static boolean hasHigh(int set, int register) {
        return (set & high(register)) != 0;
    }

    /** The registers of which the high half is in a set: bit {@code n} for register n. */
    public static int highs(int set) {
        return set >>> HIGH;
    }

    /** The registers of which any half is in a set: bit {@code n} for register n. */
    public static int registers(int set) {
        return (set | set >>> HIGH) & 0xffff;
    }
}
