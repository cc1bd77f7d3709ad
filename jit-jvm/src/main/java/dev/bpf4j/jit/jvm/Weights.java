// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Block;
import dev.bpf4j.analysis.Step;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;

/** Estimates of the bytes of bytecode that things take; rather too high than too low. */
final class Weights {
    private static final int NODE = 4;
    private static final int STEP = 4;
    private static final int ACCESS = 20;
    private static final int CHECKED_ACCESS = 45;
    private static final int ATOMIC = 45;
    private static final int CALL = 110;
    private static final int JUMP = 50;
    private static final int ENTRY = 60;

    private Weights() {
    }

    /** A block, with its way out. */
    static int of(Block block, boolean checked) {
        int weight = block.hub() ? (int) Math.min(block.successors().size() * 4L, Integer.MAX_VALUE / 2) : ENTRY;
        for (Step step : block.steps()) {
            weight += STEP;
            for (Effect effect : step.effects()) {
                weight += of(effect, checked);
            }
        }
        return weight;
    }

    private static int of(Effect effect, boolean checked) {
        int[] weight = {own(effect, checked)};
        Effects.walk(effect, expr -> weight[0] += expr instanceof Expr.Load ? checked ? CHECKED_ACCESS : ACCESS : NODE);
        return weight[0];
    }

    private static int own(Effect effect, boolean checked) {
        return switch (effect) {
            case Effect.SetRegister e -> NODE;
            case Effect.Store e -> checked ? CHECKED_ACCESS : ACCESS;
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
