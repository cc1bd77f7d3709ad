// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import java.util.List;
import java.util.function.Predicate;

/**
 * What the linker asks of an instruction, answered once per row: linking is part of every program's start.
 *
 * @param callsLocally    calls a function of the program by distance
 * @param calls           calls what it names
 * @param callsIndirectly calls what a register names
 * @param callsHelper     names a helper by its number
 * @param goesOn          may go on with the next instruction
 * @param linked          loads a value that the linker computes
 * @param accessesMemory  loads or stores, itself or through a helper
 */
record RowTraits(boolean callsLocally, boolean calls, boolean callsIndirectly, boolean callsHelper, boolean goesOn, boolean linked,
        boolean accessesMemory) {
    private static final RowTraits[] BPF = Isa.bpf().instructions().stream().map(RowTraits::of).toArray(RowTraits[]::new);

    /** Those of a row of {@link Isa#bpf()}. */
    static RowTraits get(Instruction instruction) {
        return BPF[instruction.index()];
    }

    private static RowTraits of(Instruction instruction) {
        List<Effect> effects = instruction.effects();
        boolean calls = any(effects, Effect.Call.class::isInstance);
        boolean indirectly = any(effects, Effect.CallIndirect.class::isInstance);
        boolean accesses = Effects.any(effects, Expr.Load.class::isInstance) || any(effects, Effects::accessesMemory);
        return new RowTraits(any(effects, effect -> effect instanceof Effect.Call(Effect.CallKind kind) && kind == Effect.CallKind.LOCAL),
                calls, indirectly, instruction.operand(FieldName.IMM).kind() == OperandKind.HELPER, !any(effects, RowTraits::ends), Effects
                        .any(effects, Expr.Linked.class::isInstance), accesses || calls || indirectly);
    }

    private static boolean any(List<Effect> effects, Predicate<Effect> condition) {
        return effects.stream().anyMatch(condition);
    }

    private static boolean ends(Effect effect) {
        return switch (effect) {
            case Effect.Exit exit -> true;
            case Effect.JumpIndirect jump -> true;
            case Effect.Jump(Expr condition) -> condition instanceof Expr.Const(long value, int width) && value != 0;
            case Effect.SetRegister e -> false;
            case Effect.Store e -> false;
            case Effect.Atomic e -> false;
            case Effect.CompareExchange e -> false;
            case Effect.LoadAcquire e -> false;
            case Effect.StoreRelease e -> false;
            case Effect.MayGoto e -> false;
            case Effect.Call e -> false;
            case Effect.CallIndirect e -> false;
            case Effect.CheckAccess e -> false;
        };
    }
}
