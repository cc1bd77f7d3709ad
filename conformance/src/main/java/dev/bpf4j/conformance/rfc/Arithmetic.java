// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import java.nio.ByteOrder;

/**
 * What arithmetic instructions and conditions compute: RFC 9669 sections 4.1 to 4.3, on numbers, without registers or memory.
 *
 * <p>
 * A Java {@code long} holds the 64 bits of a register. The prose's casts are the functions {@link #u32}, {@link #s32} and
 * {@link #signExtend}. Not final, so that tests can seed a wrong reference and see that comparisons notice.
 */
class Arithmetic {

    // ---- section 2.1 and 2.3: types, sign extension ----

    /** The cast {@code (u32)}: the upper 32 bits are zeroed. */
    static long u32(long value) {
        return value & 0xffff_ffffL;
    }

    /** The cast {@code (s32)}: the lower 32 bits as a signed number. */
    static long s32(long value) {
        return (int) value;
    }

    /** Section 2.3: sign extends the lower {@code bits} (8, 16 or 32) to 64 bits: the bits above become copies of the topmost one. */
    long signExtend(long value, int bits) {
        long lower = value & ((1L << bits) - 1);
        boolean negative = ((value >> (bits - 1)) & 1) == 1;
        return negative ? lower | (-1L << bits) : lower;
    }

    // ---- section 4.1 ----

    /**
     * Section 4.1, class ALU64.
     *
     * @param offset the instruction's offset, which tells SDIV, SMOD and MOVSX from DIV, MOD and MOV
     * @param src    the source register, or imm sign extended to 64 bits
     */
    long alu64(ArithmeticCode code, int offset, long dst, long src) {
        return switch (code) {
            case ADD -> dst + src;
            case SUB -> dst - src;
            case MUL -> dst * src;
            case DIV -> offset == 0 ? div64(dst, src) : sdiv64(dst, src);
            case OR -> dst | src;
            case AND -> dst & src;
            case LSH -> dst << (src & 0x3f);
            case RSH -> dst >>> (src & 0x3f);
            case NEG -> -dst;
            case MOD -> offset == 0 ? mod64(dst, src) : smod64(dst, src);
            case XOR -> dst ^ src;
            case MOV -> offset == 0 ? src : signExtend(src, offset);
            case ARSH -> dst >> (src & 0x3f);
            case END -> throw new IllegalArgumentException("byte swaps have a method of their own");
        };
    }

    /**
     * Section 4.1, class ALU: "the upper 32 bits are zeroed", of the operands and of the result.
     *
     * @param src the source register, or imm; only the lower 32 bits count
     */
    long alu32(ArithmeticCode code, int offset, long dst, long src) {
        return switch (code) {
            case ADD -> u32(u32(dst) + u32(src));
            case SUB -> u32(u32(dst) - u32(src));
            case MUL -> u32(u32(dst) * u32(src));
            case DIV -> offset == 0 ? div32(dst, src) : sdiv32(dst, src);
            case OR -> u32(dst) | u32(src);
            case AND -> u32(dst) & u32(src);
            case LSH -> u32(u32(dst) << (src & 0x1f));
            case RSH -> u32(dst) >>> (src & 0x1f);
            case NEG -> u32(-u32(dst));
            case MOD -> offset == 0 ? mod32(dst, src) : smod32(dst, src);
            case XOR -> u32(dst) ^ u32(src);
            case MOV -> offset == 0 ? u32(src) : u32(signExtend(src, offset));
            case ARSH -> u32(s32(dst) >> (src & 0x1f));
            case END -> throw new IllegalArgumentException("byte swaps have a method of their own");
        };
    }

    /** "If BPF program execution would result in division by zero, the destination register is instead set to zero." */
    private static long div64(long dst, long src) {
        return src != 0 ? Long.divideUnsigned(dst, src) : 0;
    }

    /** Overflow wraps: the most negative number divided by -1 is itself. */
    private static long sdiv64(long dst, long src) {
        return src != 0 ? dst / src : 0;
    }

    /** "If execution would result in modulo by zero, for ALU64 the value of the destination register is unchanged." */
    private static long mod64(long dst, long src) {
        return src != 0 ? Long.remainderUnsigned(dst, src) : dst;
    }

    /** Truncated division: -13 % 3 == -1, as in C and in Java. */
    private static long smod64(long dst, long src) {
        return src != 0 ? dst % src : dst;
    }

    private static long div32(long dst, long src) {
        return u32(src) != 0 ? u32(dst) / u32(src) : 0;
    }

    private static long sdiv32(long dst, long src) {
        return u32(src) != 0 ? u32(s32(dst) / s32(src)) : 0;
    }

    /** "… whereas for ALU the upper 32 bits of the destination register are zeroed." */
    private static long mod32(long dst, long src) {
        return u32(src) != 0 ? u32(dst) % u32(src) : u32(dst);
    }

    private static long smod32(long dst, long src) {
        return u32(src) != 0 ? u32(s32(dst) % s32(src)) : u32(dst);
    }

    // ---- section 4.2 ----

    /**
     * Section 4.2: class ALU with TO_LE or TO_BE converts between the host's order and the one named, which swaps if they differ and only
     * truncates if they do not; class ALU64 swaps always.
     *
     * @param host  the byte order of the machine that the program is for
     * @param width 16, 32 or 64
     */
    long byteSwap(InstructionClass instructionClass, boolean toBigEndian, ByteOrder host, int width, long dst) {
        ByteOrder named = toBigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        boolean swap = instructionClass == InstructionClass.ALU64 || named != host;
        return switch (width) {
            case 16 -> swap ? (dst & 0x00ff) << 8 | (dst & 0xff00) >> 8 : dst & 0xffff;
            case 32 -> swap ? Integer.toUnsignedLong(Integer.reverseBytes((int) dst)) : u32(dst);
            case 64 -> swap ? Long.reverseBytes(dst) : dst;
            default -> throw new IllegalArgumentException("byte swap of " + width + " bits");
        };
    }

    // ---- section 4.3 ----

    /** Section 4.3, class JMP: whether the condition holds. */
    boolean holds64(JumpCode code, long dst, long src) {
        return switch (code) {
            case JEQ -> dst == src;
            case JGT -> Long.compareUnsigned(dst, src) > 0;
            case JGE -> Long.compareUnsigned(dst, src) >= 0;
            case JSET -> (dst & src) != 0;
            case JNE -> dst != src;
            case JSGT -> dst > src;
            case JSGE -> dst >= src;
            case JLT -> Long.compareUnsigned(dst, src) < 0;
            case JLE -> Long.compareUnsigned(dst, src) <= 0;
            case JSLT -> dst < src;
            case JSLE -> dst <= src;
            case JA, CALL, EXIT, JCOND -> throw new IllegalArgumentException(code + " is no comparison");
        };
    }

    /** Section 4.3, class JMP32: "if (s32)dst s>= (s32)src", and (u32) for the unsigned comparisons. */
    boolean holds32(JumpCode code, long dst, long src) {
        return switch (code) {
            case JEQ -> u32(dst) == u32(src);
            case JGT -> u32(dst) > u32(src);
            case JGE -> u32(dst) >= u32(src);
            case JSET -> (u32(dst) & u32(src)) != 0;
            case JNE -> u32(dst) != u32(src);
            case JSGT -> s32(dst) > s32(src);
            case JSGE -> s32(dst) >= s32(src);
            case JLT -> u32(dst) < u32(src);
            case JLE -> u32(dst) <= u32(src);
            case JSLT -> s32(dst) < s32(src);
            case JSLE -> s32(dst) <= s32(src);
            case JA, CALL, EXIT, JCOND -> throw new IllegalArgumentException(code + " is no comparison");
        };
    }
}
