// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Questions about effect trees and rewritings of them that hold for every instruction. */
public final class Effects {
    private Effects() {
    }

    /** Visits every node of an effect, operands after their operator. */
    public static void walk(Effect effect, Consumer<Expr> visitor) {
        for (Expr operand : effect.operands()) {
            walk(operand, visitor);
        }
    }

    /** Visits every node of an expression, operands after their operator. */
    public static void walk(Expr expr, Consumer<Expr> visitor) {
        visitor.accept(expr);
        for (Expr operand : expr.operands()) {
            walk(operand, visitor);
        }
    }

    /** Whether any node of the effects satisfies a condition. */
    public static boolean any(List<Effect> effects, Predicate<Expr> condition) {
        for (Effect effect : effects) {
            for (Expr operand : effect.operands()) {
                if (any(operand, condition)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean any(Expr expr, Predicate<Expr> condition) {
        if (condition.test(expr)) {
            return true;
        }
        for (Expr operand : expr.operands()) {
            if (any(operand, condition)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an effect itself goes to memory; what it loads for its operands is not asked. */
    public static boolean accessesMemory(Effect effect) {
        return switch (effect) {
            case Effect.Store e -> true;
            case Effect.Atomic e -> true;
            case Effect.CompareExchange e -> true;
            case Effect.LoadAcquire e -> true;
            case Effect.StoreRelease e -> true;
            case Effect.Exit e -> false;
            case Effect.Jump e -> false;
            case Effect.JumpIndirect e -> false;
            case Effect.MayGoto e -> false;
            case Effect.SetRegister e -> false;
            case Effect.Call e -> false;
            case Effect.CallIndirect e -> false;
            case Effect.CheckAccess e -> false;
        };
    }

    /** Whether an effect can take budget (Ruling 5). */
    public static boolean takesBudget(Effect effect) {
        return switch (effect) {
            case Effect.Jump e -> true;
            case Effect.JumpIndirect e -> true;
            case Effect.MayGoto e -> true;
            case Effect.Call e -> true;
            case Effect.CallIndirect e -> true;
            case Effect.SetRegister e -> false;
            case Effect.Store e -> false;
            case Effect.Atomic e -> false;
            case Effect.CompareExchange e -> false;
            case Effect.LoadAcquire e -> false;
            case Effect.StoreRelease e -> false;
            case Effect.Exit e -> false;
            case Effect.CheckAccess e -> false;
        };
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
            Expr.Role role = effect.written();
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
