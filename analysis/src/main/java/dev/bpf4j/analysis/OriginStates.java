// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What {@link Provenance} knows of one function: the origins of its registers at the start of each block, what it has spilled, who calls it, and
 * which blocks have to be visited.
 */
final class OriginStates {
    /** r0 to r10. */
    static final int REGISTERS = 11;
    /** Eight-byte places of a frame that are followed, below its top; what is spilled elsewhere is not. */
    private static final int PLACES = 64;
    private static final int WORD = 8;

    private final FlowGraph graph;
    private final int[] order;
    /** By block: its place in reverse postorder. */
    private final int[] position;
    /** By block and register. */
    private final int[] kinds;
    private final long[] values;
    private final boolean[] entered;
    /** By place in reverse postorder: whether the block is to be visited. */
    private final BitSet waiting;
    /** The place in reverse postorder from which the next block is looked for. */
    private int at;
    /** By place in the frame: the kind of what was spilled there; empty until something is. */
    private int[] spilled = new int[0];
    /** By block: the places in the frame that it reads, as bits; empty until one does. */
    private long[] reads = new long[0];
    /** Places that have changed since blocks were last told. */
    private long changed;
    private int[] callers = new int[0];
    private int callerCount;

    OriginStates(FlowGraph graph) {
        int blocks = graph.size();
        this.graph = graph;
        this.order = graph.reversePostorder();
        this.position = new int[blocks];
        for (int i = 0; i < blocks; i++) {
            position[order[i]] = i;
        }
        this.kinds = new int[blocks * REGISTERS];
        this.values = new long[blocks * REGISTERS];
        this.entered = new boolean[blocks];
        this.waiting = new BitSet(blocks);
    }

    FlowGraph graph() {
        return graph;
    }

    // ---- blocks ----

    /** Origins come to the start of a block; true if that is something new. */
    boolean enter(int block, int[] incoming, long[] incomingValues) {
        int base = block * REGISTERS;
        boolean news = !entered[block];
        if (news) {
            entered[block] = true;
            System.arraycopy(incoming, 0, kinds, base, REGISTERS);
            System.arraycopy(incomingValues, 0, values, base, REGISTERS);
        } else {
            for (int r = 0; r < REGISTERS; r++) {
                int known = kinds[base + r];
                if (known != incoming[r] || values[base + r] != incomingValues[r]) {
                    news |= join(base + r, known, incoming[r], incomingValues[r]);
                }
            }
        }
        if (news) {
            waiting.set(position[block]);
        }
        return news;
    }

    private boolean join(int place, int known, int incoming, long incomingValue) {
        int joined = Origins.join(known, incoming);
        if (joined == known && (incoming == Origins.NONE || !Origins.hasValue(known))) {
            return false;
        }
        kinds[place] = joined;
        values[place] = known == Origins.NONE ? incomingValue : 0;
        return true;
    }

    /** Copies the origins at the start of a block. */
    void leave(int block, int[] into, long[] intoValues) {
        System.arraycopy(kinds, block * REGISTERS, into, 0, REGISTERS);
        System.arraycopy(values, block * REGISTERS, intoValues, 0, REGISTERS);
    }

    /** A block has to be visited again, unless nothing has come to it yet. */
    void visit(int block) {
        if (entered[block]) {
            waiting.set(position[block]);
        }
    }

    /** The next block to visit; -1 if there is none. */
    int next() {
        int found = waiting.nextSetBit(at);
        if (found < 0) {
            tellReaders();
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

    // ---- what is spilled ----

    /** A value is stored at a place of the frame. */
    void spill(long offset, int kind) {
        int place = place(offset);
        if (place < 0) {
            return;
        }
        if (spilled.length == 0) {
            spilled = new int[PLACES];
        }
        int before = spilled[place];
        int blurred = Origins.blurred(kind);
        int joined = before == blurred ? before : Origins.join(before, blurred);
        if (joined != before) {
            spilled[place] = joined;
            changed |= 1L << place;
        }
    }

    /** What a block reads at a place of the frame. */
    int spilled(long offset, int block) {
        int place = place(offset);
        if (place < 0) {
            return Origins.NUMBER;
        }
        if (reads.length == 0) {
            reads = new long[graph.size()];
        }
        reads[block] |= 1L << place;
        return spilled.length == 0 || spilled[place] == Origins.NONE ? Origins.NUMBER : spilled[place];
    }

    private static int place(long offset) {
        return offset < 0 && offset >= -PLACES * WORD && offset % WORD == 0 ? (int) (offset + PLACES * WORD) / WORD : -1;
    }

    /** What was spilled has become something else: whoever has read it may have to see that. */
    private void tellReaders() {
        if (changed != 0) {
            for (int block = 0; block < reads.length; block++) {
                if ((reads[block] & changed) != 0) {
                    waiting.set(position[block]);
                }
            }
            changed = 0;
        }
    }

    // ---- callers ----

    /** A block of a function calls this one. */
    void calledFrom(int function, int block) {
        for (int i = 0; i < callerCount && i < 4; i++) {
            int latest = callerCount - 1 - i;
            if (callerFunction(latest) == function && callerBlock(latest) == block) {
                return;
            }
        }
        if (callers.length == 2 * callerCount) {
            callers = Arrays.copyOf(callers, 4 * callerCount + 4);
        }
        callers[2 * callerCount] = function;
        callers[2 * callerCount + 1] = block;
        callerCount++;
    }

    int callers() {
        return callerCount;
    }

    int callerFunction(int index) {
        return callers[2 * index];
    }

    int callerBlock(int index) {
        return callers[2 * index + 1];
    }
}
