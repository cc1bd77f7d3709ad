// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pass of a program is, from the evaluator, which is watched step by step.
 *
 * @param slots        instruction slots of the object's program that is run
 * @param instructions eBPF instructions executed in a pass, a helper call being one; in the second pass, when maps are filled
 * @param observation  what it leaves
 */
public record Execution(int slots, long instructions, Observation observation) {
    /**
     * Runs a program twice in the evaluator.
     *
     * @throws LoadException if it cannot be loaded, ends with a fault, or gives another result the second time
     */
    public static Execution of(CorpusProgram program, Cpu cpu) throws LoadException {
        long[] count = {0};
        EvaluatorEngine evaluator = new EvaluatorEngine((linked, slot, insn, before, after) -> {
            if (slot < linked.slots()) {
                count[0]++;
            }
        });
        try (CorpusMachine machine = CorpusMachine.of(program, cpu, Policy.STRICT)) {
            Observation first = pass(machine, evaluator);
            count[0] = 0;
            Observation second = pass(machine, evaluator);
            if (first.result() != second.result()) {
                throw new LoadException(program.name() + ": a second run gives another result, which a program of the corpus must not");
            }
            return new Execution(machine.main().slots(), count[0], second);
        }
    }

    private static Observation pass(CorpusMachine machine, EvaluatorEngine evaluator) throws LoadException {
        long result = 0;
        List<byte[]> memories = new ArrayList<>();
        for (byte[] input : machine.inputs()) {
            machine.put(input);
            result = switch (machine.machine().load(evaluator, machine.main()).run(machine.lane())) {
                case Outcome.Returned(long r0) -> CorpusProgram.fold(result, r0);
                case Outcome.Fault fault -> throw new LoadException(machine.program().name() + " ends with " + fault);
            };
            memories.add(machine.memory());
        }
        return new Observation(result, memories);
    }
}
