// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import java.util.List;

/**
 * An innermost loop that is entered at its head only, goes back from one place only, and in which nothing but that jump takes budget: no calls,
 * no legacy packet access.
 *
 * @param head   block where it starts
 * @param latch  block that ends with the jump back to the head
 * @param blocks all its blocks by index, each behind those of its predecessors that are in the loop; the head first, the latch last
 */
public record Loop(int head, int latch, List<Integer> blocks) {

    /** Whether a block belongs to it. */
    public boolean contains(int block) {
        return blocks.contains(block);
    }
}
