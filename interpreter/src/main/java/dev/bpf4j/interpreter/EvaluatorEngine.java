// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs by walking the table's effect trees: the slow engine that the others are compared with, and the one that can be watched step
 * by step.
 */
public final class EvaluatorEngine implements Activation.Loop {
    private final String name;
    private final Stepper.Meaning meaning;
    private final @Nullable StepListener listener;

    /** An engine that nobody watches. */
    public EvaluatorEngine() {
        this(null);
    }

    /** An engine whose every step is told to a listener. */
    public EvaluatorEngine(@Nullable StepListener listener) {
        this("evaluator", Stepper.Meaning.TABLE, listener);
    }

    /**
     * An engine for another table, in which rows of programs mean something else: what comparisons of engines are tested with. Routines of helpers
     * stay as they are, since nothing would end one that goes round in circles.
     *
     * @param isa {@link Isa#system()} with other effects; rows and their order must be the same
     */
    public EvaluatorEngine(String name, Isa isa) {
        this(name, Stepper.Meaning.of(isa), null);
    }

    private EvaluatorEngine(String name, Stepper.Meaning meaning, @Nullable StepListener listener) {
        this.name = name;
        this.meaning = meaning;
        this.listener = listener;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) {
        return new Interpreted(this, program);
    }

    @Override
    public void loop(Activation activation) {
        Stepper stepper = activation.stepper(meaning, listener);
        int next = activation.pc();
        while (next != Activation.ENDED) {
            next = stepper.step(next);
            if (next == Activation.SWITCH) {
                next = activation.pc();
            }
        }
    }
}
