// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The effects of each row of the table as code for a stack of values: what {@link Provenance} runs for every instruction, because walking trees
 * takes several times as long. What cannot change where a pointer points is left out, so that most jumps have no code at all.
 *
 * <p>
 * An instruction of this code is an {@code int}: the operation in the low byte, above it its argument.
 */
final class OriginCode {
    /** Pushes the register that a role means. The argument is the {@link Expr.Role}. */
    static final int REGISTER = 0;
    /** Push fields and the linked value, as bits of their width. */
    static final int IMM = 1;
    static final int OFF = 2;
    static final int WIDE = 3;
    static final int LINKED = 4;
    /** Pushes a constant of the row: the argument is its place in {@link #constants}. */
    static final int CONST = 5;
    /** Pushes a number that is not known. */
    static final int NUMBER = 6;
    /** The argument is the {@link Expr.UnaryOp} and, from bit 8 on, the operand's width. */
    static final int UNARY = 7;
    /** The argument is the {@link Expr.BinaryOp} and, from bit 8 on, the operands' width. */
    static final int BINARY = 8;
    /** The argument is the new width. The operand is wider. */
    static final int LOW = 9;
    /** The argument is the operand's width. The result is wider. */
    static final int ZERO_EXTEND = 10;
    /** Likewise, and from bit 8 on the new width. */
    static final int SIGN_EXTEND = 11;
    /** Condition, value if it holds, value if not. */
    static final int IF_ELSE = 12;
    /** Notes the address on top as that of the instruction's access. */
    static final int NOTE = 13;
    /** The address on top becomes what is read there. The argument is the width. */
    static final int LOAD = 14;
    /** Takes the value on top into the register that a role means. */
    static final int SET = 15;
    /** The register that a role means becomes a number. */
    static final int SET_NUMBER = 16;
    /** Takes an address, and the value above it, which is stored there as a whole register. */
    static final int SPILL = 17;
    static final int DROP = 18;
    /** r0 to r5 become numbers. */
    static final int CLOBBER = 19;
    /** The argument is the {@link Effect.CallKind}. */
    static final int CALL = 20;
    static final int LEAVE = 21;
    /** Pushes the sign-extended immediate or offset, of 64 bits. */
    static final int IMM_64 = 22;
    static final int OFF_64 = 23;

    /** Pushes and notes the sum of the register that a role means and the sign-extended offset, which is how most addresses are made. */
    static final int ADDRESS = 24;

    /** What most rows are, and {@link OriginMachine} does without a stack; {@link #OTHER} if it is none of that. */
    enum Form {
        /** Nothing that matters. */
        NOTHING,
        /** dst is src. */
        MOVE,
        /** dst is the sign-extended immediate. */
        CONSTANT,
        /** dst is dst and the sign-extended immediate. */
        ADD,
        /** dst is read at src and the offset. */
        LOAD,
        /** Something shorter than a register, or that is no register, is stored at dst and the offset. */
        STORE,
        /** src, all of it, is stored at dst and the offset. */
        SPILL, OTHER
    }

    /** Values that are on the stack at most. */
    static final int DEPTH = 16;
    private static final int LONG = 64;
    private static final int ARGUMENT = 8;
    private static final int WIDTH = 8;
    private static final int BYTE = 0xff;

    private static final Expr OFFSET = new Expr.SignExtend(new Expr.FieldValue(Expr.Field.OFF), LONG);
    private static final OriginCode[] LITTLE = all(ByteOrder.LITTLE_ENDIAN);
    private static final OriginCode[] BIG = all(ByteOrder.BIG_ENDIAN);

    private int[] code = new int[8];
    private int length;
    private long[] constants = new long[0];

    /** Registers that it reads, as a mask of {@link Expr.Role}s, if it does nothing but compute from them; else 0. */
    private int computesFrom;

    private Form form = Form.OTHER;
    /** Bits that a {@link Form#LOAD} reads. */
    private int width;

    private OriginCode() {
    }

    private static OriginCode[] all(ByteOrder order) {
        List<Instruction> rows = Isa.system().instructions();
        return rows.stream().map(row -> of(row, order)).toArray(OriginCode[]::new);
    }

    /** By row of the table. */
    static OriginCode[] of(ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? BIG : LITTLE;
    }

    /** What it is. */
    Form form() {
        return form;
    }

    /** Bits that a {@link Form#LOAD} reads. */
    int width() {
        return width;
    }

    /** The code. */
    int[] code() {
        return code;
    }

    /**
     * Registers that it reads, as a mask of {@link Expr.Role}s, if all it does is to compute its destination from them: from numbers that are not
     * known comes one that is not known. Else 0.
     */
    int computesFrom() {
        return computesFrom;
    }

    /** The constants that are no fields. */
    long[] constants() {
        return constants;
    }

    private static OriginCode of(Instruction row, ByteOrder order) {
        OriginCode made = new OriginCode();
        boolean packet = Functions.readsPacket(row.index());
        Effects.specialize(row.effects(), order).forEach(effect -> made.effect(effect, packet));
        made.code = Arrays.copyOf(made.code, made.length);
        if (row.effects().size() == 1 && row.effects().getFirst() instanceof Effect.SetRegister(Expr.Role target, Expr value)
                && target == Expr.Role.DST && !packet && !Effects.any(row.effects(), Expr.Load.class::isInstance)) {
            made.computesFrom = Effects.reads(row.effects()).stream().mapToInt(role -> 1 << role.ordinal()).reduce(0, (a, b) -> a | b);
        }
        made.recognise();
        return made;
    }

    private void recognise() {
        int dst = Expr.Role.DST.ordinal() << ARGUMENT;
        int src = Expr.Role.SRC.ordinal() << ARGUMENT;
        int add = (Expr.BinaryOp.ADD.ordinal() | LONG << WIDTH) << ARGUMENT | BINARY;
        if (length == 0) {
            form = Form.NOTHING;
        } else if (is(REGISTER | src, SET | dst)) {
            form = Form.MOVE;
        } else if (is(IMM_64, SET | dst)) {
            form = Form.CONSTANT;
        } else if (is(REGISTER | dst, IMM_64, add, SET | dst)) {
            form = Form.ADD;
        } else if (is(ADDRESS | dst, DROP)) {
            form = Form.STORE;
        } else if (is(ADDRESS | dst, REGISTER | src, SPILL)) {
            form = Form.SPILL;
        } else if (code[0] == (ADDRESS | src) && (code[1] & BYTE) == LOAD && code[length - 1] == (SET | dst) && onlyExtends(2, length
                - 1)) {
            form = Form.LOAD;
            width = code[1] >>> ARGUMENT;
        }
    }

    private boolean is(int... wanted) {
        return Arrays.equals(code, wanted);
    }

    /** Whether a part of the code does nothing but extend: what is loaded is no known number, so that it stays what it is. */
    private boolean onlyExtends(int from, int to) {
        for (int i = from; i < to; i++) {
            if ((code[i] & BYTE) != ZERO_EXTEND && (code[i] & BYTE) != SIGN_EXTEND) {
                return false;
            }
        }
        return true;
    }

    private void put(int operation, int argument) {
        if (length == code.length) {
            code = Arrays.copyOf(code, length * 2);
        }
        code[length++] = operation | argument << ARGUMENT;
    }

    private void effect(Effect effect, boolean packet) {
        switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> {
                value(value);
                if (packet) {
                    put(CLOBBER, 0);
                }
                put(SET, target.ordinal());
            }
            case Effect.Store(Expr address, Expr value) -> {
                access(address);
                if (value.width() == LONG) {
                    value(value);
                    put(SPILL, 0);
                } else {
                    put(DROP, 0);
                }
            }
            case Effect.Atomic atomic -> {
                access(atomic.address());
                put(DROP, 0);
                if (atomic.old() != null) {
                    put(SET_NUMBER, atomic.old().ordinal());
                }
            }
            case Effect.CompareExchange exchange -> {
                access(exchange.address());
                put(DROP, 0);
                put(SET_NUMBER, exchange.old().ordinal());
            }
            case Effect.LoadAcquire load -> {
                access(load.address());
                put(DROP, 0);
                put(SET_NUMBER, load.target().ordinal());
            }
            case Effect.StoreRelease store -> {
                access(store.address());
                put(DROP, 0);
            }
            case Effect.Call(Effect.CallKind kind) -> put(CALL, kind.ordinal());
            case Effect.CallIndirect c -> put(CLOBBER, 0);
            case Effect.Exit e -> put(LEAVE, 0);
            case Effect.Jump j -> nothing();
            case Effect.MayGoto m -> nothing();
            case Effect.JumpIndirect j -> nothing();
            case Effect.CheckAccess c -> nothing();
        }
    }

    private static void nothing() {
        // no register changes, and no access is predicted
    }

    private void access(Expr address) {
        if (address instanceof Expr.Binary(Expr.BinaryOp op, Expr.Register(Expr.Role role), Expr offset) && op == Expr.BinaryOp.ADD
                && offset
                        .equals(OFFSET)) {
            put(ADDRESS, role.ordinal());
        } else {
            value(address);
            put(NOTE, 0);
        }
    }

    private void value(Expr expr) {
        switch (expr) {
            case Expr.Const(long value, int width) -> {
                put(CONST, constants.length << 1 | (width == LONG ? 1 : 0));
                constants = Arrays.copyOf(constants, constants.length + 1);
                constants[constants.length - 1] = value;
            }
            case Expr.Register(Expr.Role role) -> put(REGISTER, role.ordinal());
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> {
                value(operand);
                put(UNARY, op.ordinal() | operand.width() << WIDTH);
            }
            case Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) -> {
                value(left);
                value(right);
                put(BINARY, op.ordinal() | left.width() << WIDTH);
            }
            case Expr.Load(Expr address, int width) -> {
                access(address);
                put(LOAD, width);
            }
            case Expr.Low(Expr operand, int width) -> {
                value(operand);
                if (operand.width() != width) {
                    put(LOW, width);
                }
            }
            case Expr.ZeroExtend(Expr operand, int width) -> {
                value(operand);
                if (operand.width() != width) {
                    put(ZERO_EXTEND, operand.width());
                }
            }
            case Expr.SignExtend extension -> signExtend(extension);
            case Expr.IfElse(Expr condition, Expr then, Expr otherwise) -> {
                value(condition);
                value(then);
                value(otherwise);
                put(IF_ELSE, 0);
            }
            case Expr.FieldValue(Expr.Field field) -> put(switch (field) {
                case IMM -> IMM;
                case OFF -> OFF;
                case WIDE -> WIDE;
            }, 0);
            case Expr.Linked l -> put(LINKED, 0);
            case Expr.Supplied s -> put(NUMBER, 0);
            case Expr.PacketLoad p -> put(NUMBER, 0);
            case Expr.BigEndian b -> put(NUMBER, 0);
        }
    }

    private void signExtend(Expr.SignExtend extension) {
        if (extension.operand() instanceof Expr.FieldValue(Expr.Field field) && field != Expr.Field.WIDE && extension.width() == LONG) {
            put(field == Expr.Field.IMM ? IMM_64 : OFF_64, 0);
            return;
        }
        value(extension.operand());
        if (extension.operand().width() != extension.width()) {
            put(SIGN_EXTEND, extension.operand().width() | extension.width() << WIDTH);
        }
    }
}
