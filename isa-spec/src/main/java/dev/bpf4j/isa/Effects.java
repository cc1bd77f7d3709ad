// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Questions about effect trees and rewritings of them that hold for every instruction. */
public final class Effects {
    private Effects() {
    }

    /** All expressions at the top of an effect, in the order of evaluation. */
    public static List<Expr> operands(Effect effect) {
        return switch (effect) {
            case Effect.SetRegister set -> List.of(set.value());
            case Effect.Store store -> List.of(store.address(), store.value());
            case Effect.Atomic atomic -> List.of(atomic.address(), atomic.value());
            case Effect.CompareExchange exchange -> List.of(exchange.address(), exchange.expected(), exchange.value());
            case Effect.LoadAcquire load -> List.of(load.address());
            case Effect.StoreRelease store -> List.of(store.address(), store.value());
            case Effect.Jump jump -> List.of(jump.condition());
            case Effect.MayGoto mayGoto -> List.of();
            case Effect.JumpIndirect jump -> List.of(jump.target());
            case Effect.Call call -> List.of();
            case Effect.CallIndirect call -> List.of(call.target());
            case Effect.Exit exit -> List.of();
            case Effect.CheckAccess check -> List.of(check.address(), check.size());
        };
    }

    /** The operands of an expression. */
    public static List<Expr> operands(Expr expr) {
        return switch (expr) {
            case Expr.Const c -> List.of();
            case Expr.Register r -> List.of();
            case Expr.FieldValue f -> List.of();
            case Expr.BigEndian b -> List.of();
            case Expr.Linked l -> List.of();
            case Expr.Supplied s -> List.of();
            case Expr.Unary u -> List.of(u.operand());
            case Expr.Binary b -> List.of(b.left(), b.right());
            case Expr.Low l -> List.of(l.operand());
            case Expr.ZeroExtend z -> List.of(z.operand());
            case Expr.SignExtend s -> List.of(s.operand());
            case Expr.IfElse i -> List.of(i.condition(), i.then(), i.otherwise());
            case Expr.Load l -> List.of(l.address());
            case Expr.PacketLoad p -> List.of(p.offset());
        };
    }

    /** Visits every node of an effect, operands after their operator. */
    public static void walk(Effect effect, Consumer<Expr> visitor) {
        operands(effect).forEach(expr -> walk(expr, visitor));
    }

    /** Visits every node of an expression, operands after their operator. */
    public static void walk(Expr expr, Consumer<Expr> visitor) {
        visitor.accept(expr);
        operands(expr).forEach(operand -> walk(operand, visitor));
    }

    /** Whether any node of the effects satisfies a condition. */
    public static boolean any(List<Effect> effects, java.util.function.Predicate<Expr> condition) {
        List<Expr> found = new ArrayList<>();
        effects.forEach(effect -> walk(effect, expr -> {
            if (condition.test(expr)) {
                found.add(expr);
            }
        }));
        return !found.isEmpty();
    }

    /** Registers that the effects read, by role. */
    public static List<Expr.Role> reads(List<Effect> effects) {
        List<Expr.Role> roles = new ArrayList<>();
        effects.forEach(effect -> walk(effect, expr -> {
            if (expr instanceof Expr.Register(Expr.Role role) && !roles.contains(role)) {
                roles.add(role);
            }
        }));
        return roles;
    }

    /** Registers that the effects write, by role; what calls do to r0 to r5 is the engine's. */
    public static List<Expr.Role> writes(List<Effect> effects) {
        List<Expr.Role> roles = new ArrayList<>();
        for (Effect effect : effects) {
            Expr.Role role = switch (effect) {
                case Effect.SetRegister set -> set.target();
                case Effect.Atomic atomic -> atomic.old();
                case Effect.CompareExchange exchange -> exchange.old();
                case Effect.LoadAcquire load -> load.target();
                case Effect.Store s -> null;
                case Effect.StoreRelease s -> null;
                case Effect.Jump j -> null;
                case Effect.MayGoto m -> null;
                case Effect.JumpIndirect j -> null;
                case Effect.Call c -> null;
                case Effect.CallIndirect c -> null;
                case Effect.Exit e -> null;
                case Effect.CheckAccess c -> null;
            };
            if (role != null && !roles.contains(role)) {
                roles.add(role);
            }
        }
        return roles;
    }

    /** The effects for programs of one byte order: what depends on it is decided. */
    public static List<Effect> specialize(List<Effect> effects, ByteOrder order) {
        long big = order == ByteOrder.BIG_ENDIAN ? 1 : 0;
        return effects.stream().map(effect -> Rewriter.rewrite(effect, expr -> expr instanceof Expr.BigEndian ? new Expr.Const(big, 1)
                : expr)).toList();
    }
}
