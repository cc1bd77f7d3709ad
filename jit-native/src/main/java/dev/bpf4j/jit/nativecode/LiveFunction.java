// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.FlowGraph;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What {@link LiveRegisters} knows of one function, and which of its blocks have to be looked at. Sets of registers are bits. */
final class LiveFunction {
    private final FlowGraph graph;
    /** The blocks, those that run last first. */
    private final int[] order;
    /** By block: its place in this order. */
    private final int[] position;
    private final short[] liveIn;
    private final BitSet waiting;
    private final List<Caller> callers = new ArrayList<>();
    private int exit;
    private int at;

    private record Caller(LiveFunction function, int block) {}

    /** A function, all of whose blocks have to be looked at. */
    LiveFunction(FlowGraph graph, int exit) {
        this.graph = graph;
        this.exit = exit;
        int blocks = graph.size();
        int[] forward = graph.reversePostorder();
        this.order = new int[blocks];
        this.position = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            order[i] = forward[blocks - 1 - i];
            position[order[i]] = i;
        }
        this.liveIn = new short[blocks];
        this.waiting = new BitSet(blocks);
        waiting.set(0, blocks);
    }

    FlowGraph graph() {
        return graph;
    }

    /** Read at or after the start of a block. */
    int liveIn(int block) {
        return liveIn[block];
    }

    /** Read after the function returns, of what it leaves. */
    int exit() {
        return exit;
    }

    /** Read at or after the end of a block, but for what the function leaves. */
    int liveOut(int block) {
        if (graph.isHub(block)) {
            int live = 0;
            for (int successor = 0; successor < block; successor++) {
                live |= liveIn[successor];
            }
            return live;
        }
        int falls = graph.falls(block);
        int jumps = graph.jumps(block);
        return (falls < 0 ? 0 : liveIn[falls]) | (jumps < 0 ? 0 : liveIn[jumps]);
    }

    /** A caller reads these after the function. */
    void demand(int registers) {
        if ((exit | registers) == exit) {
            return;
        }
        exit |= registers;
        for (int block = 0; block < position.length; block++) {
            if (graph.falls(block) < 0 && graph.jumps(block) < 0 && !graph.isHub(block)) {
                waiting.set(position[block]);
            }
        }
    }

    /** A block of a function calls this one, or may do so. */
    void calledFrom(LiveFunction function, int block) {
        Caller caller = new Caller(function, block);
        if (callers.isEmpty() || !callers.getLast().equals(caller)) {
            callers.add(caller);
        }
    }

    /** The next block to look at; -1 if there is none. */
    int next() {
        int found = waiting.nextSetBit(at);
        if (found < 0) {
            found = waiting.nextSetBit(0);
        }
        if (found < 0) {
            at = 0;
            return -1;
        }
        waiting.clear(found);
        at = found + 1;
        return order[found];
    }

    /** Sets what is live at the start of a block; true if that has changed: then what comes before it has to be looked at. */
    boolean update(int block, int live) {
        if (live == liveIn[block]) {
            return false;
        }
        liveIn[block] = (short) live;
        int end = graph.firstPredecessor(block + 1);
        for (int i = graph.firstPredecessor(block); i < end; i++) {
            waiting.set(position[graph.predecessor(i)]);
        }
        if (block == 0) {
            callers.forEach(caller -> caller.function().waiting.set(caller.function().position[caller.block()]));
        }
        return true;
    }
}
