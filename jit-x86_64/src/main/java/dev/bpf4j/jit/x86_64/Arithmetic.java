// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static dev.bpf4j.jit.x86_64.Registers.RAX;
import static dev.bpf4j.jit.x86_64.Registers.RCX;
import static dev.bpf4j.jit.x86_64.Registers.RDX;

import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Translation;
import dev.bpf4j.jit.nativecode.Translator;

/**
 * Arithmetic that takes more than a rule's line, and the words of the rules' guards. Division needs rdx and rax: rdx is free, and rax is
 * exchanged with the destination for as long as it takes.
 */
abstract class Arithmetic extends Translator<Encoder> {
    private static final int EQUAL = 4;
    private static final int INT = 32;

    /** r0, under the name that rules use. */
    static final int rax = RAX;
    /** A register that nothing lives in, under the name that rules use. */
    static final int rdx = RDX;

    Arithmetic(Translation translation, Prediction prediction, Encoder asm) {
        super(translation, prediction, asm);
    }

    // ---- guards and operands of rules ----

    static boolean s8(int value) {
        return value == (byte) value;
    }

    static boolean u8(int value) {
        return value >>> 8 == 0;
    }

    static boolean u31(int value) {
        return value >= 0;
    }

    static boolean pow2(int value) {
        return value > 0 && (value & value - 1) == 0;
    }

    /** Whether a product by this is a register plus the same one scaled. */
    static boolean scaled(int value) {
        return value == 3 || value == 5 || value == 9;
    }

    static int log2(int value) {
        return Integer.numberOfTrailingZeros(value);
    }

    /** A shift count, which eBPF takes modulo the width. */
    static int count(int value, int width) {
        return value & width - 1;
    }

    static int low8(int value) {
        return (byte) value;
    }

    static int low16(int value) {
        return (short) value;
    }

    static int low32(int value) {
        return value;
    }

    /** The immediate of a 64-bit store is extended by the machine as eBPF wants it. */
    static int low64(int value) {
        return value;
    }

    // ---- constants, and, shifts ----

    @Override
    protected final void constant(int dst, long value) {
        constant(asm, dst, value);
    }

    /** A 64-bit constant in its shortest form. Flags are lost. */
    static void constant(Encoder asm, int dst, long value) {
        if (value == 0) {
            asm.xor32_rr(dst, dst);
        } else if (value >>> 32 == 0) {
            asm.mov32_ri(dst, (int) value);
        } else if (value == (int) value) {
            asm.mov64_ri(dst, (int) value);
        } else {
            asm.mov64_rii(dst, value);
        }
    }

    /** A mask without the sign bit clears the upper half anyway. */
    final void and_positive(int dst, int mask) {
        if (mask == 0xff) {
            asm.movzx32_r8(dst, dst);
        } else if (mask == 0xffff) {
            asm.movzx32_r16(dst, dst);
        } else if (s8(mask)) {
            asm.and32_ri8(dst, mask);
        } else if (dst == RAX) {
            asm.and32_ai(mask);
        } else {
            asm.and32_ri(dst, mask);
        }
    }

    /** A shift by a register without BMI2: left, right, or right with the sign. */
    final void shift(int kind, int width, int dst, int src) {
        asm.mov32_rr(RCX, src);
        switch (kind * 2 + (width == INT ? 0 : 1)) {
            case 0 -> asm.shl32_cl(dst);
            case 1 -> asm.shl64_cl(dst);
            case 2 -> asm.shr32_cl(dst);
            case 3 -> asm.shr64_cl(dst);
            case 4 -> asm.sar32_cl(dst);
            default -> asm.sar64_cl(dst);
        }
    }

    /** A product by 3, 5 or 9: an address, which is there sooner than what a multiplication gives. */
    final void times(int width, int dst, int factor) {
        Mem sum = new Mem(dst, dst, log2(factor - 1), 0);
        if (width == INT) {
            asm.lea32(dst, sum);
        } else {
            asm.lea64(dst, sum);
        }
    }

    // ---- division by registers ----

    final void divide(int width, int dst, int src) {
        byRegister(width, dst, src, false, false);
    }

    final void modulo(int width, int dst, int src) {
        byRegister(width, dst, src, false, true);
    }

    final void signed_divide(int width, int dst, int src) {
        byRegister(width, dst, src, true, false);
    }

    final void signed_modulo(int width, int dst, int src) {
        byRegister(width, dst, src, true, true);
    }

    /** A divisor of 0 gives 0, or leaves the operand (RFC 9669 section 4.1); one of -1 would trap for the least number. */
    private void byRegister(int width, int dst, int src, boolean signed, boolean modulo) {
        move(width, RCX, src);
        int zero = asm.label();
        int minus = asm.label();
        if (width == INT) {
            asm.test32_rr(RCX, RCX);
        } else {
            asm.test64_rr(RCX, RCX);
        }
        asm.jump(EQUAL, zero);
        if (signed) {
            if (width == INT) {
                asm.cmp32_ri8(RCX, -1);
            } else {
                asm.cmp64_ri8(RCX, -1);
            }
            asm.jump(EQUAL, minus);
        }
        byRcx(width, dst, signed, modulo);
        int done = asm.here();
        rare(() -> {
            asm.bind(zero);
            byZero(width, dst, modulo);
            asm.jump(done);
            asm.bind(minus);
            if (signed) {
                byMinusOne(width, dst, modulo);
                asm.jump(done);
            }
        });
    }

    private void move(int width, int to, int from) {
        if (width == INT) {
            asm.mov32_rr(to, from);
        } else if (to != from) {
            asm.mov64_rr(to, from);
        }
    }

    private void byZero(int width, int dst, boolean modulo) {
        if (!modulo) {
            asm.xor32_rr(dst, dst);
        } else {
            move(width, dst, dst);
        }
    }

    private void byMinusOne(int width, int dst, boolean modulo) {
        if (modulo) {
            asm.xor32_rr(dst, dst);
        } else if (width == INT) {
            asm.neg32(dst);
        } else {
            asm.neg64(dst);
        }
    }

    /** Divides by rcx, which is neither 0 nor, if signed, -1. */
    private void byRcx(int width, int dst, boolean signed, boolean modulo) {
        if (dst != RAX) {
            asm.xchg64_rr(RAX, dst);
        }
        if (!signed) {
            asm.xor32_rr(RDX, RDX);
        } else if (width == INT) {
            asm.cdq();
        } else {
            asm.cqo();
        }
        if (width == INT) {
            divide32(signed);
        } else {
            divide64(signed);
        }
        int result = modulo ? RDX : RAX;
        if (dst == RAX) {
            if (modulo) {
                move(64, RAX, RDX);
            }
        } else if (modulo) {
            asm.mov64_rr(RAX, dst);
            asm.mov64_rr(dst, result);
        } else {
            asm.xchg64_rr(RAX, dst);
        }
    }

    private void divide32(boolean signed) {
        if (signed) {
            asm.idiv32(RCX);
        } else {
            asm.div32(RCX);
        }
    }

    private void divide64(boolean signed) {
        if (signed) {
            asm.idiv64(RCX);
        } else {
            asm.div64(RCX);
        }
    }

    // ---- division by constants ----

    final void divide_by(int width, int dst, int imm) {
        byConstant(width, dst, imm, false);
    }

    final void modulo_by(int width, int dst, int imm) {
        byConstant(width, dst, imm, true);
    }

    private void byConstant(int width, int dst, int imm, boolean modulo) {
        long divisor = width == INT ? imm & 0xffff_ffffL : imm;
        if (divisor == 0) {
            byZero(width, dst, modulo);
        } else if ((divisor & divisor - 1) == 0) {
            byPowerOfTwo(width, dst, Long.numberOfTrailingZeros(divisor), modulo);
        } else if (width == INT && Tuning.RECIPROCALS && has("bmi2")) {
            byReciprocal(dst, divisor, modulo);
        } else {
            constant(RCX, divisor);
            byRcx(width, dst, false, modulo);
        }
    }

    /** An immediate's powers of two are below 2^32. */
    private void byPowerOfTwo(int width, int dst, int log, boolean modulo) {
        if (modulo) {
            if (log == 0) {
                asm.xor32_rr(dst, dst);
            } else {
                and_positive(dst, (int) ((1L << log) - 1));
            }
        } else if (log == 0) {
            move(width, dst, dst);
        } else if (width == INT) {
            asm.shr32_ri(dst, log);
        } else {
            asm.shr64_ri(dst, log);
        }
    }

    /**
     * Division of 32 bits by a constant that is no power of two, as the upper half of a product: with {@code m = ceil(2^64 / d)},
     * {@code e = m * d - 2^64 < d}, so that {@code x * m / 2^64 = x / d + x * e / (d * 2^64)}, and what is added is below {@code 1 / d} because
     * {@code x * e < 2^64}.
     */
    private void byReciprocal(int dst, long divisor, boolean modulo) {
        asm.mov64_rii(RCX, Long.divideUnsigned(-1L, divisor) + 1);
        asm.mov32_rr(RDX, dst);
        if (!modulo) {
            asm.mulx64(dst, RCX, RCX);
            return;
        }
        asm.mulx64(RCX, RDX, RCX);
        asm.imul32_rri(RCX, RCX, (int) divisor);
        asm.sub32_rr(dst, RCX);
    }

    final void signed_divide_by(int width, int dst, int imm) {
        signedByConstant(width, dst, imm, false);
    }

    final void signed_modulo_by(int width, int dst, int imm) {
        signedByConstant(width, dst, imm, true);
    }

    private void signedByConstant(int width, int dst, int imm, boolean modulo) {
        if (imm == 0) {
            byZero(width, dst, modulo);
        } else if (imm == -1) {
            byMinusOne(width, dst, modulo);
        } else {
            constant(RCX, imm);
            byRcx(width, dst, true, modulo);
        }
    }
}
