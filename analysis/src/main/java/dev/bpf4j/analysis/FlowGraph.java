// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The blocks of one function that can be reached from its start, in the order of their slots. Block 0 is the start. A function with an
 * indirect jump has a block per instruction, all of them successors of its hub, the last block (Ruling 8 allows any instruction of the
 * function).
 */
public final class FlowGraph {
    /** Instructions after which a block ends in any case, so that compilers can cut large programs at block borders. */
    private static final int LONGEST_BLOCK = 64;
    /** For how many other instructions a call stands in that count. */
    private static final int CALL_LENGTH = 4;

    private final int start;
    private final int end;
    private final List<Block> blocks;
    private final boolean indirect;
    private final int[][] predecessors;
    private final int[] reversePostorder;
    /** By slot, from the start: the block that starts there; -1 if none does. */
    private final int[] byFirst;

    private FlowGraph(int start, int end, List<Block> blocks, boolean indirect) {
        this.start = start;
        this.end = end;
        this.blocks = List.copyOf(blocks);
        this.indirect = indirect;
        this.byFirst = new int[end - start];
        Arrays.fill(byFirst, -1);
        for (Block block : blocks) {
            if (!block.hub()) {
                byFirst[block.first() - start] = block.index();
            }
        }
        this.predecessors = invert(blocks);
        this.reversePostorder = order(blocks);
    }

    /**
     * The graph of the function that starts at a slot.
     *
     * @throws IllegalArgumentException if no function starts there
     */
    public static FlowGraph of(Steps steps, int start) {
        LinkedProgram program = steps.program();
        List<Integer> functions = program.functions();
        int position = functions.indexOf(start);
        if (position < 0) {
            throw new IllegalArgumentException("no function starts at slot " + start);
        }
        int end = position + 1 < functions.size() ? functions.get(position + 1) : program.totalSlots();
        return new Builder(steps, start, end).build();
    }

    /** First slot of the function. */
    public int start() {
        return start;
    }

    /** The slot behind the function. */
    public int end() {
        return end;
    }

    /** All blocks; the position is the {@link Block#index()}. */
    public List<Block> blocks() {
        return blocks;
    }

    /** Whether the function has an indirect jump. */
    public boolean indirect() {
        return indirect;
    }

    /** The blocks that may run just before a block. */
    public int[] predecessors(int block) {
        return predecessors[block].clone();
    }

    /** Blocks so that each comes after its predecessors, except over edges that close a cycle. */
    public int[] reversePostorder() {
        return reversePostorder.clone();
    }

    /** The block that starts at a slot; -1 if none does. */
    public int blockAt(int slot) {
        return slot < start || slot >= end ? -1 : byFirst[slot - start];
    }

    /** What an instruction does to the flow, as far as the instruction alone tells. */
    enum Flow {
        /** The next instruction follows. */
        NEXT,
        /** The next one or the target. */
        BRANCH,
        /** The target. */
        JUMP,
        /** Any instruction of the function. */
        INDIRECT,
        /** Nothing in this function. */
        END
    }

    static Flow flow(List<Effect> effects) {
        return effects.isEmpty() ? Flow.NEXT : flow(effects.getLast());
    }

    private static Flow flow(Effect effect) {
        return switch (effect) {
            case Effect.Exit e -> Flow.END;
            case Effect.Jump(Expr condition) -> condition instanceof Expr.Const(long value, int width) ? value == 0 ? Flow.NEXT : Flow.JUMP
                    : Flow.BRANCH;
            case Effect.MayGoto m -> Flow.BRANCH;
            case Effect.JumpIndirect j -> Flow.INDIRECT;
            case Effect.SetRegister e -> Flow.NEXT;
            case Effect.Store e -> Flow.NEXT;
            case Effect.Atomic e -> Flow.NEXT;
            case Effect.CompareExchange e -> Flow.NEXT;
            case Effect.LoadAcquire e -> Flow.NEXT;
            case Effect.StoreRelease e -> Flow.NEXT;
            case Effect.Call e -> Flow.NEXT;
            case Effect.CallIndirect e -> Flow.NEXT;
            case Effect.CheckAccess e -> Flow.NEXT;
        };
    }

    private static int[][] invert(List<Block> blocks) {
        int[] counts = new int[blocks.size()];
        blocks.forEach(block -> block.successors().forEach(successor -> counts[successor]++));
        int[][] result = new int[blocks.size()][];
        Arrays.setAll(result, i -> new int[counts[i]]);
        for (Block block : blocks) {
            for (int successor : block.successors()) {
                result[successor][--counts[successor]] = block.index();
            }
        }
        return result;
    }

    private static int[] order(List<Block> blocks) {
        int[] order = new int[blocks.size()];
        int[] next = new int[blocks.size()];
        boolean[] seen = new boolean[blocks.size()];
        int[] path = new int[blocks.size()];
        int depth = 1;
        seen[0] = true;
        int at = blocks.size();
        while (depth > 0) {
            int block = path[depth - 1];
            List<Integer> successors = blocks.get(block).successors();
            if (next[block] == successors.size()) {
                order[--at] = block;
                depth--;
            } else {
                int successor = successors.get(next[block]++);
                if (!seen[successor]) {
                    seen[successor] = true;
                    path[depth++] = successor;
                }
            }
        }
        return order;
    }

    /** Finds what can be reached, where blocks start, and connects them. */
    private static final class Builder {
        private final Steps steps;
        private final int start;
        private final int end;
        private final boolean[] reached;
        private final boolean[] leaders;
        /** Slots that are reached and not yet walked from. */
        private final int[] work;
        private int waiting;
        private boolean indirect;

        Builder(Steps steps, int start, int end) {
            this.steps = steps;
            this.start = start;
            this.end = end;
            this.reached = new boolean[end - start];
            this.leaders = new boolean[end - start];
            this.work = new int[end - start];
        }

        FlowGraph build() {
            lead(start);
            while (waiting > 0) {
                walk(work[--waiting]);
            }
            return new FlowGraph(start, end, blocks(), indirect);
        }

        private void lead(int slot) {
            leaders[slot - start] = true;
            if (!reached[slot - start]) {
                reached[slot - start] = true;
                work[waiting++] = slot;
            }
        }

        private void walk(int from) {
            int slot = from;
            int length = 0;
            while (true) {
                Step step = steps.step(slot);
                int target = steps.program().target(slot);
                Flow flow = step.flow();
                switch (flow) {
                    case NEXT -> {
                        // goes on below
                    }
                    case BRANCH -> {
                        lead(target);
                        lead(step.next());
                    }
                    case JUMP -> lead(target);
                    case INDIRECT -> leadEverywhere();
                    case END -> {
                        return;
                    }
                }
                if (flow != Flow.NEXT || reached[step.next() - start]) {
                    return;
                }
                length += step.calls() ? CALL_LENGTH : 1;
                if (length >= LONGEST_BLOCK) {
                    lead(step.next());
                    return;
                }
                slot = step.next();
                reached[slot - start] = true;
            }
        }

        private void leadEverywhere() {
            if (indirect) {
                return;
            }
            indirect = true;
            for (int slot = start; slot < end; slot++) {
                if (steps.program().insn(slot) != null) {
                    lead(slot);
                }
            }
        }

        private List<Block> blocks() {
            List<List<Step>> runs = new ArrayList<>();
            int[] indices = new int[end - start];
            for (int at = 0; at < leaders.length; at++) {
                if (leaders[at]) {
                    indices[at] = runs.size();
                    runs.add(run(start + at));
                }
            }
            List<Block> blocks = new ArrayList<>();
            int hub = runs.size();
            for (List<Step> run : runs) {
                Step last = run.getLast();
                int target = steps.program().target(last.slot());
                List<Integer> successors = switch (last.flow()) {
                    case NEXT -> List.of(indices[last.next() - start]);
                    case BRANCH -> List.of(indices[last.next() - start], indices[target - start]);
                    case JUMP -> List.of(indices[target - start]);
                    case INDIRECT -> List.of(hub);
                    case END -> List.of();
                };
                boolean falls = last.flow() == Flow.NEXT || last.flow() == Flow.BRANCH;
                blocks.add(new Block(blocks.size(), run, successors, falls));
            }
            if (indirect) {
                blocks.add(new Block(hub, List.of(), IntStream.range(0, hub).boxed().toList(), false));
            }
            return blocks;
        }

        private List<Step> run(int first) {
            List<Step> run = new ArrayList<>();
            int slot = first;
            do {
                Step step = steps.step(slot);
                run.add(step);
                slot = step.next();
                if (step.flow() != Flow.NEXT) {
                    break;
                }
            } while (!leaders[slot - start]);
            return run;
        }
    }
}
