// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;

/** A program for an engine of this module; the engine keeps one activation with each lane, for all programs. */
class Interpreted implements LoadedProgram {
    private final Activation.Loop engine;
    private final LinkedProgram program;

    Interpreted(Activation.Loop engine, LinkedProgram program) {
        this.engine = engine;
        this.program = program;
    }

    @Override
    public LinkedProgram program() {
        return program;
    }

    @Override
    public Outcome run(Lane lane) {
        return activation(lane).run(this, false);
    }

    @Override
    public Outcome observe(Lane lane) {
        return activation(lane).run(this, true);
    }

    private Activation activation(Lane lane) {
        return lane.attachment(engine, Activation.class, () -> new Activation(engine, this, lane));
    }

    @Override
    public void close() {
        // nothing is held outside of the heap
    }
}
