// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.eval.Evaluator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Evaluates what claims are about, over given register values. */
final class Arithmetic {
    private Arithmetic() {
    }

    /** A linear value. */
    static long value(Linear linear, long[] registers) {
        long sum = linear.constant();
        for (Map.Entry<Integer, Long> term : linear.terms().entrySet()) {
            sum += term.getValue() * registers[term.getKey()];
        }
        return sum;
    }

    /** The address of an instruction's access. */
    static long address(Step step, long[] registers) {
        for (Effect effect : step.effects()) {
            switch (effect) {
                case Effect.Store(Expr address, Expr value) -> {
                    return evaluate(address, step, registers);
                }
                case Effect.Atomic atomic -> {
                    return evaluate(atomic.address(), step, registers);
                }
                case Effect.CompareExchange exchange -> {
                    return evaluate(exchange.address(), step, registers);
                }
                case Effect.LoadAcquire load -> {
                    return evaluate(load.address(), step, registers);
                }
                case Effect.StoreRelease store -> {
                    return evaluate(store.address(), step, registers);
                }
                case Effect.SetRegister(Expr.Role target, Expr value) -> {
                    Expr.Load load = load(value);
                    if (load != null) {
                        return evaluate(load.address(), step, registers);
                    }
                }
                case Effect other -> {
                    // makes no access
                }
            }
        }
        throw new IllegalArgumentException("no access in " + step);
    }

    private static Expr.@Nullable Load load(Expr value) {
        if (value instanceof Expr.Load load) {
            return load;
        }
        for (Expr operand : value.operands()) {
            Expr.Load inner = load(operand);
            if (inner != null) {
                return inner;
            }
        }
        return null;
    }

    private static long evaluate(Expr expr, Step step, long[] registers) {
        return switch (expr) {
            case Expr.Const(long value, int width) -> value;
            case Expr.Register(Expr.Role role) -> registers[step.register(role)];
            case Expr.Binary(Expr.BinaryOp op, Expr left, Expr right) -> Evaluator.binary(op, evaluate(left, step, registers), evaluate(
                    right,
                    step, registers), left.width());
            case Expr other -> throw new IllegalArgumentException("no address: " + other);
        };
    }
}
