// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.BinaryOp;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Rewriter;
import dev.bpf4j.isa.eval.Evaluator;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Fills an instruction's fields into its effects and folds what is constant, with the evaluator's own arithmetic. Also drops extensions and
 * cuts that change nothing. The result means the same as the original.
 */
final class Folding {
    private static final int INT = 32;
    private static final int LONG = 64;

    private Folding() {
    }

    /** The effects of an instruction, already specialised for a byte order, with its fields and linked value in place. */
    static List<Effect> fold(List<Effect> effects, Insn insn, long linked) {
        return fold(effects, expr -> simplify(fill(expr, insn, linked)));
    }

    /** The effects of any instruction of a row that has no fields in its effects. */
    static List<Effect> fold(List<Effect> effects) {
        return fold(effects, Folding::simplify);
    }

    private static List<Effect> fold(List<Effect> effects, UnaryOperator<Expr> replace) {
        if (effects.size() == 1) {
            return List.of(Rewriter.rewrite(effects.getFirst(), replace));
        }
        Effect[] folded = new Effect[effects.size()];
        Arrays.setAll(folded, i -> Rewriter.rewrite(effects.get(i), replace));
        return List.of(folded);
    }

    /** A field or linked value of an instruction as a constant; another expression as it is. */
    static Expr fill(Expr expr, Insn insn, long linked) {
        return switch (expr) {
            case Expr.FieldValue f -> switch (f.field()) {
                case IMM -> new Expr.Const(insn.imm(), f.width());
                case OFF -> new Expr.Const(insn.off(), f.width());
                case WIDE -> new Expr.Const(insn.wide(), f.width());
            };
            case Expr.Linked l -> new Expr.Const(linked, l.width());
            case Expr.Const c -> c;
            case Expr.Register r -> r;
            case Expr.BigEndian b -> b;
            case Expr.Supplied s -> s;
            case Expr.Unary u -> u;
            case Expr.Binary b -> b;
            case Expr.Low l -> l;
            case Expr.ZeroExtend z -> z;
            case Expr.SignExtend s -> s;
            case Expr.IfElse i -> i;
            case Expr.Load l -> l;
            case Expr.PacketLoad p -> p;
        };
    }

    /** One node whose operands are simple already. */
    private static Expr simplify(Expr expr) {
        return switch (expr) {
            case Expr.Unary(Expr.UnaryOp op, Expr.Const(long value, int width)) -> new Expr.Const(Evaluator.unary(op, value, width), width);
            case Expr.Binary binary -> binary(binary);
            case Expr.Low(Expr operand, int width) -> low(operand, width);
            case Expr.ZeroExtend(Expr operand, int width) -> switch (operand) {
                case Expr.Const(long value, int narrow) -> new Expr.Const(value, width);
                case Expr inner when inner.width() == width -> inner;
                case Expr inner -> new Expr.ZeroExtend(inner, width);
            };
            case Expr.SignExtend(Expr operand, int width) -> switch (operand) {
                case Expr.Const(long value, int narrow) -> new Expr.Const(Bits.sx(value, narrow), width);
                case Expr inner when inner.width() == width -> inner;
                case Expr inner -> new Expr.SignExtend(inner, width);
            };
            case Expr.Const c -> c;
            case Expr.Register r -> r;
            case Expr.FieldValue f -> f;
            case Expr.BigEndian b -> b;
            case Expr.Linked l -> l;
            case Expr.Supplied s -> s;
            case Expr.Unary u -> u;
            case Expr.IfElse i -> i;
            case Expr.Load l -> l;
            case Expr.PacketLoad p -> p;
        };
    }

    /**
     * The low bits of a value: of a constant, of an extension that is wide enough, of the value itself. The low 32 bits are computed from the
     * low 32 bits of the operands where that is possible.
     */
    static Expr low(Expr operand, int width) {
        return switch (operand) {
            case Expr.Const(long value, int wide) -> new Expr.Const(value, width);
            case Expr inner when inner.width() == width -> inner;
            case Expr.Low(Expr inner, int middle) -> low(inner, width);
            case Expr.ZeroExtend(Expr inner, int wide) when inner.width() >= width -> low(inner, width);
            case Expr.SignExtend(Expr inner, int wide) when inner.width() >= width -> low(inner, width);
            case Expr.Unary(Expr.UnaryOp op, Expr inner) when op == Expr.UnaryOp.NEG && width == INT -> new Expr.Unary(op, low(inner,
                    width));
            case Expr.Binary(BinaryOp op, Expr left, Expr right) when width == INT && lowFollowsLow(op) -> binary(new Expr.Binary(op, low(
                    left, width), low(right, width)));
            case Expr.Binary(BinaryOp op, Expr left, Expr.Const(long count, int w)) when width == INT && op == BinaryOp.SHL
                    && count < INT -> new Expr.Binary(op, low(left, width), new Expr.Const(count, width));
            case Expr.IfElse(Expr condition, Expr then, Expr otherwise) when width == INT -> new Expr.IfElse(condition, low(then, width),
                    low(otherwise, width));
            case Expr inner -> new Expr.Low(inner, width);
        };
    }

    /** A 64-bit value whose high half does not matter, as its low half zero-extended. */
    static Expr zeroExtendedLow(Expr value) {
        return new Expr.ZeroExtend(low(value, INT), LONG);
    }

    /** Whether the low half of the result depends on the low halves of the operands only. */
    private static boolean lowFollowsLow(BinaryOp op) {
        return switch (op) {
            case ADD, SUB, MUL, AND, OR, XOR -> true;
            case DIV_U, DIV_S, MOD_U, MOD_S, SHL, SHR, SAR, EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> false;
        };
    }

    private static Expr binary(Expr.Binary binary) {
        if (binary.right() instanceof Expr.Const(long right, int width)) {
            if (binary.left() instanceof Expr.Const(long left, int same)) {
                boolean undefined = right == 0 && divides(binary.op());
                return undefined ? binary : new Expr.Const(Evaluator.binary(binary.op(), left, right, width), binary.width());
            }
            if (right == 0 && zeroKeeps(binary.op())) {
                return binary.left();
            }
            if (binary.op() == BinaryOp.AND && right == Bits.lo(-1, width)) {
                return binary.left();
            }
            if (binary.op() == BinaryOp.AND && width == LONG && Bits.fitsUnsigned(right, INT)) {
                return new Expr.ZeroExtend(binary(new Expr.Binary(BinaryOp.AND, low(binary.left(), INT), new Expr.Const(right, INT))),
                        LONG);
            }
        }
        return binary;
    }

    private static boolean divides(BinaryOp op) {
        return op == BinaryOp.DIV_U || op == BinaryOp.DIV_S || op == BinaryOp.MOD_U || op == BinaryOp.MOD_S;
    }

    private static boolean zeroKeeps(BinaryOp op) {
        return switch (op) {
            case ADD, SUB, OR, XOR, SHL, SHR, SAR -> true;
            case MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> false;
        };
    }
}
