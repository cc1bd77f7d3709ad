// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import java.util.NavigableSet;

/** An accepted program, taken apart into slots. Immutable. */
final class RfcProgram implements LoadedProgram {
    private final RfcReference engine;
    private final LinkedProgram linked;
    private final Slot[] slots;
    private final NavigableSet<Integer> functions;

    /** @param accepted what {@link Acceptance} made of the linked program's code */
    RfcProgram(RfcReference engine, LinkedProgram linked, Acceptance.Accepted accepted) {
        this.engine = engine;
        this.linked = linked;
        this.slots = accepted.slots();
        this.functions = accepted.functions();
    }

    /** The engine that loaded it. */
    RfcReference engine() {
        return engine;
    }

    @Override
    public LinkedProgram program() {
        return linked;
    }

    /** The slot at an index from 0. */
    Slot slot(int index) {
        return slots[index];
    }

    /** Whether a function starts at this index, which may be any number. */
    boolean isFunction(int index) {
        return functions.contains(index);
    }

    /** Whether an instruction starts at this index, which may be any number, and belongs to the same function as another slot. */
    boolean isInstructionOfSameFunction(int index, int other) {
        boolean inside = index >= 0 && index < slots.length;
        boolean secondHalf = inside && index > 0 && slots[index - 1].isWide();
        return inside && !secondHalf && functions.floor(index).equals(functions.floor(other));
    }

    @Override
    public Outcome run(Lane lane) {
        return new RfcRun(lane, this).run();
    }

    @Override
    public Outcome observe(Lane lane) {
        RfcRun run = new RfcRun(lane, this);
        Outcome outcome = run.run();
        run.copyRegisters(lane.exitRegisters());
        return outcome;
    }

    /** Nothing is held. */
    @Override
    public void close() {
    }
}
