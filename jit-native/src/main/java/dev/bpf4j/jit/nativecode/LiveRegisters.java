// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.Block;
import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Functions;
import dev.bpf4j.analysis.Halves;
import dev.bpf4j.analysis.Liveness;
import java.util.Arrays;

/**
 * Which registers somebody reads after an instruction, the observer of r0 to r9 at the end of main included. For one thread.
 *
 * <p>
 * What Java sees of registers while code has left is less than that: a fault shows none, and what goes on does so with all of them.
 */
final class LiveRegisters {
    /** Of an instruction that is never reached: whatever is done about it does not matter. */
    private static final int EVERYTHING = Halves.range(0, 9);

    /** By slot: halves that are read after the instruction. */
    private final int[] after;

    private LiveRegisters(int[] after) {
        this.after = after;
    }

    static LiveRegisters of(Functions functions) {
        Liveness liveness = Liveness.of(functions, true);
        int[] after = new int[functions.program().totalSlots()];
        Arrays.fill(after, EVERYTHING);
        for (int f = 0; f < functions.graphs().size(); f++) {
            FlowGraph graph = functions.graphs().get(f);
            for (Block block : graph.blocks()) {
                int[] live = liveness.liveAfter(f, block);
                for (int i = 0; i < live.length; i++) {
                    after[block.steps().get(i).slot()] = live[i];
                }
            }
        }
        return new LiveRegisters(after);
    }

    /** Whether a register, r0 to r10, is read after the instruction at a slot. */
    boolean after(int slot, int register) {
        return register == Translator.STACK_POINTER || Halves.any(after[slot], register);
    }
}
