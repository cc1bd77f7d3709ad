// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Step;
import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.BinaryOp;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/**
 * Expressions as bytecode: a total function over the operators. Values of 64 bits are {@code long} on the operand stack, narrower ones
 * {@code int}; of those with less than 32 bits the caller says how they are to be extended.
 *
 * <p>
 * Invariant: a {@link Expr.Load} is emitted with nothing else on the operand stack, because the handler of its exception rejoins behind it.
 */
final class Expressions {
    /** What the bits of an {@code int} above the value's width are. */
    enum Extension {
        /** Zeros. */
        ZERO,
        /** Copies of the highest bit. */
        SIGN,
        /** Anything. */
        ANY
    }

    private static final int INT = 32;
    private static final int LONG = 64;
    private static final long MASK = 0xffff_ffffL;
    private static final MethodTypeDesc LONG_TO_LONG = MethodTypeDesc.of(Names.LONG, Names.LONG);
    private static final MethodTypeDesc LONGS_TO_LONG = MethodTypeDesc.of(Names.LONG, Names.LONG, Names.LONG);
    private static final MethodTypeDesc LONGS_TO_INT = MethodTypeDesc.of(Names.INT, Names.LONG, Names.LONG);
    private static final MethodTypeDesc INT_TO_INT = MethodTypeDesc.of(Names.INT, Names.INT);
    private static final MethodTypeDesc INTS_TO_INT = MethodTypeDesc.of(Names.INT, Names.INT, Names.INT);
    private static final ClassDesc CHARACTER = ConstantDescs.CD_Character;
    private static final MethodTypeDesc CHAR_TO_CHAR = MethodTypeDesc.of(ConstantDescs.CD_char, ConstantDescs.CD_char);

    private final CodeBuilder code;
    private final RegisterFile registers;
    private final Memory memory;
    private final Frame frame;

    Expressions(CodeBuilder code, RegisterFile registers, Memory memory, Frame frame) {
        this.code = code;
        this.registers = registers;
        this.memory = memory;
        this.frame = frame;
    }

    // ---- 64 bits ----

    /** Pushes a value of 64 bits as a {@code long}. */
    void pushLong(Expr expr, Step step) {
        switch (expr) {
            case Expr.Const(long value, int width) -> code.loadConstant(value);
            case Expr.Register(Expr.Role role) -> register(step.register(role));
            case Expr.Supplied(Expr.Supply supply) -> frame.push(supply);
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> {
                pushLong(operand, step);
                switch (op) {
                    case NEG -> code.lneg();
                    case BSWAP -> code.invokestatic(Names.LONG_BOX, "reverseBytes", LONG_TO_LONG);
                }
            }
            case Expr.Binary(BinaryOp op, Expr left, Expr right) -> longBinary(op, left, right, step);
            case Expr.Low low -> pushLong(low.operand(), step);
            case Expr.ZeroExtend(Expr operand, int width) -> {
                pushInt(operand, Extension.ZERO, step);
                code.i2l();
                if (operand.width() == INT) {
                    code.loadConstant(MASK).land();
                }
            }
            case Expr.SignExtend(Expr operand, int width) -> {
                pushInt(operand, Extension.SIGN, step);
                code.i2l();
            }
            case Expr.IfElse(Expr condition, Expr then, Expr otherwise) -> choose(condition, step, () -> pushLong(then, step),
                    () -> pushLong(otherwise, step));
            case Expr.Load(Expr address, int width) -> memory.load(address, width, step);
            case Expr.FieldValue f -> throw unfolded(expr);
            case Expr.BigEndian b -> throw unfolded(expr);
            case Expr.Linked l -> throw unfolded(expr);
            case Expr.PacketLoad p -> throw new IllegalStateException("a legacy packet load has at most 32 bits");
        }
    }

    private void register(int number) {
        if (number == Frame.STACK_POINTER) {
            frame.pushStackPointer();
        } else {
            registers.loadLong(number);
        }
    }

    private static IllegalStateException unfolded(Expr expr) {
        return new IllegalStateException(expr + " has not been folded");
    }

    private void longBinary(BinaryOp op, Expr left, Expr right, Step step) {
        switch (op) {
            case SHL, SHR, SAR -> {
                pair(() -> pushLong(left, step), TypeKind.LONG, () -> count(right, LONG, step), TypeKind.INT, right);
                switch (op) {
                    case SHL -> code.lshl();
                    case SHR -> code.lushr();
                    default -> code.lshr();
                }
            }
            case ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR -> {
                pair(() -> pushLong(left, step), TypeKind.LONG, () -> pushLong(right, step), TypeKind.LONG, right);
                longOperator(op);
            }
            case EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> throw new IllegalStateException("a comparison has 1 bit");
        }
    }

    private void longOperator(BinaryOp op) {
        switch (op) {
            case ADD -> code.ladd();
            case SUB -> code.lsub();
            case MUL -> code.lmul();
            case DIV_U -> code.invokestatic(Names.LONG_BOX, "divideUnsigned", LONGS_TO_LONG);
            case DIV_S -> code.ldiv();
            case MOD_U -> code.invokestatic(Names.LONG_BOX, "remainderUnsigned", LONGS_TO_LONG);
            case MOD_S -> code.lrem();
            case AND -> code.land();
            case OR -> code.lor();
            case XOR -> code.lxor();
            case SHL, SHR, SAR, EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> throw new IllegalStateException(op + " is no "
                    + "operator on two longs");
        }
    }

    // ---- up to 32 bits ----

    /** Pushes a value of at most 32 bits as an {@code int}. */
    void pushInt(Expr expr, Extension wanted, Step step) {
        switch (expr) {
            case Expr.Const(long value, int width) -> code.loadConstant((int) (wanted == Extension.ZERO ? value : Bits.sx(value, width)));
            case Expr.Low(Expr operand, int width) -> {
                low(operand, step);
                extend(width, Extension.ANY, wanted);
            }
            case Expr.ZeroExtend(Expr operand, int width) -> {
                pushInt(operand, Extension.ZERO, step);
                extend(width, operand.width() < width ? wanted : Extension.ZERO, wanted);
            }
            case Expr.SignExtend(Expr operand, int width) -> {
                pushInt(operand, Extension.SIGN, step);
                extend(width, Extension.SIGN, wanted);
            }
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> intUnary(op, operand, wanted, step);
            case Expr.Binary(BinaryOp op, Expr left, Expr right) -> {
                if (op.isComparison()) {
                    truth(expr, step);
                    extend(1, Extension.ZERO, wanted);
                } else {
                    intBinary(op, left, right, wanted, step);
                }
            }
            case Expr.IfElse(Expr condition, Expr then, Expr otherwise) -> choose(condition, step, () -> pushInt(then, wanted, step),
                    () -> pushInt(otherwise, wanted, step));
            case Expr.Load(Expr address, int width) -> {
                memory.load(address, width, step);
                extend(width, Extension.SIGN, wanted);
            }
            case Expr.PacketLoad(Expr offset, int width) -> {
                pushInt(offset, Extension.ANY, step);
                memory.packet(width, step);
                extend(width, Extension.ZERO, wanted);
            }
            case Expr.Register r -> throw wide(expr);
            case Expr.Supplied s -> throw wide(expr);
            case Expr.FieldValue f -> throw unfolded(expr);
            case Expr.BigEndian b -> throw unfolded(expr);
            case Expr.Linked l -> throw unfolded(expr);
        }
    }

    private static IllegalStateException wide(Expr expr) {
        return new IllegalStateException(expr + " has 64 bits");
    }

    /** The low 32 bits of a value, with anything above its width. */
    private void low(Expr operand, Step step) {
        if (operand.width() < LONG) {
            pushInt(operand, Extension.ANY, step);
        } else if (operand instanceof Expr.Register(Expr.Role role) && step.register(role) != Frame.STACK_POINTER) {
            registers.loadInt(step.register(role));
        } else {
            pushLong(operand, step);
            code.l2i();
        }
    }

    private void extend(int width, Extension have, Extension wanted) {
        if (width == INT || have == wanted || wanted == Extension.ANY) {
            return;
        }
        boolean zero = wanted == Extension.ZERO;
        switch (width) {
            case 8 -> {
                if (zero) {
                    code.loadConstant(0xff).iand();
                } else {
                    code.i2b();
                }
            }
            case 16 -> {
                if (zero) {
                    code.i2c();
                } else {
                    code.i2s();
                }
            }
            case 1 -> {
                code.iconst_1().iand();
                if (!zero) {
                    code.ineg();
                }
            }
            default -> throw new IllegalStateException("no value has " + width + " bits");
        }
    }

    private void intUnary(Expr.UnaryOp op, Expr operand, Extension wanted, Step step) {
        pushInt(operand, Extension.ANY, step);
        switch (op) {
            case NEG -> {
                code.ineg();
                extend(operand.width(), Extension.ANY, wanted);
            }
            case BSWAP -> {
                if (operand.width() == INT) {
                    code.invokestatic(Names.INT_BOX, "reverseBytes", INT_TO_INT);
                } else {
                    code.i2c().invokestatic(CHARACTER, "reverseBytes", CHAR_TO_CHAR);
                    extend(operand.width(), Extension.ZERO, wanted);
                }
            }
        }
    }

    private void intBinary(BinaryOp op, Expr left, Expr right, Extension wanted, Step step) {
        int width = left.width();
        Extension operands = switch (op) {
            case ADD, SUB, MUL, AND, OR, XOR, SHL -> Extension.ANY;
            case DIV_U, MOD_U, SHR -> Extension.ZERO;
            case DIV_S, MOD_S, SAR -> Extension.SIGN;
            case EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> throw new IllegalStateException("a comparison has 1 bit");
        };
        boolean shift = op == BinaryOp.SHL || op == BinaryOp.SHR || op == BinaryOp.SAR;
        pair(() -> pushInt(left, operands, step), TypeKind.INT, () -> {
            if (shift) {
                count(right, width, step);
            } else {
                pushInt(right, operands, step);
            }
        }, TypeKind.INT, right);
        intOperator(op);
        extend(width, operands, wanted);
    }

    private void intOperator(BinaryOp op) {
        switch (op) {
            case ADD -> code.iadd();
            case SUB -> code.isub();
            case MUL -> code.imul();
            case DIV_U -> code.invokestatic(Names.INT_BOX, "divideUnsigned", INTS_TO_INT);
            case DIV_S -> code.idiv();
            case MOD_U -> code.invokestatic(Names.INT_BOX, "remainderUnsigned", INTS_TO_INT);
            case MOD_S -> code.irem();
            case AND -> code.iand();
            case OR -> code.ior();
            case XOR -> code.ixor();
            case SHL -> code.ishl();
            case SHR -> code.iushr();
            case SAR -> code.ishr();
            case EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> throw new IllegalStateException("a comparison has 1 bit");
        }
    }

    /** A shift count, which is below the width. The JVM masks counts of 32- and 64-bit shifts itself, so the effect's own mask goes. */
    private void count(Expr expr, int width, Step step) {
        Expr narrow = expr instanceof Expr.ZeroExtend(Expr operand, int wide) ? operand : expr;
        if (narrow instanceof Expr.Const(long value, int w)) {
            code.loadConstant((int) value);
        } else if (narrow instanceof Expr.Binary(BinaryOp op, Expr left, Expr.Const(long mask, int same)) && op == BinaryOp.AND
                && mask == width - 1
                && width >= INT) {
            low(left, step);
        } else if (narrow.width() == LONG) {
            pushLong(narrow, step);
            code.l2i();
        } else {
            pushInt(narrow, Extension.ZERO, step);
        }
    }

    /** Pushes two values; the first one waits in a local variable if the second one needs an empty stack. */
    private void pair(Runnable left, TypeKind leftKind, Runnable right, TypeKind rightKind, Expr rightExpr) {
        left.run();
        if (!loads(rightExpr)) {
            right.run();
            return;
        }
        int first = code.allocateLocal(leftKind);
        int second = code.allocateLocal(rightKind);
        code.storeLocal(leftKind, first);
        right.run();
        code.storeLocal(rightKind, second);
        code.loadLocal(leftKind, first).loadLocal(rightKind, second);
    }

    /** Whether an expression reads memory. */
    static boolean loads(Expr expr) {
        boolean[] found = {false};
        Effects.walk(expr, node -> found[0] |= node instanceof Expr.Load);
        return found[0];
    }

    // ---- conditions ----

    private void choose(Expr condition, Step step, Runnable then, Runnable otherwise) {
        Label no = code.newLabel();
        Label end = code.newLabel();
        registers.beginConditional();
        branch(condition, false, no, step);
        then.run();
        code.goto_(end);
        code.labelBinding(no);
        otherwise.run();
        code.labelBinding(end);
        registers.endConditional();
    }

    private void truth(Expr condition, Step step) {
        Label no = code.newLabel();
        Label end = code.newLabel();
        registers.beginConditional();
        branch(condition, false, no, step);
        code.iconst_1().goto_(end);
        code.labelBinding(no);
        code.iconst_0();
        code.labelBinding(end);
        registers.endConditional();
    }

    /** Goes to a label if a condition holds, or if it does not. */
    void branch(Expr condition, boolean holds, Label target, Step step) {
        if (condition instanceof Expr.Binary(BinaryOp op, Expr left, Expr right) && op.isComparison()) {
            compare(holds ? op : negation(op), left, right, target, step);
        } else {
            pushInt(condition, Extension.ZERO, step);
            code.branch(holds ? Opcode.IFNE : Opcode.IFEQ, target);
        }
    }

    private void compare(BinaryOp op, Expr left, Expr right, Label target, Step step) {
        boolean zero = right instanceof Expr.Const(long value, int w) && value == 0;
        if (left.width() == LONG) {
            pair(() -> pushLong(left, step), TypeKind.LONG, () -> pushLong(right, step), TypeKind.LONG, right);
            if (unsigned(op)) {
                code.invokestatic(Names.LONG_BOX, "compareUnsigned", LONGS_TO_INT);
            } else {
                code.lcmp();
            }
            code.branch(withZero(op), target);
            return;
        }
        boolean wide = left.width() == INT;
        Extension extension = wide ? Extension.ANY : signed(op) ? Extension.SIGN : Extension.ZERO;
        if (zero && !(unsigned(op) && wide)) {
            pushInt(left, extension, step);
            code.branch(withZero(op), target);
            return;
        }
        pair(() -> pushInt(left, extension, step), TypeKind.INT, () -> pushInt(right, extension, step), TypeKind.INT, right);
        if (unsigned(op) && wide) {
            code.invokestatic(Names.INT_BOX, "compareUnsigned", INTS_TO_INT);
            code.branch(withZero(op), target);
        } else {
            code.branch(ofTwo(op), target);
        }
    }

    private static boolean unsigned(BinaryOp op) {
        return op == BinaryOp.LT_U || op == BinaryOp.LE_U || op == BinaryOp.GT_U || op == BinaryOp.GE_U;
    }

    private static boolean signed(BinaryOp op) {
        return op == BinaryOp.LT_S || op == BinaryOp.LE_S || op == BinaryOp.GT_S || op == BinaryOp.GE_S;
    }

    private static BinaryOp negation(BinaryOp op) {
        return switch (op) {
            case EQ -> BinaryOp.NE;
            case NE -> BinaryOp.EQ;
            case LT_U -> BinaryOp.GE_U;
            case LE_U -> BinaryOp.GT_U;
            case GT_U -> BinaryOp.LE_U;
            case GE_U -> BinaryOp.LT_U;
            case LT_S -> BinaryOp.GE_S;
            case LE_S -> BinaryOp.GT_S;
            case GT_S -> BinaryOp.LE_S;
            case GE_S -> BinaryOp.LT_S;
            case ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR -> throw noComparison(op);
        };
    }

    private static Opcode withZero(BinaryOp op) {
        return switch (op) {
            case EQ -> Opcode.IFEQ;
            case NE -> Opcode.IFNE;
            case LT_U, LT_S -> Opcode.IFLT;
            case LE_U, LE_S -> Opcode.IFLE;
            case GT_U, GT_S -> Opcode.IFGT;
            case GE_U, GE_S -> Opcode.IFGE;
            case ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR -> throw noComparison(op);
        };
    }

    private static Opcode ofTwo(BinaryOp op) {
        return switch (op) {
            case EQ -> Opcode.IF_ICMPEQ;
            case NE -> Opcode.IF_ICMPNE;
            case LT_U, LT_S -> Opcode.IF_ICMPLT;
            case LE_U, LE_S -> Opcode.IF_ICMPLE;
            case GT_U, GT_S -> Opcode.IF_ICMPGT;
            case GE_U, GE_S -> Opcode.IF_ICMPGE;
            case ADD, SUB, MUL, DIV_U, DIV_S, MOD_U, MOD_S, AND, OR, XOR, SHL, SHR, SAR -> throw noComparison(op);
        };
    }

    private static IllegalStateException noComparison(BinaryOp op) {
        return new IllegalStateException(op + " is no comparison");
    }
}
