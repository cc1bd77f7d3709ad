// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Instruction.OperandKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/** What must hold of a table of instructions beyond its grammar: fields and effects agree, and no encoding has two meanings. */
final class IsaChecks {
    private IsaChecks() {
    }

    /** What an instruction's effects read at their leaves. */
    private static final class Leaves implements Consumer<Expr> {
        private final Set<Expr.Role> registers = EnumSet.noneOf(Expr.Role.class);
        private final Set<Expr.Field> fields = EnumSet.noneOf(Expr.Field.class);
        private boolean linked;

        @Override
        public void accept(Expr expr) {
            if (expr instanceof Expr.Register(Expr.Role role)) {
                registers.add(role);
            } else if (expr instanceof Expr.FieldValue(Expr.Field field)) {
                fields.add(field);
            } else if (expr instanceof Expr.Linked) {
                linked = true;
            }
        }
    }

    /** Checks one instruction against itself. */
    static void check(Instruction instruction, Position at) {
        if (instruction.effects().isEmpty()) {
            throw at.error(quoted(instruction) + "does nothing: it has no line 'do'");
        }
        Leaves leaves = new Leaves();
        boolean jumps = false;
        for (Effect effect : instruction.effects()) {
            Effects.walk(effect, leaves);
            jumps |= needsTarget(effect);
        }
        List<Expr.Role> written = Effects.writes(instruction.effects());
        register(instruction, FieldName.DST, leaves.registers.contains(Expr.Role.DST), written.contains(Expr.Role.DST), at);
        register(instruction, FieldName.SRC, leaves.registers.contains(Expr.Role.SRC), written.contains(Expr.Role.SRC), at);
        boolean readsOff = leaves.fields.contains(Expr.Field.OFF);
        if (readsOff != (instruction.operand(FieldName.OFF).kind() == OperandKind.DISPLACEMENT)) {
            throw at.error(quoted(instruction) + (readsOff ? "reads 'off', whose field is not ':s16'"
                    : "does not read 'off', whose field is ':s16'"));
        }
        if (leaves.fields.contains(Expr.Field.WIDE) && !instruction.wide()) {
            throw at.error(quoted(instruction) + "reads 'wide' but has no field 'next'");
        }
        if (leaves.fields.contains(Expr.Field.IMM) && instruction.operand(FieldName.IMM).kind() != OperandKind.ANY) {
            throw at.error(quoted(instruction) + "reads 'imm', whose field is not ':any'");
        }
        if (jumps != (instruction.targetField() != null) && !leaves.linked) {
            throw at.error(quoted(instruction) + (jumps ? "jumps but has no" : "does not jump but has a") + " field of kind 'target'");
        }
    }

    private static String quoted(Instruction instruction) {
        return "'" + instruction.name() + "' ";
    }

    private static boolean needsTarget(Effect effect) {
        return effect instanceof Effect.Jump || effect instanceof Effect.MayGoto || effect instanceof Effect.Call(Effect.CallKind kind)
                && kind == Effect.CallKind.LOCAL;
    }

    private static void register(Instruction instruction, FieldName field, boolean read, boolean written, Position at) {
        Operand operand = instruction.operand(field);
        boolean used = read || written;
        if (used != operand.isRegister()) {
            throw at.error(quoted(instruction) + (used ? "uses" : "does not use") + " the register " + field.name().toLowerCase(Locale.ROOT)
                    + ", but its field says otherwise");
        }
        if (written != (operand.kind() == OperandKind.REGISTER_WRITE)) {
            throw at.error(quoted(instruction) + (written ? "writes a register whose field is not ':w'"
                    : "does not write the register whose field is ':w'"));
        }
    }

    /** Checks that an instruction's encoding is not also that of another one with its opcode. */
    static void overlaps(Instruction instruction, List<Instruction> others, Position at) {
        for (Instruction other : others) {
            if (overlap(instruction, other)) {
                throw at.error("the encoding of '" + instruction.name() + "' overlaps with that of '" + other.name() + "' at " + other
                        .place());
            }
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
