// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.util.function.UnaryOperator;

/** Rebuilds effect trees from the leaves up, replacing nodes; a choice whose condition becomes constant is decided. */
public final class Rewriter {
    private Rewriter() {
    }

    /** An effect with every expression rebuilt; {@code replace} sees each node after its operands have been rebuilt. */
    public static Effect rewrite(Effect effect, UnaryOperator<Expr> replace) {
        return switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> new Effect.SetRegister(target, rewrite(value, replace));
            case Effect.Store(Expr address, Expr value) -> new Effect.Store(rewrite(address, replace), rewrite(value, replace));
            case Effect.Atomic a -> new Effect.Atomic(a.op(), rewrite(a.address(), replace), rewrite(a.value(), replace), a.old());
            case Effect.CompareExchange c -> new Effect.CompareExchange(rewrite(c.address(), replace), rewrite(c.expected(), replace),
                    rewrite(c.value(), replace), c.old());
            case Effect.LoadAcquire l -> new Effect.LoadAcquire(l.target(), rewrite(l.address(), replace), l.width());
            case Effect.StoreRelease(Expr address, Expr value) -> new Effect.StoreRelease(rewrite(address, replace), rewrite(value,
                    replace));
            case Effect.Jump(Expr condition) -> new Effect.Jump(rewrite(condition, replace));
            case Effect.MayGoto mayGoto -> mayGoto;
            case Effect.JumpIndirect(Expr target) -> new Effect.JumpIndirect(rewrite(target, replace));
            case Effect.Call call -> call;
            case Effect.CallIndirect(Expr target) -> new Effect.CallIndirect(rewrite(target, replace));
            case Effect.Exit exit -> exit;
            case Effect.CheckAccess c -> new Effect.CheckAccess(rewrite(c.address(), replace), rewrite(c.size(), replace), c.write());
        };
    }

    /** An expression rebuilt; {@code replace} sees each node after its operands have been rebuilt. */
    public static Expr rewrite(Expr expr, UnaryOperator<Expr> replace) {
        Expr rebuilt = switch (expr) {
            case Expr.Const c -> c;
            case Expr.Register r -> r;
            case Expr.FieldValue f -> f;
            case Expr.BigEndian b -> b;
            case Expr.Linked l -> l;
            case Expr.Supplied s -> s;
            case Expr.Unary(Expr.UnaryOp op, Expr operand) -> new Expr.Unary(op, rewrite(operand, replace));
            case Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) -> new Expr.Binary(op, rewrite(left, replace), rewrite(right,
                    replace));
            case Expr.Low(Expr operand, int width) -> new Expr.Low(rewrite(operand, replace), width);
            case Expr.ZeroExtend(Expr operand, int width) -> new Expr.ZeroExtend(rewrite(operand, replace), width);
            case Expr.SignExtend(Expr operand, int width) -> new Expr.SignExtend(rewrite(operand, replace), width);
            case Expr.IfElse(Expr condition, Expr then, Expr otherwise) -> choose(rewrite(condition, replace), rewrite(then, replace),
                    rewrite(otherwise, replace));
            case Expr.Load(Expr address, int width) -> new Expr.Load(rewrite(address, replace), width);
            case Expr.PacketLoad(Expr offset, int width) -> new Expr.PacketLoad(rewrite(offset, replace), width);
        };
        return replace.apply(rebuilt);
    }

    private static Expr choose(Expr condition, Expr then, Expr otherwise) {
        if (condition instanceof Expr.Const(long value, int width)) {
            return value != 0 ? then : otherwise;
        }
        return new Expr.IfElse(condition, then, otherwise);
    }
}
