// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Instruction.OperandKind;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decodes instructions and rejects what the table does not define, with the reason. Immutable and thread-safe.
 *
 * <p>
 * A slot is brought into one canonical 64-bit word whatever the byte order: opcode in bits 0–7, dst 8–11, src 12–15, off 16–31, imm 32–63.
 * Each instruction is a mask and a value over that word, from its fixed fields; the opcode selects the few candidates.
 */
public final class Decoder {
    private static final int SLOT = 8;
    private static final int LAST_REGISTER = 10;
    private static final int ANYTHING = 15;

    private final Pattern[][] byOpcode = new Pattern[256][];

    /**
     * How an instruction is recognised.
     *
     * @param lastDst the highest register that dst may name; 15 if it names none
     * @param lastSrc the same of src
     */
    private record Pattern(Instruction instruction, boolean wide, long mask, long value, int lastDst, int lastSrc) {
        boolean matches(long word) {
            return (word & mask) == value;
        }
    }

    /** What a slot holds. */
    public sealed interface Result {}

    /** An instruction. */
    public record Decoded(Insn insn) implements Result {}

    /** No instruction, and why. */
    public record Rejected(String reason) implements Result {}

    /** A decoder for an instruction set. */
    public Decoder(Isa isa) {
        List<List<Pattern>> lists = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            lists.add(new ArrayList<>());
        }
        for (Instruction instruction : isa.instructions()) {
            lists.get(instruction.opcode()).add(pattern(instruction));
        }
        for (int i = 0; i < 256; i++) {
            byOpcode[i] = lists.get(i).toArray(new Pattern[0]);
        }
    }

    private static Pattern pattern(Instruction instruction) {
        long mask = 0xff;
        long value = instruction.opcode();
        for (FieldName field : List.of(FieldName.DST, FieldName.SRC, FieldName.OFF, FieldName.IMM)) {
            Operand operand = instruction.operand(field);
            if (operand.isFixed()) {
                mask |= Encoding.mask(field);
                value |= Encoding.place(field, operand.fixed());
            }
        }
        return new Pattern(instruction, instruction.wide(), mask, value, last(instruction.operand(FieldName.DST)), last(instruction.operand(
                FieldName.SRC)));
    }

    /** The highest register that a field may name: r10 is never written. */
    private static int last(Operand operand) {
        return !operand.isRegister() ? ANYTHING : operand.kind() == OperandKind.REGISTER_WRITE ? LAST_REGISTER - 1 : LAST_REGISTER;
    }

    /**
     * Decodes the instruction that starts at a slot.
     *
     * @param code  the program; bytes behind the last whole slot are not read
     * @param slot  0 to {@code code.length / 8 - 1}
     * @param order the program's byte order
     * @throws IndexOutOfBoundsException if there is no such slot
     */
    public Result decode(byte[] code, int slot, ByteOrder order) {
        long word = Encoding.word(code, slot, order);
        Pattern[] candidates = byOpcode[(int) word & 0xff];
        for (Pattern pattern : candidates) {
            if (pattern.matches(word)) {
                return complete(pattern, word, code, slot, order);
            }
        }
        return new Rejected(reason(candidates, word));
    }

    private static Result complete(Pattern pattern, long word, byte[] code, int slot, ByteOrder order) {
        Instruction instruction = pattern.instruction();
        int dst = Encoding.dst(word);
        int src = Encoding.src(word);
        if (dst > pattern.lastDst()) {
            return wrongRegister(instruction, FieldName.DST, pattern.lastDst(), dst);
        }
        if (src > pattern.lastSrc()) {
            return wrongRegister(instruction, FieldName.SRC, pattern.lastSrc(), src);
        }
        int next = 0;
        if (pattern.wide()) {
            if ((slot + 2) * SLOT > code.length) {
                return new Rejected("the second slot of " + instruction.name() + " is missing: the code ends");
            }
            long second = Encoding.word(code, slot + 1, order);
            next = Encoding.imm(second);
            String wrong = secondSlot(instruction, second);
            if (wrong != null) {
                return new Rejected(wrong);
            }
        }
        return new Decoded(new Insn(instruction, dst, src, Encoding.off(word), Encoding.imm(word), next));
    }

    private static Rejected wrongRegister(Instruction instruction, FieldName field, int last, int number) {
        return new Rejected("field " + lower(field) + " of " + instruction.name() + " must be r0 to r" + last + (last < LAST_REGISTER
                ? " because it is written"
                : "") + ", found r" + number);
    }

    /** What is wrong with the second slot of a wide instruction: only its immediate may hold something. */
    private static @Nullable String secondSlot(Instruction instruction, long second) {
        String which = " of the second slot of " + instruction.name() + " must be ";
        if ((second & 0xff) != 0) {
            return "the opcode" + which + "0, found " + shown(second & 0xff, 8);
        }
        for (FieldName field : List.of(FieldName.DST, FieldName.SRC, FieldName.OFF)) {
            if ((second & Encoding.mask(field)) != 0) {
                return "field " + lower(field) + which + "0, found " + shown(Encoding.field(second, field), 16);
            }
        }
        Operand operand = instruction.operand(FieldName.NEXT);
        if (operand.isFixed() && operand.fixed() != Encoding.imm(second)) {
            return "field imm" + which + shown(operand.fixed(), 32) + ", found " + shown(Encoding.imm(second), 32);
        }
        return null;
    }

    private static String lower(FieldName field) {
        return field.name().toLowerCase(Locale.ROOT);
    }

    /** A field's value: small numbers in decimal, others as the bits in the field. */
    private static String shown(long value, int width) {
        return Math.abs(value) < 10 ? Long.toString(value) : "0x" + Long.toHexString(Bits.lo(value, width));
    }

    /** Why no candidate fits: the fixed field that the best one misses, and what it may be in those that miss nothing else. */
    private static String reason(Pattern[] candidates, long word) {
        String opcode = "opcode 0x" + HexFormat.of().toHexDigits((byte) word);
        if (candidates.length == 0) {
            return "unknown " + opcode;
        }
        List<FieldName> fewest = missed(candidates[0].instruction(), word);
        for (Pattern pattern : candidates) {
            List<FieldName> missed = missed(pattern.instruction(), word);
            if (missed.size() < fewest.size()) {
                fewest = missed;
            }
        }
        FieldName field = fewest.getFirst();
        int width = field == FieldName.IMM ? 32 : 16;
        List<String> allowed = new ArrayList<>();
        for (Pattern pattern : candidates) {
            if (missed(pattern.instruction(), word).equals(fewest)) {
                allowed.add(shown(pattern.instruction().operand(field).fixed(), width) + " (" + pattern.instruction().name() + ")");
            }
        }
        return "field " + lower(field) + " of " + opcode + " must be " + String.join(" or ", allowed) + ", found " + shown(Encoding.field(
                word, field), width);
    }

    private static List<FieldName> missed(Instruction instruction, long word) {
        List<FieldName> missed = new ArrayList<>();
        for (FieldName field : List.of(FieldName.DST, FieldName.SRC, FieldName.OFF, FieldName.IMM)) {
            Operand operand = instruction.operand(field);
            if (operand.isFixed() && (word & Encoding.mask(field)) != Encoding.place(field, operand.fixed())) {
                missed.add(field);
            }
        }
        return missed;
    }
}
