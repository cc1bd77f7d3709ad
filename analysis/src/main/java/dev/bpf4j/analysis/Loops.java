// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the loops of a function that are simple enough to be worth treating as a whole: see {@link Loop}. */
public final class Loops {
    private static final int MOST_BLOCKS = 64;
    private static final int MOST_STEPS = 300;

    private static final int NONE = -1;
    private static final int SEVERAL = -2;
    /** Rows that take budget otherwise than by a plain jump back, or read the packet the legacy way. */
    private static final BitSet REFUSED = Isa.system().instructions().stream().filter(row -> Functions.readsPacket(row.index()) || row
            .effects().stream().anyMatch(Loops::counts)).mapToInt(Instruction::index).collect(BitSet::new, BitSet::set, BitSet::or);

    private final Steps steps;
    private final FlowGraph graph;
    /** By block: how many of its predecessors in the body are still to come; 0 between two loops. */
    private final int[] waiting;

    private Loops(Steps steps, FlowGraph graph) {
        this.steps = steps;
        this.graph = graph;
        this.waiting = new int[graph.size()];
    }

    /** The simple loops of a function, by their heads, ascending. No two of them share a block. */
    public static List<Loop> of(Steps steps, FlowGraph graph) {
        return graph.indirect() ? List.of() : new Loops(steps, graph).find();
    }

    private List<Loop> find() {
        List<Loop> found = new ArrayList<>();
        int[] latches = latches();
        for (int head = 0; head < latches.length; head++) {
            if (latches[head] >= 0 && graph.jumps(latches[head]) == head) {
                loop(head, latches[head]).ifPresent(found::add);
            }
        }
        return found;
    }

    /** By block: the one block that goes back to it. */
    private int[] latches() {
        int[] position = new int[graph.size()];
        int[] order = graph.reversePostorder();
        for (int i = 0; i < order.length; i++) {
            position[order[i]] = i;
        }
        int[] latches = new int[graph.size()];
        Arrays.fill(latches, NONE);
        for (int block = 0; block < latches.length; block++) {
            back(latches, position, block, graph.falls(block));
            back(latches, position, block, graph.jumps(block));
        }
        return latches;
    }

    private static void back(int[] latches, int[] position, int block, int successor) {
        if (successor >= 0 && position[block] >= position[successor]) {
            latches[successor] = latches[successor] == NONE ? block : SEVERAL;
        }
    }

    private Optional<Loop> loop(int head, int latch) {
        if (head == latch) {
            List<Integer> alone = List.of(head);
            return onlyTheLatchCounts(alone, head, latch) ? Optional.of(new Loop(head, latch, alone)) : Optional.empty();
        }
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
        int length = length(head);
        if (body.add(latch)) {
            work.add(latch);
        }
        while (!work.isEmpty()) {
            int block = work.remove();
            length += length(block);
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

    /** How many instructions a block has. */
    private int length(int block) {
        int length = 0;
        for (int slot = graph.first(block); slot <= graph.last(block); slot++) {
            length += steps.isInstruction(slot) ? 1 : 0;
        }
        return length;
    }

    private boolean onlyTheLatchCounts(Collection<Integer> body, int head, int latch) {
        for (int block : body) {
            int last = graph.last(block);
            boolean jumpsBack = graph.jumps(block) >= 0 && steps.program().target(last) <= last;
            if (jumpsBack != (block == latch) || block == latch && graph.jumps(block) != head) {
                return false;
            }
            for (int slot = graph.first(block); slot <= last; slot++) {
                if (steps.row(slot) >= 0 && REFUSED.get(steps.row(slot))) {
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
        count(body, 1);
        while (!ready.isEmpty()) {
            int block = ready.remove();
            ordered.add(block);
            come(graph.falls(block), body, head, ready);
            come(graph.jumps(block), body, head, ready);
        }
        count(body, 0);
        return ordered;
    }

    private void come(int successor, Set<Integer> body, int head, Deque<Integer> ready) {
        if (successor >= 0 && --waiting[successor] == 0 && successor != head && body.contains(successor)) {
            ready.add(successor);
        }
    }

    /** Counts how often the body's blocks come before others, or forgets it. */
    private void count(Set<Integer> body, int factor) {
        for (int block : body) {
            int falls = graph.falls(block);
            int jumps = graph.jumps(block);
            if (falls >= 0) {
                waiting[falls] = factor * (waiting[falls] + 1);
            }
            if (jumps >= 0) {
                waiting[jumps] = factor * (waiting[jumps] + 1);
            }
        }
    }
}
