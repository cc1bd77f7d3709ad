// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the loops of a function that are simple enough to be worth treating as a whole: see {@link Loop}. */
public final class Loops {
    private static final int MOST_BLOCKS = 64;
    private static final int MOST_STEPS = 300;

    private final Steps steps;
    private final FlowGraph graph;

    private Loops(Steps steps, FlowGraph graph) {
        this.steps = steps;
        this.graph = graph;
    }

    /** The simple loops of a function, by their heads, ascending. No two of them share a block. */
    public static List<Loop> of(Steps steps, FlowGraph graph) {
        return new Loops(steps, graph).find();
    }

    private List<Loop> find() {
        List<Loop> found = new ArrayList<>();
        if (graph.indirect()) {
            return found;
        }
        int[] position = positions();
        for (Block head : graph.blocks()) {
            List<Integer> latches = new ArrayList<>();
            for (int predecessor : graph.predecessors(head.index())) {
                if (position[predecessor] >= position[head.index()]) {
                    latches.add(predecessor);
                }
            }
            if (latches.size() == 1) {
                loop(head.index(), latches.getFirst()).ifPresent(found::add);
            }
        }
        return found;
    }

    private int[] positions() {
        int[] position = new int[graph.blocks().size()];
        int[] order = graph.reversePostorder();
        for (int i = 0; i < order.length; i++) {
            position[order[i]] = i;
        }
        return position;
    }

    private Optional<Loop> loop(int head, int latch) {
        Set<Integer> body = body(head, latch);
        if (body.isEmpty() || !onlyTheLatchCounts(body, head, latch)) {
            return Optional.empty();
        }
        List<Integer> ordered = order(body, head);
        return ordered.size() == body.size() && ordered.getLast() == latch ? Optional.of(new Loop(head, latch, ordered)) : Optional.empty();
    }

    /** The blocks from which the latch can be reached without passing the head; empty if there are too many, or there is another way in. */
    private Set<Integer> body(int head, int latch) {
        Set<Integer> body = new LinkedHashSet<>();
        Deque<Integer> work = new ArrayDeque<>();
        body.add(head);
        int length = graph.blocks().get(head).steps().size();
        if (body.add(latch)) {
            work.add(latch);
        }
        while (!work.isEmpty()) {
            int block = work.remove();
            length += graph.blocks().get(block).steps().size();
            if (block == 0 || body.size() > MOST_BLOCKS || length > MOST_STEPS) {
                return Set.of();
            }
            for (int predecessor : graph.predecessors(block)) {
                if (body.add(predecessor)) {
                    work.add(predecessor);
                }
            }
        }
        return body;
    }

    private boolean onlyTheLatchCounts(Set<Integer> body, int head, int latch) {
        for (int index : body) {
            Block block = graph.blocks().get(index);
            for (Step step : block.steps()) {
                boolean last = step.slot() == block.last().slot();
                boolean back = index == latch && last;
                boolean jumpsBack = last && block.successors().size() > (block.falls() ? 1 : 0) && steps.program().target(step
                        .slot()) <= step.slot();
                if (back != jumpsBack || back && block.successors().getLast() != head || Functions.readsPacket(step) || step.effects()
                        .stream().anyMatch(Loops::counts)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Whether an effect takes budget, other than a plain jump back. */
    private static boolean counts(Effect effect) {
        return !(effect instanceof Effect.Jump) && Effects.takesBudget(effect);
    }

    /** The blocks so that each comes after its predecessors in the body; fewer than all if there is a cycle besides the loop's own. */
    private List<Integer> order(Set<Integer> body, int head) {
        List<Integer> ordered = new ArrayList<>();
        Deque<Integer> ready = new ArrayDeque<>(List.of(head));
        int[] waiting = new int[graph.blocks().size()];
        for (int block : body) {
            for (int successor : graph.blocks().get(block).successors()) {
                waiting[successor]++;
            }
        }
        while (!ready.isEmpty()) {
            int block = ready.remove();
            ordered.add(block);
            for (int successor : graph.blocks().get(block).successors()) {
                if (--waiting[successor] == 0 && body.contains(successor) && successor != head) {
                    ready.add(successor);
                }
            }
        }
        return ordered;
    }
}
