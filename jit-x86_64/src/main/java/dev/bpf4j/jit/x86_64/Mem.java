// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

/**
 * A memory operand: {@code base + index * 2^scale + displacement}. A guest operand is that sum modulo 2^32, from the start of segment gs.
 *
 * @param base         register 0 to 15
 * @param index        register 0 to 15 but not rsp, or {@link #NONE}
 * @param scale        0 to 3
 * @param displacement bytes, signed
 * @param guest        whether it is a guest address
 */
record Mem(int base, int index, int scale, int displacement, boolean guest) {
    /** No index. */
    static final int NONE = -1;
    private static final int RSP = 4;

    /** @throws IllegalArgumentException if this cannot be encoded */
    Mem {
        if (base < 0 || base > 15 || index < NONE || index > 15 || index == RSP || scale < 0 || scale > 3) {
            throw new IllegalArgumentException("no memory operand: base " + base + ", index " + index + ", scale " + scale);
        }
    }

    /** No guest operand. */
    Mem(int base, int index, int scale, int displacement) {
        this(base, index, scale, displacement, false);
    }

    /** {@code gs:[base + displacement]} with 32-bit registers: what eBPF's addresses are under the policy that only confines. */
    static Mem guest(int base, int displacement) {
        return new Mem(base, NONE, 0, displacement, true);
    }

    /** {@code [base + displacement]}. */
    static Mem of(int base, int displacement) {
        return new Mem(base, NONE, 0, displacement);
    }

    /** {@code [base + index + displacement]}. */
    static Mem of(int base, int index, int displacement) {
        return new Mem(base, index, 0, displacement);
    }
}
