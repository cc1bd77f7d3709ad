// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.interpreter.StepListener;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Writes garbage into all halves of registers that nobody is said to read, after every instruction but calls and exits, after which another
 * function goes on.
 */
final class Scrambler implements StepListener {
    private static final int REGISTERS = 10;
    private final SplittableRandom random = new SplittableRandom(7);
    private final int program;
    private final Map<Integer, Integer> liveAfter = new HashMap<>();

    /** @param ignored halves that are taken for dead although they may be live: a fault that must be found */
    Scrambler(Functions functions, Liveness liveness, int ignored) {
        this.program = functions.program().index();
        for (int f = 0; f < functions.graphs().size(); f++) {
            for (Block block : functions.graphs().get(f).blocks()) {
                int[] after = liveness.liveAfter(f, block);
                for (int i = 0; i < block.steps().size(); i++) {
                    if (block.steps().get(i).effects().stream().noneMatch(Scrambler::leaves)) {
                        liveAfter.put(block.steps().get(i).slot(), after[i] & ~ignored);
                    }
                }
            }
        }
    }

    private static boolean leaves(Effect effect) {
        return effect instanceof Effect.Call || effect instanceof Effect.CallIndirect || effect instanceof Effect.Exit;
    }

    @Override
    public void executed(LinkedProgram running, int slot, Insn insn, long[] before, long[] after) {
        Integer live = running.index() == program ? liveAfter.get(slot) : null;
        if (live == null) {
            return;
        }
        for (int register = 0; register < REGISTERS; register++) {
            long dead = ((live & Halves.low(register)) == 0 ? 0xffff_ffffL : 0) | ((live & Halves.high(register)) == 0 ? 0xffff_ffffL << 32
                    : 0);
            after[register] = after[register] & ~dead | random.nextLong() & dead;
        }
    }
}
