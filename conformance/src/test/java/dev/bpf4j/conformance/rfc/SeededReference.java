// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.Engine;
import java.nio.ByteOrder;

/** References that are wrong on purpose, each in one thing: a comparison that does not notice them proves nothing. */
public enum SeededReference {
    /** MOVSX, and every imm, is zero extended instead of sign extended. */
    ZERO_EXTENSION(new Arithmetic() {
        @Override
        long signExtend(long value, int bits) {
            return value & ((1L << bits) - 1);
        }
    }),
    /** MOVSX takes bit 7 for the sign, whatever the width. */
    WRONG_SIGN_BIT(new Arithmetic() {
        @Override
        long signExtend(long value, int bits) {
            return super.signExtend(bits == 16 ? super.signExtend(value, 8) & 0xff | value & 0xff00 : value, bits == 16 ? 8 : bits);
        }
    }),
    /** ALU leaves the upper half as it was. */
    UPPER_HALF_KEPT(new Arithmetic() {
        @Override
        long alu32(ArithmeticCode code, int offset, long dst, long src) {
            return dst & ~0xffff_ffffL | super.alu32(code, offset, dst, src);
        }
    }),
    /** Shifts of the class ALU are masked by 63. */
    SHIFT_MASK(new Arithmetic() {
        @Override
        long alu32(ArithmeticCode code, int offset, long dst, long src) {
            return code == ArithmeticCode.LSH ? u32(u32(dst) << (src & 0x3f)) : super.alu32(code, offset, dst, src);
        }
    }),
    /** Division by zero leaves dst unchanged. */
    DIVISION_BY_ZERO(new Arithmetic() {
        @Override
        long alu64(ArithmeticCode code, int offset, long dst, long src) {
            return code == ArithmeticCode.DIV && src == 0 ? dst : super.alu64(code, offset, dst, src);
        }
    }),
    /** Modulo of the class ALU by zero leaves the upper half. */
    MODULO_BY_ZERO(new Arithmetic() {
        @Override
        long alu32(ArithmeticCode code, int offset, long dst, long src) {
            return code == ArithmeticCode.MOD && u32(src) == 0 ? dst : super.alu32(code, offset, dst, src);
        }
    }),
    /** Signed modulo takes the sign of the divisor. */
    FLOORED_MODULO(new Arithmetic() {
        @Override
        long alu64(ArithmeticCode code, int offset, long dst, long src) {
            return code == ArithmeticCode.MOD && offset == 1 && src != 0 ? Math.floorMod(dst, src) : super.alu64(code, offset, dst, src);
        }
    }),
    /** Unsigned division is signed. */
    SIGNED_DIVISION(new Arithmetic() {
        @Override
        long alu64(ArithmeticCode code, int offset, long dst, long src) {
            return super.alu64(code, code == ArithmeticCode.DIV ? 1 : offset, dst, src);
        }
    }),
    /** JGT compares signed. */
    SIGNED_COMPARISON(new Arithmetic() {
        @Override
        boolean holds64(JumpCode code, long dst, long src) {
            return super.holds64(code == JumpCode.JGT ? JumpCode.JSGT : code, dst, src);
        }
    }),
    /** JMP32 looks at 64 bits. */
    WIDE_COMPARISON(new Arithmetic() {
        @Override
        boolean holds32(JumpCode code, long dst, long src) {
            return holds64(code, dst, src);
        }
    }),
    /** JSLE is JSLT. */
    OFF_BY_ONE_COMPARISON(new Arithmetic() {
        @Override
        boolean holds32(JumpCode code, long dst, long src) {
            return super.holds32(code == JumpCode.JSLE ? JumpCode.JSLT : code, dst, src);
        }
    }),
    /** A byte swap of 16 bits keeps the bits above. */
    BYTE_SWAP_KEEPS(new Arithmetic() {
        @Override
        long byteSwap(InstructionClass instructionClass, boolean toBigEndian, ByteOrder host, int width, long dst) {
            long swapped = super.byteSwap(instructionClass, toBigEndian, host, width, dst);
            return width == 16 ? swapped | dst & ~0xffffL : swapped;
        }
    });

    private final Arithmetic arithmetic;

    SeededReference(Arithmetic arithmetic) {
        this.arithmetic = arithmetic;
    }

    /** The wrong reference. */
    public Engine engine() {
        return new RfcReference(arithmetic, new HostHelpers());
    }
}
