// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Instruction.FieldName;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Slots as bytes and as canonical words (RFC 9669 section 3). The canonical word is the little-endian reading of a little-endian slot: opcode
 * in bits 0–7, dst 8–11, src 12–15, off 16–31, imm 32–63. A big-endian slot has the register nibbles exchanged and off and imm in big-endian.
 */
public final class Encoding {
    private static final int SLOT = 8;

    private Encoding() {
    }

    /** The canonical word of a slot. */
    public static long word(byte[] code, int slot, ByteOrder order) {
        long raw = ByteBuffer.wrap(code, slot * SLOT, SLOT).order(order).getLong();
        if (order == ByteOrder.LITTLE_ENDIAN) {
            return raw;
        }
        long opcode = raw >>> 56;
        long registers = raw >>> 48 & 0xff;
        long swapped = registers >>> 4 | (registers & 0xf) << 4;
        return opcode | swapped << 8 | (raw >>> 32 & 0xffff) << 16 | raw << 32;
    }

    /** Writes a canonical word as a slot. */
    public static void put(ByteBuffer code, long word, ByteOrder order) {
        if (order == ByteOrder.LITTLE_ENDIAN) {
            code.order(order).putLong(word);
            return;
        }
        long registers = word >>> 8 & 0xff;
        long swapped = registers >>> 4 | (registers & 0xf) << 4;
        code.order(order).putLong((word & 0xff) << 56 | swapped << 48 | (word >>> 16 & 0xffff) << 32 | word >>> 32);
    }

    /** The bytes of an instruction: 8, or 16 for a wide load. */
    public static byte[] encode(Insn insn, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(insn.slots() * SLOT);
        put(bytes, word(insn), order);
        if (insn.instruction().wide()) {
            put(bytes, (long) insn.next() << 32, order);
        }
        return bytes.array();
    }

    /** The bytes of a program. */
    public static byte[] encode(List<Insn> insns, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(insns.stream().mapToInt(Insn::slots).sum() * SLOT);
        insns.forEach(insn -> bytes.put(encode(insn, order)));
        return bytes.array();
    }

    /** The canonical word of an instruction's first slot. */
    public static long word(Insn insn) {
        return insn.instruction().opcode() | place(FieldName.DST, insn.dst()) | place(FieldName.SRC, insn.src()) | place(FieldName.OFF, insn
                .off()) | place(
                        FieldName.IMM, insn.imm());
    }

    static int dst(long word) {
        return (int) (word >>> 8) & 0xf;
    }

    static int src(long word) {
        return (int) (word >>> 12) & 0xf;
    }

    static int off(long word) {
        return (short) (word >>> 16);
    }

    static int imm(long word) {
        return (int) (word >>> 32);
    }

    static long mask(FieldName field) {
        return switch (field) {
            case DST -> 0xf00L;
            case SRC -> 0xf000L;
            case OFF -> 0xffff_0000L;
            case IMM -> 0xffff_ffff_0000_0000L;
            case NEXT -> 0;
        };
    }

    static long place(FieldName field, int value) {
        return switch (field) {
            case DST -> (value & 0xfL) << 8;
            case SRC -> (value & 0xfL) << 12;
            case OFF -> (value & 0xffffL) << 16;
            case IMM -> (long) value << 32;
            case NEXT -> 0;
        };
    }

    static long field(long word, FieldName field) {
        return switch (field) {
            case DST -> dst(word);
            case SRC -> src(word);
            case OFF -> off(word);
            case IMM -> imm(word);
            case NEXT -> 0;
        };
    }
}
