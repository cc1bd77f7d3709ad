// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

/**
 * A memory operand: {@code base + displacement}, or {@code base + index}, of which all 64 or the low 32 bits count.
 *
 * @param base         register 0 to 30
 * @param index        register 0 to 30, or {@link #NONE}
 * @param wide         whether all 64 bits of the index count
 * @param displacement -256 to 255; 0 if there is an index
 */
record Mem(int base, int index, boolean wide, int displacement) {
    /** No index. */
    static final int NONE = -1;
    private static final int REGISTERS = 31;
    private static final int REACH = 256;

    /** @throws IllegalArgumentException if this cannot be encoded */
    Mem {
        if (base < 0 || base >= REGISTERS || index < NONE || index >= REGISTERS || !reaches(displacement) || index != NONE
                && displacement != 0) {
            throw new IllegalArgumentException("no memory operand: base " + base + ", index " + index + ", displacement " + displacement);
        }
    }

    /** Whether a displacement can be encoded. */
    static boolean reaches(int displacement) {
        return displacement >= -REACH && displacement < REACH;
    }

    /** {@code [base, #displacement]}. */
    static Mem of(int base, int displacement) {
        return new Mem(base, NONE, false, displacement);
    }

    /** {@code [base, xindex]}. */
    static Mem indexed(int base, int index) {
        return new Mem(base, index, true, 0);
    }

    /** {@code [base, windex, uxtw]}: nothing beyond 4 GiB behind the base. */
    static Mem confined(int base, int index) {
        return new Mem(base, index, false, 0);
    }
}
