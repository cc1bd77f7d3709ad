// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.fuzz.mutant.Mutants.Changed;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effect.AtomicOp;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Expr.BinaryOp;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import java.util.ArrayList;
import java.util.List;

/** What can be wrong in an effect apart from its expressions. */
final class EffectFaults {
    /** Does nothing. */
    private static final Effect NOTHING = new Effect.Jump(new Expr.Const(0, 1));

    private EffectFaults() {
    }

    static List<Changed<Effect>> of(Instruction row, Effect effect) {
        List<Changed<Effect>> faults = new ArrayList<>();
        switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> setRegister(row, target, value, faults);
            case Effect.Store(Expr address, Expr value) -> {
                faults.add(new Changed<>(Fault.DROPPED_EFFECT, NOTHING));
                faults.add(new Changed<>(Fault.OFF_BY_ONE, new Effect.Store(ExprFaults.plus(address, 1), value)));
                if (value.width() > 8) {
                    faults.add(new Changed<>(Fault.WIDTH, new Effect.Store(address, new Expr.Low(value, value.width() / 2))));
                }
            }
            case Effect.Atomic atomic -> atomic(atomic, faults);
            case Effect.CompareExchange exchange -> compareExchange(exchange, faults);
            case Effect.LoadAcquire(Expr.Role target, Expr address, int width) -> {
                faults.add(new Changed<>(Fault.DROPPED_EFFECT, NOTHING));
                if (width > 8) {
                    faults.add(new Changed<>(Fault.WIDTH, new Effect.LoadAcquire(target, address, width / 2)));
                }
            }
            case Effect.StoreRelease(Expr address, Expr value) -> {
                faults.add(new Changed<>(Fault.DROPPED_EFFECT, NOTHING));
                if (value.width() > 8) {
                    faults.add(new Changed<>(Fault.WIDTH, new Effect.StoreRelease(address, new Expr.Low(value, value.width() / 2))));
                }
            }
            case Effect.Jump(Expr condition) -> faults.add(new Changed<>(Fault.CONDITION, new Effect.Jump(new Expr.Binary(BinaryOp.EQ,
                    condition, new Expr.Const(0, 1)))));
            case Effect.MayGoto mayGoto -> faults.add(new Changed<>(Fault.CONDITION, new Effect.Jump(new Expr.Const(1, 1))));
            case Effect.JumpIndirect(Expr target) -> faults.add(new Changed<>(Fault.OFF_BY_ONE, new Effect.JumpIndirect(ExprFaults.plus(
                    target,
                    8))));
            case Effect.Call call -> faults.add(new Changed<>(Fault.DROPPED_EFFECT, NOTHING));
            case Effect.CallIndirect(Expr target) -> {
                faults.add(new Changed<>(Fault.WIDTH, new Effect.CallIndirect(new Expr.ZeroExtend(new Expr.Low(target, 32), 64))));
                faults.add(new Changed<>(Fault.OFF_BY_ONE, new Effect.CallIndirect(ExprFaults.plus(target, 1))));
            }
            case Effect.Exit exit -> {
                // a program without an exit does not end
            }
            case Effect.CheckAccess check -> {
                // not in programs
            }
        }
        return faults;
    }

    private static void setRegister(Instruction row, Expr.Role target, Expr value, List<Changed<Effect>> faults) {
        faults.add(new Changed<>(Fault.DROPPED_EFFECT, NOTHING));
        if (target != Expr.Role.R0) {
            faults.add(new Changed<>(Fault.REGISTER_WRITTEN, new Effect.SetRegister(Expr.Role.R0, value)));
        }
        if (value instanceof Expr.ZeroExtend(Expr narrow, int width) && narrow.width() < width && row.operand(FieldName.DST).isRegister()) {
            Expr old = new Expr.Binary(BinaryOp.AND, new Expr.Register(target), new Expr.Const(-1L << narrow.width(), 64));
            faults.add(new Changed<>(Fault.NO_ZERO_EXTENSION, new Effect.SetRegister(target, new Expr.Binary(BinaryOp.OR, old, value))));
        }
    }

    private static void atomic(Effect.Atomic atomic, List<Changed<Effect>> faults) {
        faults.add(new Changed<>(Fault.DROPPED_EFFECT, NOTHING));
        AtomicOp other = switch (atomic.op()) {
            case ADD -> AtomicOp.OR;
            case OR -> AtomicOp.XOR;
            case AND -> AtomicOp.OR;
            case XOR -> AtomicOp.ADD;
            case XCHG -> AtomicOp.AND;
        };
        faults.add(new Changed<>(Fault.OPERATOR, new Effect.Atomic(other, atomic.address(), atomic.value(), atomic.old())));
        Expr.Role old = atomic.old() == null ? Expr.Role.SRC : null;
        faults.add(new Changed<>(Fault.REGISTER_WRITTEN, new Effect.Atomic(atomic.op(), atomic.address(), atomic.value(), old)));
        if (atomic.value().width() == 64) {
            faults.add(new Changed<>(Fault.WIDTH, new Effect.Atomic(atomic.op(), atomic.address(), new Expr.Low(atomic.value(), 32), atomic
                    .old())));
        }
    }

    private static void compareExchange(Effect.CompareExchange exchange, List<Changed<Effect>> faults) {
        faults.add(new Changed<>(Fault.DROPPED_EFFECT, NOTHING));
        faults.add(new Changed<>(Fault.SWAPPED_OPERANDS, new Effect.CompareExchange(exchange.address(), exchange.value(), exchange
                .expected(), exchange.old())));
        faults.add(new Changed<>(Fault.REGISTER_WRITTEN, new Effect.CompareExchange(exchange.address(), exchange.expected(), exchange
                .value(),
                Expr.Role.SRC)));
        if (exchange.value().width() == 64) {
            faults.add(new Changed<>(Fault.WIDTH, new Effect.CompareExchange(exchange.address(), new Expr.Low(exchange.expected(), 32),
                    new Expr.Low(exchange.value(), 32), exchange.old())));
        }
    }
}
