// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.LinkedProgram;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The instructions of a linked program, routines included, as {@link Step}s. Immutable to its users; for one thread. */
public final class Steps {
    private static final short NOTHING = -1;
    private static final short POISONED = -2;

    private final LinkedProgram program;
    /** By slot; made when somebody asks. */
    private final @Nullable Step[] steps;
    /** By slot: index of the instruction's row in the table; {@link #NOTHING} for the second slot of a wide load. */
    private final short[] rows;

    private Steps(LinkedProgram program) {
        this.program = program;
        this.steps = new Step[program.totalSlots()];
        this.rows = new short[program.totalSlots()];
        for (int slot = 0; slot < rows.length; slot++) {
            Insn insn = program.insn(slot);
            rows[slot] = insn == null ? NOTHING : (short) (program.poison(slot) == null ? insn.instruction().index() : POISONED);
        }
    }

    // ---- what passes over all of a program ask: no step is made for it ----

    /** Whether an instruction starts at a slot. */
    boolean isInstruction(int slot) {
        return rows[slot] != NOTHING;
    }

    /** Index of the row of the instruction at a slot; negative if it is poisoned, or if none starts there. */
    public int row(int slot) {
        return rows[slot];
    }

    /**
     * The instruction at a slot, without its meaning.
     *
     * @throws IllegalArgumentException if no instruction starts there
     */
    public Insn insn(int slot) {
        Insn insn = program.insn(slot);
        if (insn == null) {
            throw new IllegalArgumentException("no instruction starts at slot " + slot);
        }
        return insn;
    }

    /** What an instruction does to the flow. */
    FlowGraph.Flow flow(int slot) {
        int row = rows[slot];
        return row < 0 ? FlowGraph.Flow.END : Meaning.flow(row);
    }

    /** Whether an instruction calls something. */
    boolean calls(int slot) {
        int row = rows[slot];
        return row >= 0 && Meaning.calls(row);
    }

    /** The slot of the instruction behind the one at a slot. */
    int next(int slot) {
        return slot + 1 < rows.length && rows[slot + 1] == NOTHING ? slot + 2 : slot + 1;
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
        Insn insn = insn(slot);
        return new Step(slot, insn, Meaning.of(insn.instruction(), order(slot) == ByteOrder.BIG_ENDIAN), program.constant(slot), program
                .poison(
                        slot));
    }
}
