// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.Functions;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import org.jspecify.annotations.Nullable;

/** A program for this engine: its two forms, each compiled when it is first needed, and one {@link Run} per lane. */
final class JvmProgram implements LoadedProgram {
    private final JvmEngine engine;
    private final LinkedProgram program;
    private final @Nullable Run[] runs;
    private volatile @Nullable Form plain;
    private volatile @Nullable Form observed;

    JvmProgram(JvmEngine engine, LinkedProgram program) {
        this.engine = engine;
        this.program = program;
        this.runs = new Run[program.machine().lanes()];
    }

    @Override
    public LinkedProgram program() {
        return program;
    }

    /** The program in one of its forms. */
    Form form(boolean wantsRegisters) {
        Form ready = wantsRegisters ? observed : plain;
        return ready != null ? ready : compile(wantsRegisters);
    }

    private synchronized Form compile(boolean wantsRegisters) {
        Form ready = wantsRegisters ? observed : plain;
        if (ready == null) {
            ready = Form.compile(engine, Functions.of(program), wantsRegisters);
            if (wantsRegisters) {
                observed = ready;
            } else {
                plain = ready;
            }
        }
        return ready;
    }

    @Override
    public Outcome run(Lane lane) {
        Form form = form(false);
        return of(lane, form).run(form);
    }

    @Override
    public Outcome observe(Lane lane) {
        Form form = form(true);
        return of(lane, form).run(form);
    }

    private Run of(Lane lane, Form form) {
        Run ready = runs[lane.cpu()];
        if (ready == null) {
            ready = new Run(lane, form);
            runs[lane.cpu()] = ready;
        }
        return ready;
    }

    @Override
    public void close() {
        // nothing is held outside of the heap
    }
}
