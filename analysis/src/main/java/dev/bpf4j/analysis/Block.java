// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import java.util.List;

/**
 * Instructions that are only entered at the first and only left at the last one; or the hub of a function with indirect jumps, which has no
 * instructions: every such jump goes to the hub, and the hub to every instruction.
 *
 * @param index      position in {@link FlowGraph#blocks()}: ascending with the slots
 * @param steps      the instructions; empty for the hub
 * @param successors blocks that may run next, by index: where it falls to first, if it may; then where it jumps to
 * @param falls      whether the first successor is the next instruction
 */
public record Block(int index, List<Step> steps, List<Integer> successors, boolean falls) {
    /** Whether this is where indirect jumps are distributed. */
    public boolean hub() {
        return steps.isEmpty();
    }

    /** Slot of the first instruction; not for the hub. */
    public int first() {
        return steps.getFirst().slot();
    }

    /** The last instruction, which decides what comes next; not for the hub. */
    public Step last() {
        return steps.getLast();
    }
}
