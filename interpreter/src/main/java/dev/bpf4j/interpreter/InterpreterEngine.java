// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.GuestMemory;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Policy;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The interpreter: programs as words of fused instructions, run by loops that are generated from the instruction table. What a loop does not
 * do itself (helpers, rare instructions, faults, the end of the budget) is done one instruction at a time by the table's evaluator, so there
 * is only one place where these are decided.
 */
public final class InterpreterEngine implements Activation.Loop {
    /** The loops of one guest space, defined when first needed. */
    private static final class Loops {
        private final MemorySegment memory;
        private final @Nullable WordLoop[] loops = new WordLoop[4];

        Loops(MemorySegment memory) {
            this.memory = memory;
        }

        synchronized WordLoop of(boolean strict, boolean big) {
            int index = (strict ? 2 : 0) + (big ? 1 : 0);
            WordLoop loop = loops[index];
            if (loop == null) {
                loop = WordLoop.define((strict ? "Strict" : "Sandbox") + (big ? "Big" : "Little") + "Loop", memory);
                loops[index] = loop;
            }
            return loop;
        }
    }

    /** The fusion lists, read at first use. */
    private static final class Lists {
        static final Candidates PLAIN = new Candidates(Isa.system(), false);
        static final Candidates HINTED = new Candidates(Isa.system(), true);
    }

    /** A program with its words. */
    private static final class WordProgram extends Interpreted {
        final WordCode code;

        WordProgram(InterpreterEngine engine, LinkedProgram program, WordCode code) {
            super(engine, program);
            this.code = code;
        }
    }

    @Override
    public String name() {
        return "interpreter";
    }

    @Override
    public int rank() {
        return 10;
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) {
        boolean strict = machine.policy() == Policy.STRICT;
        return new WordProgram(this, program, new WordCode(program, strict ? Lists.HINTED : Lists.PLAIN, strict));
    }

    @Override
    public void loop(Activation activation) {
        Stepper stepper = activation.stepper(Stepper.Meaning.TABLE, null);
        WordState state = activation.words();
        int slot = activation.pc();
        while (slot != Activation.ENDED) {
            WordCode code = ((WordProgram) activation.loaded()).code;
            int word = code.wordAt(slot);
            if (word >= 0 && code.words()[word] != 0 && activation.mayRun()) {
                state.enter(activation, word);
                boolean big = !activation.inRoutine() && activation.program().source().order() == ByteOrder.BIG_ENDIAN;
                state.leave(activation, code, wordLoop(activation, state, big).run(state.values(), code.words()));
                slot = activation.pc();
                if (!state.cold()) {
                    continue;
                }
            }
            slot = stepper.step(slot);
            state.learn(activation);
            if (slot == Activation.SWITCH) {
                slot = activation.pc();
            }
        }
    }

    /** The loop for an activation's memory and policy, which stay the same for as long as there is the activation. */
    private static WordLoop wordLoop(Activation activation, WordState state, boolean big) {
        WordLoop known = state.loop(big);
        if (known == null) {
            GuestMemory memory = activation.machine().memory();
            known = memory.attachment(Loops.class, () -> new Loops(memory.segment())).of(activation.machine().policy() == Policy.STRICT,
                    big);
            state.loop(big, known);
        }
        return known;
    }
}
