// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

/** What an operand of an x86-64 instruction may be. */
public enum X86Kind implements Kind {
    /** A register's low 8 bits. */
    R8(8, true),
    /** A register's low 16 bits. */
    R16(16, true),
    /** A register's low 32 bits; writing them clears the rest. */
    R32(32, true),
    /** A register. */
    R64(64, true),
    /** An address that is not accessed. */
    M0(0, false),
    /** A byte in memory. */
    M8(8, false),
    /** Two bytes in memory. */
    M16(16, false),
    /** Four bytes in memory. */
    M32(32, false),
    /** Eight bytes in memory. */
    M64(64, false),
    /** Signed 8 bits. */
    IB(8, false),
    /** 16 bits, signed or unsigned. */
    IW(16, false),
    /** Signed 32 bits. */
    ID(32, false),
    /** 64 bits. */
    IO(64, false),
    /** Unsigned 8 bits. */
    UB(8, false),
    /** Signed distance of 8 bits. */
    CB(8, false),
    /** Signed distance of 32 bits. */
    CD(32, false),
    /** A condition, 0 to 15. */
    CC(4, false);

    private final int width;
    private final boolean register;

    X86Kind(int width, boolean register) {
        this.width = width;
        this.register = register;
    }

    /** Bits. */
    public int width() {
        return width;
    }

    @Override
    public boolean isRegister() {
        return register;
    }

    @Override
    public boolean isMemory() {
        return switch (this) {
            case M0, M8, M16, M32, M64 -> true;
            case R8, R16, R32, R64, IB, IW, ID, IO, UB, CB, CD, CC -> false;
        };
    }

    @Override
    public String javaType() {
        return isMemory() ? "Mem" : this == IO ? "long" : "int";
    }
}
