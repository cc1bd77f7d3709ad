// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;

/** A program for an engine of this module; keeps one activation per lane. */
class Interpreted implements LoadedProgram {
    private final Activation.Loop engine;
    private final LinkedProgram program;
    private final Activation[] activations;

    Interpreted(Activation.Loop engine, LinkedProgram program) {
        this.engine = engine;
        this.program = program;
        this.activations = new Activation[program.machine().lanes()];
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
        Activation ready = activations[lane.cpu()];
        if (ready == null) {
            ready = new Activation(engine, this, lane);
            activations[lane.cpu()] = ready;
        }
        return ready;
    }

    @Override
    public void close() {
        // nothing is held outside of the heap
    }
}
