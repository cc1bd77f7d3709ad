// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Instruction.OperandKind;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

    private final Pattern[][] byOpcode = new Pattern[256][];

    private record Pattern(Instruction instruction, long mask, long value) {
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
        return new Pattern(instruction, mask, value);
    }

    /**
     * Decodes the instruction that starts at a slot.
     *
     * @param code  whole slots
     * @param slot  0 to {@code code.length / 8 - 1}
     * @param order the program's byte order
     */
    public Result decode(byte[] code, int slot, ByteOrder order) {
        long word = Encoding.word(code, slot, order);
        Pattern[] candidates = byOpcode[(int) word & 0xff];
        for (Pattern pattern : candidates) {
            if (pattern.matches(word)) {
                return complete(pattern.instruction(), word, code, slot, order);
            }
        }
        return new Rejected(reason(candidates, word));
    }

    private static Result complete(Instruction instruction, long word, byte[] code, int slot, ByteOrder order) {
        int dst = Encoding.dst(word);
        int src = Encoding.src(word);
        String wrong = register(instruction, FieldName.DST, dst);
        if (wrong == null) {
            wrong = register(instruction, FieldName.SRC, src);
        }
        if (wrong != null) {
            return new Rejected(wrong);
        }
        int next = 0;
        if (instruction.wide()) {
            if ((slot + 2) * SLOT > code.length) {
                return new Rejected("the second slot of " + instruction.name() + " is missing");
            }
            long second = Encoding.word(code, slot + 1, order);
            next = Encoding.imm(second);
            if ((second & 0xffff_ffffL) != 0) {
                return new Rejected("the second slot of " + instruction.name() + " must be zero but for its immediate, found 0x" + Long
                        .toHexString(second
                                & 0xffff_ffffL));
            }
            Operand operand = instruction.operand(FieldName.NEXT);
            if (operand.isFixed() && operand.fixed() != next) {
                return new Rejected("field next_imm of " + instruction.name() + " must be " + operand.fixed() + ", found " + next);
            }
        }
        return new Decoded(new Insn(instruction, dst, src, Encoding.off(word), Encoding.imm(word), next));
    }

    private static @org.jspecify.annotations.Nullable String register(Instruction instruction, FieldName field, int number) {
        Operand operand = instruction.operand(field);
        if (!operand.isRegister()) {
            return null;
        }
        if (number > LAST_REGISTER) {
            return "register r" + number + " in field " + field.name().toLowerCase(Locale.ROOT) + " of " + instruction.name()
                    + " does not exist";
        }
        if (number == LAST_REGISTER && operand.kind() == OperandKind.REGISTER_WRITE) {
            return "r10 is read-only, but " + instruction.name() + " writes it";
        }
        return null;
    }

    /** Why no candidate fits: the fixed field that the best one misses. */
    private static String reason(Pattern[] candidates, long word) {
        String opcode = "opcode 0x" + Integer.toHexString((int) word & 0xff);
        if (candidates.length == 0) {
            return "unknown " + opcode;
        }
        Instruction best = null;
        List<FieldName> fewest = List.of();
        for (Pattern pattern : candidates) {
            List<FieldName> missed = missed(pattern.instruction(), word);
            if (best == null || missed.size() < fewest.size()) {
                best = pattern.instruction();
                fewest = missed;
            }
        }
        FieldName field = fewest.getFirst();
        long found = Encoding.field(word, field);
        List<String> allowed = new ArrayList<>();
        for (Pattern pattern : candidates) {
            if (missed(pattern.instruction(), word).equals(List.of(field))) {
                allowed.add(Integer.toString(pattern.instruction().operand(field).fixed()));
            }
        }
        String expected = allowed.isEmpty() && best != null ? Integer.toString(best.operand(field).fixed()) : String.join(" or ", allowed);
        return "field " + field.name().toLowerCase(Locale.ROOT) + " of " + opcode + " must be " + expected + ", found " + found;
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
