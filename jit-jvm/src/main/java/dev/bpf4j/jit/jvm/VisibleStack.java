// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Block;
import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Functions;
import dev.bpf4j.analysis.Functions.Callee;
import dev.bpf4j.analysis.Step;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Policy;

/**
 * How much of the stack, which a run has to find zero, a program can see. Under the strict policy one that makes no calls but of routines sees its
 * own frame only; one that does not name r10 either can only come there by an address of its own making, and that goes through the cold path
 * of accesses.
 *
 * @param atStart bytes at the top to be cleared when a run starts
 * @param later   bytes at the top to be cleared when the cold path is entered for the first time
 */
record VisibleStack(int atStart, int later) {

    static VisibleStack of(Functions functions) {
        if (!functions.program().usesStack()) {
            return new VisibleStack(0, 0);
        }
        boolean namesStack = false;
        for (int f = 0; f < functions.graphs().size(); f++) {
            FlowGraph graph = functions.graphs().get(f);
            for (Block block : graph.blocks()) {
                for (Step step : block.steps()) {
                    if (functions.program().machine().policy() == Policy.SANDBOX || leaves(functions, step)) {
                        return new VisibleStack(functions.program().machine().limits().stackSize(), 0);
                    }
                    namesStack |= !functions.isRoutine(f) && names(step);
                }
            }
        }
        boolean routines = functions.graphs().size() > 1;
        return namesStack || routines ? new VisibleStack(GuestLayout.FRAME_SIZE, 0) : new VisibleStack(0, GuestLayout.FRAME_SIZE);
    }

    /** Whether a step lets other code than its function and routines run. */
    private static boolean leaves(Functions functions, Step step) {
        for (Effect effect : step.effects()) {
            boolean leaves = effect instanceof Effect.CallIndirect || effect instanceof Effect.Call(Effect.CallKind kind)
                    && !(functions.callee(step, kind) instanceof Callee.Routine);
            if (leaves) {
                return true;
            }
        }
        return false;
    }

    private static boolean names(Step step) {
        return Effects.any(step.effects(), expr -> expr instanceof Expr.Register(Expr.Role role) && step.register(
                role) == Frame.STACK_POINTER);
    }
}
