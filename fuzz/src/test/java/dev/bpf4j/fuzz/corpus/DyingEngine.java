// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;

/** The evaluator, which ends its process at programs with a certain instruction. */
public final class DyingEngine implements Engine {
    /** The row of the instruction. */
    static final String ROW = "smod64_reg";
    private static final int CODE = 134;
    private final Engine evaluator = new EvaluatorEngine();

    @Override
    public String name() {
        return "dying";
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
        for (int slot = 0; slot < program.slots(); slot++) {
            Insn insn = program.insn(slot);
            if (insn != null && insn.instruction().name().equals(ROW)) {
                Runtime.getRuntime().halt(CODE);
            }
        }
        return evaluator.load(machine, program);
    }
}
