// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.fuzz.mutant.Mutant;
import dev.bpf4j.fuzz.mutant.Mutants;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;

/** The evaluator with a seeded bug. */
public final class WrongEngine implements Engine {
    private final Engine mutant = Mutants.of(Isa.system()).stream().filter(one -> one.name().equals("xor32_reg no_zero_extension 0")).map(
            Mutant::engine).findFirst().orElseThrow();

    @Override
    public String name() {
        return mutant.name();
    }

    @Override
    public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
        return mutant.load(machine, program);
    }
}
