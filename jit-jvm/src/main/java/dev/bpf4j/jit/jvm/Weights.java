// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Block;
import dev.bpf4j.analysis.Step;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;

/** Estimates of what things cost a method, in bytes of bytecode; rather too high than too low. */
final class Weights {
    private static final int NODE = 4;
    private static final int STEP = 4;
    /** Not for its bytes, which are 20 to 45: for what the JVM's compilers make of it. */
    private static final int ACCESS = Tuning.FIRST_WEIGHT * 5 / 4 / Tuning.METHOD_ACCESSES;
    private static final int ATOMIC = ACCESS;
    private static final int CALL = 110;
    private static final int JUMP = 50;
    private static final int ENTRY = 60;

    private Weights() {
    }

    /** A block, with its way out. */
    static int of(Block block) {
        int weight = block.hub() ? (int) Math.min(block.successors().size() * 4L, Integer.MAX_VALUE / 2) : ENTRY;
        for (Step step : block.steps()) {
            weight += STEP;
            for (Effect effect : step.effects()) {
                weight += of(effect);
            }
        }
        return weight;
    }

    /** Memory accesses of a block: rows have one at most. */
    static int accesses(Block block) {
        return (int) block.steps().stream().map(Step::effects).filter(effects -> effects.stream().anyMatch(Effects::accessesMemory)
                || Effects.any(effects, Expr.Load.class::isInstance)).count();
    }

    private static int of(Effect effect) {
        int[] weight = {own(effect)};
        Effects.walk(effect, expr -> weight[0] += expr instanceof Expr.Load ? ACCESS : NODE);
        return weight[0];
    }

    private static int own(Effect effect) {
        return switch (effect) {
            case Effect.SetRegister e -> NODE;
            case Effect.Store e -> ACCESS;
            case Effect.Atomic e -> ATOMIC;
            case Effect.CompareExchange e -> ATOMIC;
            case Effect.LoadAcquire e -> ATOMIC;
            case Effect.StoreRelease e -> ATOMIC;
            case Effect.Jump e -> JUMP;
            case Effect.MayGoto e -> JUMP;
            case Effect.JumpIndirect e -> JUMP;
            case Effect.Call e -> CALL;
            case Effect.CallIndirect e -> CALL;
            case Effect.Exit e -> JUMP;
            case Effect.CheckAccess e -> ACCESS;
        };
    }
}
