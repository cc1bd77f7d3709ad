// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one function that can be reached from its start, in the order of their slots. Block 0 is the start. A function with an
 * indirect jump has a block per instruction, all of them successors of its hub, the last block (Ruling 8 allows any instruction of the
 * function). For one thread.
 *
 * <p>
 * What a block is stands in arrays, for passes that go over all of a program; {@link Block}s are made when somebody asks for them.
 */
public final class FlowGraph {
    /** Instructions after which a block ends in any case, so that compilers can cut large programs at block borders. */
    private static final int LONGEST_BLOCK = 64;
    /** For how many other instructions a call stands in that count. */
    private static final int CALL_LENGTH = 4;
    private static final int NONE = -1;

    private final Steps steps;
    private final int start;
    private final int end;
    private final boolean indirect;
    /** Blocks, the hub included. */
    private final int size;
    /** By block: its first slot, that of its last instruction, the block it falls to and the one it jumps to; -1 if there is none. */
    private final int[] firsts;
    private final int[] lasts;
    private final int[] falls;
    private final int[] jumps;
    /** By slot, from the start: the block that starts there; -1 if none does. */
    private final int[] byFirst;
    /** The predecessors of block b are those from {@code predecessorStarts[b]} to {@code predecessorStarts[b + 1]}; made when somebody asks. */
    private int @Nullable [] predecessorStarts;
    private int[] predecessors = new int[0];
    private final int[] reversePostorder;
    /** Made when somebody asks. */
    private final @Nullable Block[] made;
    private @Nullable List<Block> blocks;

    private FlowGraph(Builder builder) {
        this.steps = builder.steps;
        this.start = builder.start;
        this.end = builder.end;
        this.indirect = builder.indirect;
        this.size = builder.size;
        this.firsts = builder.firsts;
        this.lasts = builder.lasts;
        this.falls = builder.falls;
        this.jumps = builder.jumps;
        this.byFirst = builder.indices;
        this.reversePostorder = order();
        this.made = new Block[size];
    }

    /**
     * The graph of the function that starts at a slot.
     *
     * @throws IllegalArgumentException if no function starts there
     */
    public static FlowGraph of(Steps steps, int start) {
        LinkedProgram program = steps.program();
        if (start < 0 || start >= program.totalSlots() || program.functionOf(start) != start) {
            throw new IllegalArgumentException("no function starts at slot " + start);
        }
        return new FlowGraph(new Builder(steps, start, program.functionEnd(start)).build());
    }

    /** First slot of the function. */
    public int start() {
        return start;
    }

    /** The slot behind the function. */
    public int end() {
        return end;
    }

    /** How many blocks there are, the hub included. */
    public int size() {
        return size;
    }

    /** Whether a block is the hub. */
    public boolean isHub(int block) {
        return indirect && block == size - 1;
    }

    /** Slot of a block's first instruction; not for the hub. */
    public int first(int block) {
        return firsts[block];
    }

    /** Slot of a block's last instruction; not for the hub. */
    public int last(int block) {
        return lasts[block];
    }

    /** The block that a block falls to; -1 if it does not, or is the hub. */
    public int falls(int block) {
        return falls[block];
    }

    /** The block that a block jumps to; -1 if it does not, or is the hub. */
    public int jumps(int block) {
        return jumps[block];
    }

    /** All blocks; the position is the {@link Block#index()}. */
    public List<Block> blocks() {
        List<Block> all = blocks;
        if (all == null) {
            all = IntStream.range(0, size).mapToObj(this::block).toList();
            blocks = all;
        }
        return all;
    }

    /** The block with an index. */
    public Block block(int index) {
        Block block = made[index];
        if (block == null) {
            block = make(index);
            made[index] = block;
        }
        return block;
    }

    private Block make(int block) {
        if (isHub(block)) {
            return new Block(block, List.of(), IntStream.range(0, block).boxed().toList(), false);
        }
        List<Step> run = new ArrayList<>();
        for (int slot = firsts[block]; slot <= lasts[block]; slot++) {
            if (steps.isInstruction(slot)) {
                run.add(steps.step(slot));
            }
        }
        boolean fallsOn = falls[block] != NONE;
        List<Integer> successors = jumps[block] == NONE ? fallsOn ? List.of(falls[block]) : List.of()
                : fallsOn ? List.of(falls[block], jumps[block]) : List.of(jumps[block]);
        return new Block(block, run, successors, fallsOn);
    }

    /** Whether the function has an indirect jump. */
    public boolean indirect() {
        return indirect;
    }

    /** The blocks that may run just before a block. */
    public int[] predecessors(int block) {
        int from = firstPredecessor(block);
        return Arrays.copyOfRange(predecessors, from, firstPredecessor(block + 1));
    }

    /** The predecessors of a block are {@link #predecessor} of this and all numbers below that of the next block. Up to {@link #size}. */
    public int firstPredecessor(int block) {
        int[] starts = predecessorStarts;
        if (starts == null) {
            starts = invert();
            predecessorStarts = starts;
        }
        return starts[block];
    }

    /** See {@link #firstPredecessor}, which must have been asked before. */
    public int predecessor(int number) {
        return predecessors[number];
    }

    /** Blocks so that each comes after its predecessors, except over edges that close a cycle. */
    public int[] reversePostorder() {
        return reversePostorder.clone();
    }

    /** The block that starts at a slot; -1 if none does. */
    public int blockAt(int slot) {
        return slot < start || slot >= end ? NONE : byFirst[slot - start];
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

    /** Puts the predecessors of all blocks into one array; gives where each block's start. */
    private int[] invert() {
        int[] starts = new int[size + 1];
        for (int block = 0; block < size; block++) {
            for (int i = successorCount(block) - 1; i >= 0; i--) {
                starts[successor(block, i)]++;
            }
        }
        int sum = 0;
        for (int block = 0; block <= size; block++) {
            sum += starts[block];
            starts[block] = sum;
        }
        predecessors = new int[sum];
        for (int block = 0; block < size; block++) {
            for (int i = successorCount(block) - 1; i >= 0; i--) {
                predecessors[--starts[successor(block, i)]] = block;
            }
        }
        return starts;
    }

    private int successorCount(int block) {
        return isHub(block) ? block : (falls[block] == NONE ? 0 : 1) + (jumps[block] == NONE ? 0 : 1);
    }

    private int successor(int block, int index) {
        return isHub(block) ? index : index == 0 && falls[block] != NONE ? falls[block] : jumps[block];
    }

    private int[] order() {
        int[] order = new int[size];
        int[] next = new int[size];
        boolean[] seen = new boolean[size];
        int[] path = new int[size];
        int depth = 1;
        seen[0] = true;
        int at = size;
        while (depth > 0) {
            int block = path[depth - 1];
            if (next[block] == successorCount(block)) {
                order[--at] = block;
                depth--;
            } else {
                int successor = successor(block, next[block]++);
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
        private final LinkedProgram program;
        private final int start;
        private final int end;
        private final boolean[] reached;
        private final boolean[] leaders;
        /** Slots that are reached and not yet walked from. */
        private int[] work = new int[16];
        private int waiting;
        private boolean indirect;
        private int leading;
        private int size;
        private int[] firsts = new int[0];
        private int[] lasts = new int[0];
        private int[] falls = new int[0];
        private int[] jumps = new int[0];
        /** By slot, from the start: the block that starts there. */
        private final int[] indices;

        Builder(Steps steps, int start, int end) {
            this.steps = steps;
            this.program = steps.program();
            this.start = start;
            this.end = end;
            this.reached = new boolean[end - start];
            this.leaders = new boolean[end - start];
            this.indices = new int[end - start];
        }

        Builder build() {
            lead(start);
            while (waiting > 0) {
                walk(work[--waiting]);
            }
            connect();
            return this;
        }

        private void lead(int slot) {
            if (!leaders[slot - start]) {
                leaders[slot - start] = true;
                leading++;
            }
            if (!reached[slot - start]) {
                reached[slot - start] = true;
                if (waiting == work.length) {
                    work = Arrays.copyOf(work, waiting * 2);
                }
                work[waiting++] = slot;
            }
        }

        private void walk(int from) {
            int slot = from;
            int length = 0;
            while (true) {
                Flow flow = steps.flow(slot);
                int next = steps.next(slot);
                switch (flow) {
                    case NEXT -> {
                        // goes on below
                    }
                    case BRANCH -> {
                        lead(program.target(slot));
                        lead(next);
                    }
                    case JUMP -> lead(program.target(slot));
                    case INDIRECT -> leadEverywhere();
                    case END -> {
                        return;
                    }
                }
                if (flow != Flow.NEXT || reached[next - start]) {
                    return;
                }
                length += steps.calls(slot) ? CALL_LENGTH : 1;
                if (length >= LONGEST_BLOCK) {
                    lead(next);
                    return;
                }
                slot = next;
                reached[slot - start] = true;
            }
        }

        private void leadEverywhere() {
            if (indirect) {
                return;
            }
            indirect = true;
            for (int slot = start; slot < end; slot++) {
                if (steps.isInstruction(slot)) {
                    lead(slot);
                }
            }
        }

        /** A block ends before the next leader, or with an instruction after which the next one does not simply follow. */
        private void connect() {
            size = leading + (indirect ? 1 : 0);
            firsts = new int[size];
            lasts = new int[size];
            falls = new int[size];
            jumps = new int[size];
            int block = 0;
            for (int at = 0; at < leaders.length; at++) {
                indices[at] = leaders[at] ? block : NONE;
                if (leaders[at]) {
                    firsts[block++] = start + at;
                }
            }
            for (block = 0; block < leading; block++) {
                connect(block);
            }
            if (indirect) {
                firsts[leading] = end;
                lasts[leading] = end;
                falls[leading] = NONE;
                jumps[leading] = NONE;
            }
        }

        private void connect(int block) {
            int slot = firsts[block];
            int next = steps.next(slot);
            Flow flow = steps.flow(slot);
            while (flow == Flow.NEXT && !leaders[next - start]) {
                slot = next;
                next = steps.next(slot);
                flow = steps.flow(slot);
            }
            lasts[block] = slot;
            boolean goesOn = flow == Flow.NEXT || flow == Flow.BRANCH;
            boolean jumping = flow == Flow.JUMP || flow == Flow.BRANCH;
            falls[block] = goesOn ? indices[next - start] : NONE;
            jumps[block] = jumping ? indices[program.target(slot) - start] : flow == Flow.INDIRECT ? leading : NONE;
        }
    }
}
