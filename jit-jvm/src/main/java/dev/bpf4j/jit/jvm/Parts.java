// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Block;
import dev.bpf4j.analysis.FlowGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A function cut into methods, because HotSpot compiles no method of 8,000 bytes or more. The parts hand the live registers over in an array;
 * {@link Calls#drive} goes from part to part. An indirect jump leaves its part in any case, so every block is an entry then.
 *
 * @param parts the parts; one that is {@link Part#whole()} if the function fits into a method
 */
record Parts(List<Part> parts) {
    /** What a part returns when the function has returned. */
    static final int DONE = -1;
    /** Where the array that parts hand over has the iterations left for {@code may_goto}; r0 to r10 are in front of it. */
    static final int ITERATIONS = 11;
    /** Where it has the slot of the call that a routine works for. */
    static final int CALL = 12;
    /** Length of that array. */
    static final int ARRAY = 13;
    private static final int ENTRY_BITS = 12;
    private static final int METHOD_BITS = 8;

    /**
     * A method's blocks.
     *
     * @param blocks  by index, ascending
     * @param entries those of them that other parts go to; the position is the entry's number in the part
     * @param whole   whether these are all blocks of the function
     */
    record Part(List<Integer> blocks, List<Integer> entries, boolean whole) {}

    /**
     * Cuts a function into parts whose weight does not exceed a limit, if their blocks' weights do not; a loop stays whole if its weight does not
     * either.
     */
    static Parts of(FlowGraph graph, int limit) {
        int[] weights = graph.blocks().stream().mapToInt(block -> Weights.of(block)).toArray();
        if (IntStream.of(weights).asLongStream().sum() <= limit) {
            return new Parts(List.of(new Part(IntStream.range(0, weights.length).boxed().toList(), List.of(), true)));
        }
        int[] ends = loopEnds(graph);
        List<List<Integer>> groups = new ArrayList<>();
        long weight = limit;
        int blocks = graph.indirect() ? weights.length - 1 : weights.length;
        for (int block = 0; block < blocks;) {
            int last = ends[block];
            long own = IntStream.rangeClosed(block, last).asLongStream().map(i -> weights[(int) i]).sum();
            if (own > limit) {
                last = block;
                own = weights[block];
            }
            weight += own;
            if (weight > limit) {
                groups.add(new ArrayList<>());
                weight = own;
            }
            groups.getLast().addAll(IntStream.rangeClosed(block, last).boxed().toList());
            block = last + 1;
        }
        return new Parts(groups.stream().map(group -> new Part(group, entries(graph, group), false)).toList());
    }

    /** For each block the last block of the loops that start there and of those that these overlap with; itself if none starts there. */
    private static int[] loopEnds(FlowGraph graph) {
        int[] ends = new int[graph.blocks().size()];
        for (Block block : graph.blocks()) {
            ends[block.index()] = Math.max(ends[block.index()], block.index());
            if (!block.hub()) {
                block.successors().stream().filter(target -> target < block.index()).forEach(target -> ends[target] = Math.max(ends[target],
                        block.index()));
            }
        }
        for (int head = ends.length - 1; head >= 0; head--) {
            for (int inside = head + 1; inside <= ends[head]; inside++) {
                ends[head] = Math.max(ends[head], ends[inside]);
                inside = Math.max(inside, ends[inside]);
            }
        }
        return ends;
    }

    private static List<Integer> entries(FlowGraph graph, List<Integer> blocks) {
        int first = blocks.getFirst();
        int last = blocks.getLast();
        if (graph.indirect()) {
            return blocks;
        }
        return blocks.stream().filter(block -> block == 0 || IntStream.of(graph.predecessors(block)).anyMatch(p -> p < first || p > last))
                .toList();
    }

    boolean whole() {
        return parts.getFirst().whole();
    }

    /** The number of an entry in the whole program: class, method in the class, entry in the method. */
    static int entry(int inClass, int method, int number) {
        return (inClass << METHOD_BITS | method) << ENTRY_BITS | number;
    }

    static int classOf(int entry) {
        return entry >>> METHOD_BITS + ENTRY_BITS;
    }

    static int methodOf(int entry) {
        return entry >>> ENTRY_BITS & (1 << METHOD_BITS) - 1;
    }

    static int numberOf(int entry) {
        return entry & (1 << ENTRY_BITS) - 1;
    }

    /** Most parts that a class can have. */
    static int methodsPerClass() {
        return 1 << METHOD_BITS;
    }

    /** Entries of all parts by block, when each part has got its class and number there: {@code places} has them packed by {@link #entry}. */
    Map<Integer, Integer> entries(List<Integer> places) {
        Map<Integer, Integer> byBlock = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            List<Integer> entries = parts.get(i).entries();
            for (int number = 0; number < entries.size(); number++) {
                byBlock.put(entries.get(number), places.get(i) | number);
            }
        }
        return byBlock;
    }
}
