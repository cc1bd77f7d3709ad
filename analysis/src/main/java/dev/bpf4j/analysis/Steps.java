// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.LinkedProgram;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The instructions of a linked program, routines included, as {@link Step}s. Immutable to its users; for one thread. */
public final class Steps {
    private final LinkedProgram program;
    private final @Nullable Step[] steps;

    private Steps(LinkedProgram program) {
        this.program = program;
        this.steps = new Step[program.totalSlots()];
    }

    /** The steps of a program. */
    public static Steps of(LinkedProgram program) {
        return new Steps(program);
    }

    /** The program. */
    public LinkedProgram program() {
        return program;
    }

    /** Byte order of the accesses at a slot: routines work on the machine's metadata, which is little-endian. */
    public ByteOrder order(int slot) {
        return program.inRoutine(slot) ? ByteOrder.LITTLE_ENDIAN : program.source().order();
    }

    /**
     * The instruction at a slot.
     *
     * @throws IllegalArgumentException if no instruction starts there
     */
    public Step step(int slot) {
        Step known = steps[slot];
        if (known == null) {
            known = make(slot);
            steps[slot] = known;
        }
        return known;
    }

    private Step make(int slot) {
        Insn insn = program.insn(slot);
        if (insn == null) {
            throw new IllegalArgumentException("no instruction starts at slot " + slot);
        }
        return new Step(slot, insn, Meaning.of(insn.instruction(), order(slot) == ByteOrder.BIG_ENDIAN), program.constant(slot), program
                .poison(
                        slot));
    }
}
