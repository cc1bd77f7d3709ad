// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.compare;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import java.util.function.BiFunction;

/** The evaluator, with something done to the lane or the outcome after every run. */
final class Sabotaged implements Engine {
    private final EvaluatorEngine evaluator = new EvaluatorEngine();
    private final BiFunction<Lane, Outcome, Outcome> observed;
    private final BiFunction<Lane, Outcome, Outcome> unobserved;

    Sabotaged(BiFunction<Lane, Outcome, Outcome> observed, BiFunction<Lane, Outcome, Outcome> unobserved) {
        this.observed = observed;
        this.unobserved = unobserved;
    }

    static Sabotaged by(BiFunction<Lane, Outcome, Outcome> both) {
        return new Sabotaged(both, both);
    }

    @Override
    public String name() {
        return "sabotaged";
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
        LoadedProgram right = evaluator.load(machine, program);
        return new LoadedProgram() {
            @Override
            public LinkedProgram program() {
                return program;
            }

            @Override
            public Outcome run(Lane lane) {
                return unobserved.apply(lane, right.run(lane));
            }

            @Override
            public Outcome observe(Lane lane) {
                return observed.apply(lane, right.observe(lane));
            }

            @Override
            public void close() {
                right.close();
            }
        };
    }
}
