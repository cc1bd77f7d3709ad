// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

import dev.bpf4j.isa.Encoding;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Encodings next to a row's own that no row defines. */
final class MalformedVectors {
    private static final List<FieldName> FIELDS = List.of(FieldName.DST, FieldName.SRC, FieldName.OFF, FieldName.IMM);

    private final Isa isa;
    private final ByteOrder order;
    private final Instruction exit;

    MalformedVectors(Isa isa, ByteOrder order) {
        this.isa = isa;
        this.order = order;
        this.exit = isa.get("exit");
    }

    List<Malformed> of(Instruction row) {
        List<Malformed> all = new ArrayList<>();
        for (FieldName field : FIELDS) {
            for (int value : wrong(row, field)) {
                Insn insn = with(valid(row), field, value);
                if (row.operand(field).isRegister() || !defined(insn)) {
                    add(all, row, lower(field) + "=" + value, Encoding.word(insn), (long) insn.next() << 32);
                }
            }
        }
        if (row.wide()) {
            secondSlot(row, all);
        }
        return all;
    }

    private void secondSlot(Instruction row, List<Malformed> all) {
        Insn insn = valid(row);
        long second = (long) insn.next() << 32;
        int bits = row.operand(FieldName.NEXT).isFixed() ? 64 : 32;
        for (int bit = 0; bit < bits; bit++) {
            add(all, row, "second slot, bit " + bit, Encoding.word(insn), second ^ 1L << bit);
        }
        ByteBuffer cut = ByteBuffer.allocate(8);
        Encoding.put(cut, Encoding.word(insn), order);
        all.add(new Malformed(row.name() + "/second slot missing", row, order, cut.array(), 0));
    }

    private void add(List<Malformed> all, Instruction row, String what, long word, long second) {
        ByteBuffer code = ByteBuffer.allocate(row.wide() ? 24 : 16);
        Encoding.put(code, word, order);
        if (row.wide()) {
            Encoding.put(code, second, order);
        }
        code.put(Encoding.encode(new Insn(exit, 0, 0, 0, 0, 0), order));
        all.add(new Malformed(row.name() + "/" + what, row, order, code.array(), 0));
    }

    /** The row with r1, r2 and zeros where there is a choice. */
    private static Insn valid(Instruction row) {
        return new Insn(row, register(row, FieldName.DST, 1), register(row, FieldName.SRC, 2), row.operand(FieldName.OFF).fixed(), row
                .operand(FieldName.IMM).fixed(), row.operand(FieldName.NEXT).fixed());
    }

    private static int register(Instruction row, FieldName field, int number) {
        Operand operand = row.operand(field);
        return operand.isRegister() ? number : operand.fixed();
    }

    private static List<Integer> wrong(Instruction row, FieldName field) {
        Operand operand = row.operand(field);
        List<Integer> values = new ArrayList<>();
        int last = switch (operand.kind()) {
            case REGISTER_READ -> 10;
            case REGISTER_WRITE -> 9;
            case FIXED, DISPLACEMENT, TARGET, ANY, HELPER, KFUNC, MAP, VARIABLE -> 15;
        };
        for (int number = last + 1; number <= 15; number++) {
            values.add(number);
        }
        for (int bit = 0; operand.kind() == OperandKind.FIXED && bit < width(field); bit++) {
            int value = operand.fixed() ^ 1 << bit;
            values.add(field == FieldName.OFF ? (short) value : value);
        }
        return values;
    }

    private static int width(FieldName field) {
        return switch (field) {
            case DST, SRC -> 4;
            case OFF -> 16;
            case IMM, NEXT -> 32;
        };
    }

    private static Insn with(Insn insn, FieldName field, int value) {
        return switch (field) {
            case DST -> new Insn(insn.instruction(), value, insn.src(), insn.off(), insn.imm(), insn.next());
            case SRC -> new Insn(insn.instruction(), insn.dst(), value, insn.off(), insn.imm(), insn.next());
            case OFF -> new Insn(insn.instruction(), insn.dst(), insn.src(), value, insn.imm(), insn.next());
            case IMM -> new Insn(insn.instruction(), insn.dst(), insn.src(), insn.off(), value, insn.next());
            case NEXT -> new Insn(insn.instruction(), insn.dst(), insn.src(), insn.off(), insn.imm(), value);
        };
    }

    /** Whether a row of the table defines this word, registers not looked at. */
    private boolean defined(Insn insn) {
        for (Instruction other : isa.instructions()) {
            if (other.opcode() == insn.instruction().opcode() && fits(other.operand(FieldName.DST), insn.dst()) && fits(other.operand(
                    FieldName.SRC), insn.src()) && fits(other.operand(FieldName.OFF), insn.off()) && fits(other.operand(FieldName.IMM),
                            insn.imm())) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(Operand operand, int value) {
        return !operand.isFixed() || operand.fixed() == value;
    }

    private static String lower(FieldName field) {
        return field.name().toLowerCase(Locale.ROOT);
    }
}
