// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.Expr;

/**
 * Prints effect trees as Java: a total function over the operators, with nothing per instruction in it. Each line is the counterpart of one
 * in {@link dev.bpf4j.isa.eval.Evaluator}.
 */
final class JavaPrinter {
    private final Operands operands;

    /** Where the leaves of a tree come from. */
    interface Operands {
        /** A register's value; 64 bits. */
        JavaCode register(Expr.Role role);

        /** The low half of a register's value; 32 bits. */
        default JavaCode registerLow(Expr.Role role) {
            return JavaCode.of("(int) " + register(role).operand(), 32);
        }

        /** The immediate; 32 bits. */
        JavaCode immediate();

        /** The immediate, sign-extended to 64 bits. */
        JavaCode immediateExtended();

        /** The offset, sign-extended to 64 bits. */
        JavaCode offsetExtended();

        /** The constant of a wide load, linked or not; 64 bits. */
        JavaCode wide();

        /** What the machine supplies; 64 bits. */
        JavaCode supplied(Expr.Supply supply);

        /** A memory read of this width at a 64-bit address. */
        JavaCode load(JavaCode address, int width);

        /** A legacy packet read at a 32-bit offset. */
        JavaCode packet(JavaCode offset, int width);
    }

    JavaPrinter(Operands operands) {
        this.operands = operands;
    }

    JavaCode print(Expr expr) {
        return switch (expr) {
            case Expr.Const(long value, int width) -> constant(value, width);
            case Expr.Register(Expr.Role role) -> operands.register(role);
            case Expr.FieldValue(Expr.Field field) -> switch (field) {
                case IMM -> operands.immediate();
                case OFF -> JavaCode.of("(int) " + operands.offsetExtended().operand() + " & 0xffff", 16);
                case WIDE -> operands.wide();
            };
            case Expr.BigEndian bigEndian -> throw new IllegalStateException("effects must be specialised for a byte order first");
            case Expr.Linked linked -> operands.wide();
            case Expr.Supplied(Expr.Supply supply) -> operands.supplied(supply);
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> unary(op, print(operand));
            case Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) -> binary(op, left, right);
            case Expr.Low(Expr.Register(Expr.Role role), int width) -> low(operands.registerLow(role), width);
            case Expr.Low(Expr operand, int width) -> low(print(operand), width);
            case Expr.ZeroExtend(Expr operand, int width) -> zeroExtend(print(operand), width);
            case Expr.SignExtend(Expr operand, int width) -> signExtend(operand, width);
            case Expr.IfElse(Expr condition, Expr then, Expr otherwise) -> JavaCode.of(print(condition).operand() + " ? " + print(then)
                    .operand() + " : "
                    + print(otherwise).operand(), then.width());
            case Expr.Load(Expr address, int width) -> operands.load(print(address), width);
            case Expr.PacketLoad(Expr offset, int width) -> operands.packet(print(offset), width);
        };
    }

    private static JavaCode constant(long value, int width) {
        return switch (width) {
            case 64 -> JavaCode.atom(value >= 0 && value < 10 ? value + "L" : "0x" + Long.toHexString(value) + "L", 64);
            case 1 -> JavaCode.atom(value != 0 ? "true" : "false", 1);
            default -> JavaCode.atom(Integer.toString((int) value), width);
        };
    }

    private static JavaCode unary(Expr.UnaryOp op, JavaCode a) {
        return switch (op) {
            case NEG -> wrap("-" + a.operand(), a.width());
            case BSWAP -> switch (a.width()) {
                case 64 -> JavaCode.atom("Long.reverseBytes(" + a.text() + ")", 64);
                case 32 -> JavaCode.atom("Integer.reverseBytes(" + a.text() + ")", 32);
                default -> JavaCode.of("Short.reverseBytes((short) " + a.operand() + ") & 0xffff", 16);
            };
        };
    }

    private JavaCode binary(Expr.BinaryOp op, Expr left, Expr right) {
        int width = left.width();
        String a = print(left).operand();
        String b = print(right).operand();
        return switch (op) {
            case ADD -> wrap(a + " + " + b, width);
            case SUB -> wrap(a + " - " + b, width);
            case MUL -> wrap(a + " * " + b, width);
            case DIV_U -> JavaCode.atom(box(width) + ".divideUnsigned(" + a + ", " + b + ")", width);
            case MOD_U -> JavaCode.atom(box(width) + ".remainderUnsigned(" + a + ", " + b + ")", width);
            case DIV_S -> wrap(signed(left) + " / " + signed(right), width);
            case MOD_S -> wrap(signed(left) + " % " + signed(right), width);
            case AND -> JavaCode.of(a + " & " + b, width);
            case OR -> JavaCode.of(a + " | " + b, width);
            case XOR -> JavaCode.of(a + " ^ " + b, width);
            case SHL -> wrap(a + " << " + count(right), width);
            case SHR -> JavaCode.of(a + " >>> " + count(right), width);
            case SAR -> wrap(signed(left) + " >> " + count(right), width);
            case EQ -> JavaCode.of(a + " == " + b, 1);
            case NE -> JavaCode.of(a + " != " + b, 1);
            case LT_U -> unsigned(a, b, width, "<");
            case LE_U -> unsigned(a, b, width, "<=");
            case GT_U -> unsigned(a, b, width, ">");
            case GE_U -> unsigned(a, b, width, ">=");
            case LT_S -> JavaCode.of(signed(left) + " < " + signed(right), 1);
            case LE_S -> JavaCode.of(signed(left) + " <= " + signed(right), 1);
            case GT_S -> JavaCode.of(signed(left) + " > " + signed(right), 1);
            case GE_S -> JavaCode.of(signed(left) + " >= " + signed(right), 1);
        };
    }

    /** A shift's count. Java takes it modulo 32 or 64 by itself, so a mask of exactly that need not be written; a count is always an int. */
    private String count(Expr count) {
        Expr inner = count instanceof Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) && op == Expr.BinaryOp.AND
                && right instanceof Expr.Const(long mask, int width) && mask == width - 1 && width >= 32 ? left : count;
        return print(truncated(inner)).operand();
    }

    /** The low 32 bits of an expression, without the extension that they come from. */
    private static Expr truncated(Expr expr) {
        return switch (expr) {
            case Expr.SignExtend(Expr operand, int width) when operand.width() == 32 -> operand;
            case Expr.ZeroExtend(Expr operand, int width) when operand.width() == 32 -> operand;
            case Expr other when other.width() == 64 -> new Expr.Low(other, 32);
            case Expr other -> other;
        };
    }

    private String signed(Expr expr) {
        JavaCode code = print(expr);
        return switch (expr.width()) {
            case 8 -> "(byte) " + code.operand();
            case 16 -> "(short) " + code.operand();
            default -> code.operand();
        };
    }

    private static JavaCode unsigned(String a, String b, int width, String relation) {
        return width < 32 ? JavaCode.of(a + " " + relation + " " + b, 1)
                : JavaCode.of(box(width) + ".compareUnsigned(" + a + ", " + b + ") " + relation
                        + " 0", 1);
    }

    private static String box(int width) {
        return width == 64 ? "Long" : "Integer";
    }

    /** A result of 8 or 16 bits may have run over; 32 and 64 wrap by themselves. */
    private static JavaCode wrap(String text, int width) {
        return switch (width) {
            case 8 -> JavaCode.of("(" + text + ") & 0xff", 8);
            case 16 -> JavaCode.of("(" + text + ") & 0xffff", 16);
            default -> JavaCode.of(text, width);
        };
    }

    private static JavaCode low(JavaCode a, int width) {
        String asInt = a.width() == 64 ? "(int) " + a.operand() : a.operand();
        return switch (width) {
            case 8 -> JavaCode.of(asInt + " & 0xff", 8);
            case 16 -> JavaCode.of(asInt + " & 0xffff", 16);
            default -> JavaCode.of(asInt, width);
        };
    }

    private static JavaCode zeroExtend(JavaCode a, int width) {
        if (width < 64) {
            return new JavaCode(a.text(), width, a.atomic());
        }
        return a.width() == 32 ? JavaCode.of(a.operand() + " & 0xffffffffL", 64) : JavaCode.of("(long) " + a.operand(), 64);
    }

    private JavaCode signExtend(Expr operand, int width) {
        if (operand instanceof Expr.FieldValue(Expr.Field field) && width == 64) {
            switch (field) {
                case IMM -> {
                    return operands.immediateExtended();
                }
                case OFF -> {
                    return operands.offsetExtended();
                }
                case WIDE -> throw new IllegalStateException("a wide constant has 64 bits already");
            }
        }
        JavaCode a = print(operand);
        String narrow = switch (operand.width()) {
            case 8 -> "(byte) " + a.operand();
            case 16 -> "(short) " + a.operand();
            default -> a.operand();
        };
        return JavaCode.of(width == 64 ? "(long) " + (operand.width() == 32 ? narrow : "(" + narrow + ")") : narrow, width);
    }
}
