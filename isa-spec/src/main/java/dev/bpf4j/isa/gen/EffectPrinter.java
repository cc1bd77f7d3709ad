// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import java.util.Locale;

/** Writes effects as the table language writes them, with parentheses around every operand that is not a leaf. */
public final class EffectPrinter {
    private EffectPrinter() {
    }

    /** One effect on one line. */
    public static String print(Effect effect) {
        return switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> role(target) + " = " + print(value);
            case Effect.Store(Expr address, Expr value) -> "store(" + print(address) + ", " + print(value) + ")";
            case Effect.Atomic a -> result(a.old()) + "atomic(" + a.op().name().toLowerCase(Locale.ROOT) + ", " + print(a.address()) + ", "
                    + print(a
                            .value()) + ")";
            case Effect.CompareExchange c -> result(c.old()) + "cmpxchg(" + print(c.address()) + ", " + print(c.expected()) + ", " + print(c
                    .value()) + ")";
            case Effect.LoadAcquire(Expr.Role target, Expr address, int width) -> result(target) + "load_acquire(" + print(address) + ", "
                    + width + ")";
            case Effect.StoreRelease(Expr address, Expr value) -> "store_release(" + print(address) + ", " + print(value) + ")";
            case Effect.Jump(Expr condition) -> "jump(" + print(condition) + ")";
            case Effect.MayGoto mayGoto -> "may_goto()";
            case Effect.JumpIndirect(Expr target) -> "jump_to(" + print(target) + ")";
            case Effect.Call(Effect.CallKind kind) -> "call(" + kind.name().toLowerCase(Locale.ROOT) + ")";
            case Effect.CallIndirect(Expr target) -> "call_to(" + print(target) + ")";
            case Effect.Exit exit -> "exit()";
            case Effect.CheckAccess(Expr address, Expr size, boolean write) -> (write ? "check_write(" : "check_read(") + print(address)
                    + ", " + print(size)
                    + ")";
        };
    }

    private static String result(Expr.@org.jspecify.annotations.Nullable Role role) {
        return role == null ? "" : role(role) + " = ";
    }

    private static String role(Expr.Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** An expression. */
    public static String print(Expr expr) {
        return switch (expr) {
            case Expr.Const(long value, int width) -> value >= 0 && value < 4096 ? Long.toString(value) : "0x" + Long.toHexString(value);
            case Expr.Register(Expr.Role role) -> role(role);
            case Expr.FieldValue(Expr.Field field) -> field.name().toLowerCase(Locale.ROOT);
            case Expr.BigEndian bigEndian -> "big_endian";
            case Expr.Linked linked -> "linked";
            case Expr.Supplied(Expr.Supply supply) -> supply.name().toLowerCase(Locale.ROOT);
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> switch (op) {
                case NEG -> "-" + operand(operand);
                case BSWAP -> "bswap(" + print(operand) + ")";
            };
            case Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) -> operand(left) + " " + op.symbol() + " " + operand(right);
            case Expr.Low(Expr operand, int width) -> "lo(" + print(operand) + ", " + width + ")";
            case Expr.ZeroExtend(Expr operand, int width) -> "zx(" + print(operand) + ", " + width + ")";
            case Expr.SignExtend(Expr operand, int width) -> "sx(" + print(operand) + ", " + width + ")";
            case Expr.IfElse(Expr condition, Expr then, Expr otherwise) -> operand(condition) + " ? " + operand(then) + " : " + operand(
                    otherwise);
            case Expr.Load(Expr address, int width) -> "load(" + print(address) + ", " + width + ")";
            case Expr.PacketLoad(Expr offset, int width) -> "packet(" + print(offset) + ", " + width + ")";
        };
    }

    private static String operand(Expr expr) {
        boolean composed = expr instanceof Expr.Binary || expr instanceof Expr.IfElse;
        return composed ? "(" + print(expr) + ")" : print(expr);
    }
}
