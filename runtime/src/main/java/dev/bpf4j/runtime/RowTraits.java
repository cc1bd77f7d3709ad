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
 * What the linker asks of an instruction, answered once per row, as a set of bits: linking is part of every program's start, and one number per
 * slot is all that its passes have to look at.
 */
final class RowTraits {
    /** Calls a function of the program by distance. */
    static final int CALLS_LOCALLY = 1;
    /** Calls what it names. */
    static final int CALLS = 1 << 1;
    /** Calls what a register names. */
    static final int CALLS_INDIRECTLY = 1 << 2;
    /** Names a helper by its number. */
    static final int CALLS_HELPER = 1 << 3;
    /** Names a kernel function by its number. */
    static final int CALLS_KFUNC = 1 << 4;
    /** May go on with the next instruction. */
    static final int GOES_ON = 1 << 5;
    /** Loads a value that the linker computes. */
    static final int LINKED = 1 << 6;
    /** Loads or stores, itself or through what it calls. */
    static final int ACCESSES_MEMORY = 1 << 7;
    /** Names another slot by its distance. */
    static final int TARGETS = 1 << 8;
    /** Takes two slots. */
    static final int WIDE = 1 << 9;
    /** Has a register in the field dst. */
    static final int DST = 1 << 10;
    /** Has a register in the field src. */
    static final int SRC = 1 << 11;

    private static final int[] BPF = Isa.bpf().instructions().stream().mapToInt(RowTraits::of).toArray();

    private RowTraits() {
    }

    /** Those of a row of {@link Isa#bpf()}. */
    static int get(Instruction instruction) {
        return BPF[instruction.index()];
    }

    private static int of(Instruction instruction) {
        List<Effect> effects = instruction.effects();
        boolean calls = any(effects, Effect.Call.class::isInstance);
        boolean indirectly = any(effects, Effect.CallIndirect.class::isInstance);
        boolean accesses = Effects.any(effects, Expr.Load.class::isInstance) || any(effects, Effects::accessesMemory);
        OperandKind imm = instruction.operand(FieldName.IMM).kind();
        return bit(CALLS_LOCALLY, any(effects, effect -> effect instanceof Effect.Call(Effect.CallKind kind)
                && kind == Effect.CallKind.LOCAL)) | bit(CALLS, calls) | bit(CALLS_INDIRECTLY, indirectly) | bit(CALLS_HELPER,
                        imm == OperandKind.HELPER) | bit(CALLS_KFUNC, imm == OperandKind.KFUNC) | bit(GOES_ON, !any(effects,
                                RowTraits::ends)) | bit(LINKED, Effects.any(effects, Expr.Linked.class::isInstance)) | bit(ACCESSES_MEMORY,
                                        accesses || calls || indirectly) | bit(TARGETS, instruction.targetField() != null) | bit(WIDE,
                                                instruction.wide()) | bit(DST, instruction.operand(FieldName.DST).isRegister()) | bit(SRC,
                                                        instruction.operand(FieldName.SRC).isRegister());
    }

    private static int bit(int trait, boolean has) {
        return has ? trait : 0;
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
