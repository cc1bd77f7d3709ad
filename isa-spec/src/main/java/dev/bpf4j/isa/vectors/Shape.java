// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import org.jspecify.annotations.Nullable;

/**
 * What a row needs of its surroundings, read off its effects: which register holds an address, of what, and where control goes.
 *
 * @param base     the register that an accessed address is made of; null if no memory is accessed
 * @param bytes    size of the access; 0 if there is none
 * @param aligned  whether the address must be a multiple of the size
 * @param compares whether memory is compared with r0
 * @param pointer  the register that holds a code pointer; null if none does
 * @param packet   whether the packet is read
 * @param flow     how control goes on
 */
record Shape(Expr.@Nullable Role base, int bytes, boolean aligned, boolean compares, Expr.@Nullable Role pointer, boolean packet,
        Flow flow) {

    /** How control goes on behind an instruction. */
    enum Flow {
        /** To the next instruction. */
        NEXT,
        /** To the next one or to the target. */
        JUMP,
        /** Through a function at the target, to the next one. */
        LOCAL_CALL,
        /** To what a register points to. */
        JUMP_TO_POINTER,
        /** Through a function that a register points to, to the next one. */
        CALL_TO_POINTER,
        /** Out of the program. */
        EXIT
    }

    static Shape of(Instruction row) {
        Shape shape = new Shape(null, 0, false, false, null, Effects.any(row.effects(), Expr.PacketLoad.class::isInstance), Flow.NEXT);
        for (Effect effect : row.effects()) {
            shape = shape.with(effect);
        }
        return shape;
    }

    private Shape with(Effect effect) {
        return switch (effect) {
            case Effect.SetRegister(Expr.Role target, Expr value) -> loads(value);
            case Effect.Store(Expr address, Expr value) -> accesses(address, value.width(), false, false);
            case Effect.Atomic atomic -> accesses(atomic.address(), atomic.value().width(), true, false);
            case Effect.CompareExchange exchange -> accesses(exchange.address(), exchange.value().width(), true, true);
            case Effect.LoadAcquire(Expr.Role target, Expr address, int width) -> accesses(address, width, true, false);
            case Effect.StoreRelease(Expr address, Expr value) -> accesses(address, value.width(), true, false);
            case Effect.Jump jump -> flows(Flow.JUMP, null);
            case Effect.MayGoto mayGoto -> flows(Flow.JUMP, null);
            case Effect.JumpIndirect(Expr target) -> flows(Flow.JUMP_TO_POINTER, register(target));
            case Effect.Call(Effect.CallKind kind) -> flows(kind == Effect.CallKind.LOCAL ? Flow.LOCAL_CALL : Flow.NEXT, null);
            case Effect.CallIndirect(Expr target) -> flows(Flow.CALL_TO_POINTER, register(target));
            case Effect.Exit exit -> flows(Flow.EXIT, null);
            case Effect.CheckAccess check -> this;
        };
    }

    private Shape accesses(Expr address, int width, boolean isAligned, boolean isCompared) {
        return new Shape(register(address), width / 8, isAligned, isCompared, pointer, packet, flow);
    }

    private Shape flows(Flow way, Expr.@Nullable Role register) {
        return new Shape(base, bytes, aligned, compares, register, packet, way);
    }

    /** The first load in an expression. */
    private Shape loads(Expr expr) {
        if (expr instanceof Expr.Load(Expr address, int width)) {
            return accesses(address, width, false, false);
        }
        Shape shape = this;
        for (Expr operand : expr.operands()) {
            shape = shape.bytes == 0 ? shape.loads(operand) : shape;
        }
        return shape;
    }

    /** The first register in an expression. */
    private static Expr.@Nullable Role register(Expr expr) {
        if (expr instanceof Expr.Register(Expr.Role role)) {
            return role;
        }
        for (Expr operand : expr.operands()) {
            Expr.Role role = register(operand);
            if (role != null) {
                return role;
            }
        }
        return null;
    }
}
