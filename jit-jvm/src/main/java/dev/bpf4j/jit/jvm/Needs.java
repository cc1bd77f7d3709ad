// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Step;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;

/**
 * Which local variables besides registers a method needs.
 *
 * @param counts   whether anything takes budget
 * @param iterates whether there is a {@code may_goto}
 * @param jumps    whether there is an indirect jump, or its hub
 */
record Needs(boolean counts, boolean iterates, boolean jumps) {

    static Needs of(FlowGraph graph, Parts.Part part) {
        boolean counts = false;
        boolean iterates = false;
        boolean jumps = false;
        for (int block : part.blocks()) {
            jumps |= graph.blocks().get(block).hub();
            for (Step step : graph.blocks().get(block).steps()) {
                for (Effect effect : step.effects()) {
                    counts |= Effects.takesBudget(effect);
                    iterates |= effect instanceof Effect.MayGoto;
                    jumps |= effect instanceof Effect.JumpIndirect;
                }
            }
        }
        return new Needs(counts, iterates || !part.whole() && iterates(graph), jumps);
    }

    /** Counts are carried from part to part. */
    private static boolean iterates(FlowGraph graph) {
        return graph.blocks().stream().flatMap(block -> block.steps().stream()).flatMap(step -> step.effects().stream()).anyMatch(
                Effect.MayGoto.class::isInstance);
    }
}
