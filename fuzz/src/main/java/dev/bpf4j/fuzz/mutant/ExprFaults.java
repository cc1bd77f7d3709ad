// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.fuzz.mutant.Mutants.Changed;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.BinaryOp;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import java.util.ArrayList;
import java.util.List;

/** What can be wrong in a node of an expression; what replaces it has its width. */
final class ExprFaults {
    private ExprFaults() {
    }

    static List<Changed<Expr>> of(Instruction row, Expr node) {
        List<Changed<Expr>> faults = new ArrayList<>();
        switch (node) {
            case Expr.Const(long value, int width) -> faults.add(new Changed<>(Fault.OFF_BY_ONE, new Expr.Const(value + 1, width)));
            case Expr.Register(Expr.Role role) -> otherRegister(row, role, faults);
            case Expr.FieldValue field -> {
                // what surrounds a field is changed, not the field
            }
            case Expr.BigEndian big -> faults.add(new Changed<>(Fault.CONDITION, new Expr.Binary(BinaryOp.EQ, big, new Expr.Const(0, 1))));
            case Expr.Linked linked -> faults.add(new Changed<>(Fault.OFF_BY_ONE, plus(linked, 1)));
            case Expr.Supplied supplied -> faults.add(new Changed<>(Fault.WRONG_HALF, new Expr.Binary(BinaryOp.SHR, supplied,
                    new Expr.Const(32,
                            64))));
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> faults.add(new Changed<>(Fault.DROPPED_OPERATOR, operand));
            case Expr.Binary binary -> binary(binary, faults);
            case Expr.Low(Expr operand, int width) -> low(operand, width, faults);
            case Expr.ZeroExtend(Expr operand, int width) -> {
                if (width > operand.width()) {
                    faults.add(new Changed<>(Fault.EXTENSION, new Expr.SignExtend(operand, width)));
                }
            }
            case Expr.SignExtend(Expr operand, int width) -> {
                if (width > operand.width()) {
                    faults.add(new Changed<>(Fault.EXTENSION, new Expr.ZeroExtend(operand, width)));
                }
            }
            case Expr.IfElse(Expr condition, Expr then, Expr otherwise) -> faults.add(new Changed<>(Fault.GUARD, new Expr.IfElse(condition,
                    new Expr.Const(-1, then.width()), otherwise)));
            case Expr.Load(Expr address, int width) -> {
                faults.add(new Changed<>(Fault.OFF_BY_ONE, new Expr.Load(plus(address, 1), width)));
                if (width > 8) {
                    faults.add(new Changed<>(Fault.WIDTH, new Expr.ZeroExtend(new Expr.Load(address, width / 2), width)));
                }
            }
            case Expr.PacketLoad(Expr offset, int width) -> {
                faults.add(new Changed<>(Fault.OFF_BY_ONE, new Expr.PacketLoad(plus(offset, 1), width)));
                if (width > 8) {
                    faults.add(new Changed<>(Fault.WIDTH, new Expr.ZeroExtend(new Expr.PacketLoad(offset, width / 2), width)));
                }
            }
        }
        return faults;
    }

    static Expr plus(Expr value, long more) {
        return new Expr.Binary(BinaryOp.ADD, value, new Expr.Const(more, value.width()));
    }

    private static void otherRegister(Instruction row, Expr.Role role, List<Changed<Expr>> faults) {
        boolean both = row.operand(FieldName.DST).isRegister() && row.operand(FieldName.SRC).isRegister();
        if (both) {
            Expr.Role other = role == Expr.Role.SRC ? Expr.Role.DST : Expr.Role.SRC;
            faults.add(new Changed<>(Fault.REGISTER_READ, new Expr.Register(other)));
        }
    }

    private static void low(Expr operand, int width, List<Changed<Expr>> faults) {
        if (width >= 16) {
            faults.add(new Changed<>(Fault.WIDTH, new Expr.ZeroExtend(new Expr.Low(operand, width / 2), width)));
        }
        if (operand.width() > width) {
            faults.add(new Changed<>(Fault.WRONG_HALF, new Expr.Low(new Expr.Binary(BinaryOp.SHR, operand, new Expr.Const(width, operand
                    .width())), width)));
        }
    }

    private static void binary(Expr.Binary binary, List<Changed<Expr>> faults) {
        Expr left = binary.left();
        Expr right = binary.right();
        switch (binary.op()) {
            case ADD -> operators(faults, Fault.OPERATOR, left, right, BinaryOp.SUB, BinaryOp.OR);
            case SUB -> {
                operators(faults, Fault.OPERATOR, left, right, BinaryOp.ADD);
                faults.add(new Changed<>(Fault.SWAPPED_OPERANDS, exchanged(BinaryOp.SUB, binary)));
            }
            case MUL -> operators(faults, Fault.OPERATOR, left, right, BinaryOp.ADD);
            case DIV_U -> operators(faults, Fault.SIGNEDNESS, left, right, BinaryOp.DIV_S);
            case DIV_S -> operators(faults, Fault.SIGNEDNESS, left, right, BinaryOp.DIV_U);
            case MOD_U -> operators(faults, Fault.SIGNEDNESS, left, right, BinaryOp.MOD_S);
            case MOD_S -> operators(faults, Fault.SIGNEDNESS, left, right, BinaryOp.MOD_U);
            case AND -> {
                operators(faults, Fault.OPERATOR, left, right, BinaryOp.OR, BinaryOp.XOR);
                boolean mask = right instanceof Expr.Const;
                faults.add(new Changed<>(mask ? Fault.NO_MASK : Fault.DROPPED_OPERATOR, left));
            }
            case OR -> operators(faults, Fault.OPERATOR, left, right, BinaryOp.AND, BinaryOp.XOR);
            case XOR -> operators(faults, Fault.OPERATOR, left, right, BinaryOp.OR, BinaryOp.AND);
            case SHL -> {
                operators(faults, Fault.OPERATOR, left, right, BinaryOp.SHR);
                faults.add(new Changed<>(Fault.SWAPPED_OPERANDS, exchanged(BinaryOp.SHL, binary)));
            }
            case SHR -> operators(faults, Fault.SIGNEDNESS, left, right, BinaryOp.SAR);
            case SAR -> operators(faults, Fault.SIGNEDNESS, left, right, BinaryOp.SHR);
            case EQ -> operators(faults, Fault.CONDITION, left, right, BinaryOp.NE, BinaryOp.GE_U);
            case NE -> operators(faults, Fault.CONDITION, left, right, BinaryOp.EQ, BinaryOp.GT_U);
            case LT_U -> compare(faults, left, right, BinaryOp.LT_S, BinaryOp.LE_U);
            case LE_U -> compare(faults, left, right, BinaryOp.LE_S, BinaryOp.LT_U);
            case GT_U -> compare(faults, left, right, BinaryOp.GT_S, BinaryOp.GE_U);
            case GE_U -> compare(faults, left, right, BinaryOp.GE_S, BinaryOp.GT_U);
            case LT_S -> compare(faults, left, right, BinaryOp.LT_U, BinaryOp.LE_S);
            case LE_S -> compare(faults, left, right, BinaryOp.LE_U, BinaryOp.LT_S);
            case GT_S -> compare(faults, left, right, BinaryOp.GT_U, BinaryOp.GE_S);
            case GE_S -> compare(faults, left, right, BinaryOp.GE_U, BinaryOp.GT_S);
        }
    }

    private static Expr exchanged(BinaryOp operator, Expr.Binary binary) {
        Expr second = binary.left();
        Expr first = binary.right();
        return new Expr.Binary(operator, first, second);
    }

    private static void compare(List<Changed<Expr>> faults, Expr left, Expr right, BinaryOp otherSign, BinaryOp otherEdge) {
        operators(faults, Fault.SIGNEDNESS, left, right, otherSign);
        operators(faults, Fault.CONDITION, left, right, otherEdge);
        operators(faults, Fault.SWAPPED_OPERANDS, right, left, reversed(otherEdge));
    }

    /** From the neighbour of an operator back to the operator, whose operands are exchanged then. */
    private static BinaryOp reversed(BinaryOp edge) {
        return switch (edge) {
            case LE_U -> BinaryOp.LT_U;
            case LT_U -> BinaryOp.LE_U;
            case GE_U -> BinaryOp.GT_U;
            case GT_U -> BinaryOp.GE_U;
            case LE_S -> BinaryOp.LT_S;
            case LT_S -> BinaryOp.LE_S;
            case GE_S -> BinaryOp.GT_S;
            case GT_S -> BinaryOp.GE_S;
            case ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR, EQ, NE -> throw new IllegalArgumentException(edge
                    .name());
        };
    }

    private static void operators(List<Changed<Expr>> faults, Fault fault, Expr left, Expr right, BinaryOp... others) {
        for (BinaryOp other : others) {
            faults.add(new Changed<>(fault, new Expr.Binary(other, left, right)));
        }
    }
}
