// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import org.jspecify.annotations.Nullable;

/**
 * Runs programs by walking the table's effect trees: the slow engine that the others are compared with, and the one that can be watched step
 * by step.
 */
public final class EvaluatorEngine implements Activation.Loop {
    private final @Nullable StepListener listener;

    /** An engine that nobody watches. */
    public EvaluatorEngine() {
        this(null);
    }

    /** An engine whose every step is told to a listener. */
    public EvaluatorEngine(@Nullable StepListener listener) {
        this.listener = listener;
    }

    @Override
    public String name() {
        return "evaluator";
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) {
        return new Interpreted(this, program);
    }

    @Override
    public void loop(Activation activation) {
        Stepper stepper = new Stepper(activation, listener);
        int next = activation.pc();
        while (next != Activation.ENDED) {
            next = stepper.step(next);
            if (next == Activation.SWITCH) {
                next = activation.pc();
            }
        }
    }
}
