// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.jit.nativecode.Prediction;
import dev.bpf4j.jit.nativecode.Translation;
import dev.bpf4j.jit.nativecode.Translator;

/** Constants in their shortest form, division by constants, and the words of the rules' guards and operands. */
abstract class Arithmetic extends Translator<Encoder> {
    /** r0, under the name that rules use. */
    static final int x0 = 0;
    /** A register that nothing lives in, under the name that rules use; the address of an access may be in it. */
    static final int x16 = 16;
    /** A register that nothing lives in, under the name that rules use. */
    static final int x17 = 17;
    /** Zero, as the register of a store. */
    static final int xzr = 31;
    private static final int INT = 32;
    private static final int CHUNK = 16;
    private static final long CHUNK_MASK = 0xffff;
    private static final int LOW = 0xfff;

    /** The first operand's register, under the name that rules use. */
    int first;

    Arithmetic(Translation translation, Prediction prediction, Encoder asm) {
        super(translation, prediction, asm);
    }

    // ---- guards and operands of rules ----

    static boolean u12(int value) {
        return value >>> 12 == 0;
    }

    /** Whether the negated value has 12 bits. */
    static boolean n12(int value) {
        return value < 0 && u12(-value);
    }

    /** Whether it has 12 bits, 12 places up. */
    static boolean h12(int value) {
        return (value & LOW) == 0 && value >>> 24 == 0;
    }

    static boolean nh12(int value) {
        return value < 0 && h12(-value);
    }

    static boolean u24(int value) {
        return value >>> 24 == 0;
    }

    static boolean n24(int value) {
        return value < 0 && u24(-value);
    }

    static int high12(int value) {
        return value >>> 12;
    }

    static int high12_n(int value) {
        return high12(-value);
    }

    static int low12(int value) {
        return value & LOW;
    }

    static int low12_n(int value) {
        return low12(-value);
    }

    static boolean pow2(int value) {
        return value > 0 && (value & value - 1) == 0;
    }

    static int log2(int value) {
        return Integer.numberOfTrailingZeros(value);
    }

    static boolean pow2_plus1(int value) {
        return value > 2 && pow2(value - 1);
    }

    static int log2_below(int value) {
        return log2(value - 1);
    }

    /** A shift count, which eBPF takes modulo the width. */
    static int count(int value, int width) {
        return value & width - 1;
    }

    /** An immediate as an operand of so many bits: extended to 64, and cut off. */
    static long value(int imm, int width) {
        return width == Long.SIZE ? imm : imm & (1L << width) - 1;
    }

    static boolean logical(int imm, int width) {
        return A64Buffer.isLogical(width, value(imm, width));
    }

    static int is_zero(int width, int register) {
        return A64Jumps.zero(width, register);
    }

    static int not_zero(int width, int register) {
        return A64Jumps.zero(width, register) ^ 1;
    }

    /** The condition that the bit which a mask has is set. */
    static int only_bit_set(int register, int mask) {
        return A64Jumps.clear(register, log2(mask)) ^ 1;
    }

    static int sign_set(int width, int register) {
        return A64Jumps.clear(register, width - 1) ^ 1;
    }

    static int sign_clear(int width, int register) {
        return A64Jumps.clear(register, width - 1);
    }

    // ---- constants ----

    @Override
    protected final void constant(int register, long value) {
        constant(asm, register, value);
    }

    /** A 64-bit constant in its shortest form. */
    static void constant(Encoder asm, int register, long value) {
        boolean narrow = value >>> INT == 0;
        if (A64Buffer.isChunk(value)) {
            asm.movz64(register, value);
        } else if (narrow && A64Buffer.isChunk(value ^ 0xffff_ffffL)) {
            asm.movn32(register, value);
        } else if (A64Buffer.isChunk(~value)) {
            asm.movn64(register, value);
        } else if (narrow && A64Buffer.isLogical(INT, value)) {
            asm.movl32(register, value);
        } else if (A64Buffer.isLogical(Long.SIZE, value)) {
            asm.movl64(register, value);
        } else {
            chunks(asm, register, value);
        }
    }

    /** The first chunk makes all others zeros or ones, whichever there are more of. */
    private static void chunks(Encoder asm, int register, long value) {
        int zeros = 0;
        int ones = 0;
        for (int place = 0; place < Long.SIZE; place += CHUNK) {
            long chunk = value >>> place & CHUNK_MASK;
            zeros += chunk == 0 ? 1 : 0;
            ones += chunk == CHUNK_MASK ? 1 : 0;
        }
        boolean inverted = ones > zeros;
        long rest = inverted ? CHUNK_MASK : 0;
        boolean first = true;
        for (int place = 0; place < Long.SIZE; place += CHUNK) {
            long chunk = value >>> place & CHUNK_MASK;
            if (chunk == rest) {
                continue;
            }
            if (!first) {
                asm.movk64(register, (int) chunk, place);
            } else if (inverted) {
                asm.movn64(register, ~((chunk ^ CHUNK_MASK) << place));
            } else {
                asm.movz64(register, chunk << place);
            }
            first = false;
        }
    }

    @Override
    protected final void clear(int register) {
        asm.movz64(register, 0);
    }

    /** {@code target = base + distance}, in 32 or 64 bits; the distance has at most 24 bits. */
    final void add(int width, int target, int base, int distance) {
        int size = Math.abs(distance);
        if (distance == 0) {
            move(width, target, base);
            return;
        }
        int from = base;
        if (size > LOW) {
            addImmediate(width, target, from, size >>> 12, true, distance < 0);
            from = target;
        }
        if ((size & LOW) != 0) {
            addImmediate(width, target, from, size & LOW, false, distance < 0);
        }
    }

    private void addImmediate(int width, int target, int base, int imm, boolean high, boolean negative) {
        switch ((width == INT ? 0 : 4) + (high ? 2 : 0) + (negative ? 1 : 0)) {
            case 0 -> asm.add32_ri(target, base, imm);
            case 1 -> asm.sub32_ri(target, base, imm);
            case 2 -> asm.add32_rh(target, base, imm);
            case 3 -> asm.sub32_rh(target, base, imm);
            case 4 -> asm.add64_ri(target, base, imm);
            case 5 -> asm.sub64_ri(target, base, imm);
            case 6 -> asm.add64_rh(target, base, imm);
            default -> asm.sub64_rh(target, base, imm);
        }
    }

    final void move(int width, int target, int source) {
        if (width == INT) {
            asm.mov32(target, source);
        } else if (target != source) {
            asm.mov64(target, source);
        }
    }

    // ---- division by constants ----

    final void divide_by(int width, int dst, int imm) {
        long divisor = value(imm, width);
        if (divisor == 0) {
            clear(dst);
        } else if ((divisor & divisor - 1) == 0) {
            shiftRight(width, dst, Long.numberOfTrailingZeros(divisor));
        } else {
            constant(x16, divisor);
            if (width == INT) {
                asm.udiv32(dst, first, x16);
            } else {
                asm.udiv64(dst, first, x16);
            }
        }
    }

    private void shiftRight(int width, int dst, int count) {
        if (count == 0) {
            move(width, dst, first);
        } else if (width == INT) {
            asm.lsr32_ri(dst, first, count);
        } else {
            asm.lsr64_ri(dst, first, count);
        }
    }

    final void modulo_by(int width, int dst, int imm) {
        long divisor = value(imm, width);
        if (divisor == 0) {
            move(width, dst, first);
        } else if (divisor == 1) {
            clear(dst);
        } else if ((divisor & divisor - 1) == 0) {
            asm.and64_rl(dst, first, divisor - 1);
        } else {
            constant(x16, divisor);
            if (width == INT) {
                asm.udiv32(x17, first, x16);
                asm.msub32(dst, x17, x16, first);
            } else {
                asm.udiv64(x17, first, x16);
                asm.msub64(dst, x17, x16, first);
            }
        }
    }

    /** The first operand as it is. */
    final void copy(int dst) {
        move(Long.SIZE, dst, first);
    }

    // ---- sequences ----

    @Override
    protected final void firstOperand(int register) {
        first = register;
    }

    /** Instructions have three operands: the copy need not be made. */
    @Override
    public final boolean operation(Insn insn, int dst, int src) {
        firstOperand(src);
        int second = translation().register(insn, FieldName.SRC);
        emit(insn.instruction().index(), dst, second == dst ? src : second, insn.off(), insn.imm());
        return true;
    }

    @Override
    public final void sum(int width, int dst, int src, int imm) {
        if (Math.abs((long) imm) >>> 24 == 0) {
            asm.comment("mov_add");
            add(width, dst, src, imm);
        } else {
            asm.comment("mov_add_k");
            constant(x16, value(imm, width));
            sumOf(width, dst, src, x16);
        }
    }

    @Override
    public final void sumOf(int width, int dst, int src, int other) {
        asm.comment("mov_add");
        if (width == INT) {
            asm.add32_rr(dst, src, other);
        } else {
            asm.add64_rr(dst, src, other);
        }
    }

    @Override
    public final void rotation(int width, int copy, int original, int count, boolean intoCopy, boolean otherLeft) {
        asm.comment("rotation");
        int rotated = intoCopy ? copy : original;
        int other = intoCopy ? original : copy;
        int source = original;
        if (!intoCopy) {
            // the original is rotated in its place, so that its shifted value is made first
            shift(width, other, source, count, otherLeft);
        }
        rotateTo(width, rotated, source, count);
        if (intoCopy) {
            shift(width, other, source, count, otherLeft);
        }
    }

    @Override
    public final void rotate(int width, int dst, int src, int count) {
        asm.comment("rotate");
        rotateTo(width, dst, src, count);
    }

    private void rotateTo(int width, int dst, int src, int count) {
        if (width == INT) {
            asm.ror32_ri(dst, src, INT - count);
        } else {
            asm.ror64_ri(dst, src, Long.SIZE - count);
        }
    }

    private void shift(int width, int target, int source, int count, boolean left) {
        if (width == INT && left) {
            asm.lsl32_ri(target, source, count);
        } else if (width == INT) {
            asm.lsr32_ri(target, source, INT - count);
        } else if (left) {
            asm.lsl64_ri(target, source, count);
        } else {
            asm.lsr64_ri(target, source, Long.SIZE - count);
        }
    }
}
