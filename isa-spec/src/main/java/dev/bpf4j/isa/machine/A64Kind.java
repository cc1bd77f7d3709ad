// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

/**
 * What an operand of an A64 instruction may be. The backend has two functions by the name of each kind, in lower case: one gives the field's
 * value, and refuses what does not fit; the other one the text.
 */
public enum A64Kind implements Kind {
    /** The low 32 bits of a register, w0 to w30; writing them clears the rest. */
    W(5),
    /** A register, x0 to x30. */
    X(5),
    /** As {@link #W}, where number 31 is zero. */
    WZ(5),
    /** As {@link #X}, where number 31 is zero. */
    XZ(5),
    /** As {@link #X}, where number 31 is the stack pointer. */
    XS(5),
    /** Condition, 0 to 15. */
    CC(4),
    /** Unsigned 12 bits. */
    U12(12),
    /** Unsigned 16 bits. */
    U16(16),
    /** A shift or bit number of 32 bits. */
    B32(5),
    /** A shift or bit number of 64 bits. */
    B64(6),
    /** A bit number from 32 to 63. */
    B6432(5),
    /** Where 16 bits of a 32-bit register stand: 16. */
    H32(2),
    /** Where 16 bits of a 64-bit register stand: 16, 32 or 48. */
    H64(2),
    /** A value of 32 bits that is 0 but for 16 bits on a multiple of 16; the field holds place and bits. */
    Z32(18),
    /** Likewise of 64 bits. */
    Z64(18),
    /** A value of 32 bits whose complement is 0 but for 16 bits on a multiple of 16. */
    N32(18),
    /** Likewise of 64 bits. */
    N64(18),
    /** A logical immediate of 32 bits; the field is {@code N:immr:imms}. */
    L32(13),
    /** A logical immediate of 64 bits. */
    L64(13),
    /** A logical immediate of 32 bits that is a value rather than a mask. */
    V32(13),
    /** Likewise of 64 bits. */
    V64(13),
    /** Signed 9 bits: a displacement. */
    S9(9),
    /** A displacement of 0 to 4,095 times 4. */
    O4(12),
    /** A displacement of 0 to 4,095 times 8. */
    O8(12),
    /** A displacement of a pair: -64 to 63 times 8. */
    P8(7),
    /** The displacement of a pair whose base changes. */
    Q8(7),
    /** Distance of 14 bits times 4. */
    D14(14),
    /** Distance of 19 bits times 4. */
    D19(19),
    /** Distance of 26 bits times 4. */
    D26(26),
    /** Distance of 21 bits, in bytes. */
    D21(21),
    /** Memory: base and unscaled displacement, or base and index register. */
    M(17);

    private final int width;

    A64Kind(int width) {
        this.width = width;
    }

    /** Bits of the field. */
    public int width() {
        return width;
    }

    @Override
    public boolean isRegister() {
        return this == W || this == X || this == WZ || this == XZ || this == XS;
    }

    @Override
    public boolean isMemory() {
        return this == M;
    }

    @Override
    public String javaType() {
        return switch (this) {
            case M -> "Mem";
            case Z32, Z64, N32, N64, L32, L64, V32, V64 -> "long";
            case W, X, WZ, XZ, XS, CC, U12, U16, B32, B64, B6432, H32, H64, S9, O4, O8, P8, Q8, D14, D19, D26, D21 -> "int";
        };
    }
}
