// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Instruction.OperandKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What must hold of a table of instructions beyond its grammar: fields and effects agree, and no encoding has two meanings. */
final class IsaChecks {
    private IsaChecks() {
    }

    /** Checks one instruction against itself. */
    static void check(Instruction instruction, Position at) {
        if (instruction.effects().isEmpty()) {
            throw at.error("'" + instruction.name() + "' does nothing: it has no line 'do'");
        }
        register(instruction, FieldName.DST, Expr.Role.DST, at);
        register(instruction, FieldName.SRC, Expr.Role.SRC, at);
        field(instruction, FieldName.OFF, Expr.Field.OFF, OperandKind.DISPLACEMENT, at);
        boolean readsWide = reads(instruction, new Expr.FieldValue(Expr.Field.WIDE));
        if (readsWide && !instruction.wide()) {
            throw at.error("'" + instruction.name() + "' reads 'wide' but has no field 'next'");
        }
        if (reads(instruction, new Expr.FieldValue(Expr.Field.IMM)) && instruction.operand(FieldName.IMM).kind() != OperandKind.ANY) {
            throw at.error("'" + instruction.name() + "' reads 'imm', which must be imm:any then");
        }
        boolean jumps = instruction.effects().stream().anyMatch(IsaChecks::needsTarget);
        boolean linked = reads(instruction, new Expr.Linked());
        if (jumps != (instruction.targetField() != null) && !linked) {
            throw at.error("'" + instruction.name() + "' " + (jumps ? "jumps but has no" : "does not jump but has a")
                    + " field of kind 'target'");
        }
    }

    private static boolean needsTarget(Effect effect) {
        return effect instanceof Effect.Jump || effect instanceof Effect.MayGoto || effect instanceof Effect.Call(Effect.CallKind kind)
                && kind == Effect.CallKind.LOCAL;
    }

    private static boolean reads(Instruction instruction, Expr leaf) {
        return Effects.any(instruction.effects(), leaf::equals);
    }

    private static void register(Instruction instruction, FieldName field, Expr.Role role, Position at) {
        Operand operand = instruction.operand(field);
        boolean written = Effects.writes(instruction.effects()).contains(role);
        boolean used = written || Effects.reads(instruction.effects()).contains(role);
        if (used != operand.isRegister()) {
            throw at.error("'" + instruction.name() + "' " + (used ? "uses" : "does not use") + " the register " + role.name().toLowerCase(
                    java.util.Locale.ROOT) + ", but its field says otherwise");
        }
        if (written != (operand.kind() == OperandKind.REGISTER_WRITE)) {
            throw at.error("'" + instruction.name() + "' " + (written ? "writes a register whose field is not ':w'"
                    : "does not write the register whose field is ':w'"));
        }
    }

    private static void field(Instruction instruction, FieldName name, Expr.Field field, OperandKind kind, Position at) {
        boolean read = reads(instruction, new Expr.FieldValue(field));
        if (read != (instruction.operand(name).kind() == kind)) {
            throw at.error("'" + instruction.name() + "' " + (read ? "reads 'off', whose field is not ':s16'"
                    : "does not read 'off', whose field is ':s16'"));
        }
    }

    /** Checks that no two instructions share an encoding. */
    static void overlaps(List<Instruction> instructions, List<Position> places) {
        Map<Integer, List<Instruction>> byOpcode = new HashMap<>();
        for (Instruction instruction : instructions) {
            List<Instruction> others = byOpcode.get(instruction.opcode());
            if (others == null) {
                others = new ArrayList<>();
                byOpcode.put(instruction.opcode(), others);
            }
            for (Instruction other : others) {
                if (overlap(instruction, other)) {
                    Position place = places.get(other.index());
                    throw places.get(instruction.index()).error("the encoding of '" + instruction.name() + "' overlaps with that of '" + other
                            .name() + "' at " + place.file() + ":" + place.line());
                }
            }
            others.add(instruction);
        }
    }

    /** The second slot tells no instructions apart: it is read only once it is known that there is one. */
    private static boolean overlap(Instruction a, Instruction b) {
        for (FieldName field : List.of(FieldName.DST, FieldName.SRC, FieldName.OFF, FieldName.IMM)) {
            Operand x = a.operand(field);
            Operand y = b.operand(field);
            if (x.isFixed() && y.isFixed() && x.fixed() != y.fixed()) {
                return false;
            }
        }
        return true;
    }
}
