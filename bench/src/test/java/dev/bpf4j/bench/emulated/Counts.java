// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.bench.compare.CorpusMachine;
import dev.bpf4j.bench.compare.Execution;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.emulation.ExecutedInstructions;
import dev.bpf4j.jit.nativecode.NativeEngine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.util.Iterator;

/**
 * What machine code does in a pass over a program of the corpus, the second, when maps are filled.
 *
 * @param executed instructions, those included that enter and leave code
 * @param hot      bytes of the code of instructions
 * @param all      bytes with what is rarely run, and what enters and leaves
 */
record Counts(long executed, int hot, int all) {
    /** What a listing calls the code behind the instructions'. */
    private static final String RARE = "rarely run:";

    /** Counts in an engine whose processor counts. */
    static Counts of(NativeEngine engine, ExecutedInstructions counter, CorpusProgram program, Policy policy, Execution expected)
            throws LoadException {
        try (CorpusMachine machine = CorpusMachine.of(program, Cpu.V3, policy)) {
            LoadedProgram loaded = machine.machine().load(engine, machine.main());
            pass(machine, loaded);
            counter.reset();
            assertThat(pass(machine, loaded)).as("%s in %s", program.name(), engine.name()).isEqualTo(expected.observation().result());
            long executed = counter.get();
            int all = engine.compile(machine.machine(), machine.main(), false).code().bytes().length;
            return new Counts(executed, hot(engine.listing(machine.machine(), machine.main())), all);
        }
    }

    private static long pass(CorpusMachine machine, LoadedProgram loaded) {
        long result = 0;
        for (byte[] input : machine.inputs()) {
            machine.put(input);
            result = CorpusProgram.fold(result, switch (loaded.run(machine.lane())) {
                case Outcome.Returned(long r0) -> r0;
                case Outcome.Fault fault -> throw new AssertionError(machine.program().name() + " ends with " + fault);
            });
        }
        return result;
    }

    /** The offset of the first machine instruction behind the line that starts the rare part. */
    private static int hot(String listing) {
        Iterator<String> lines = listing.lines().iterator();
        boolean rare = false;
        while (lines.hasNext()) {
            String line = lines.next();
            rare |= line.equals(RARE);
            if (rare && line.startsWith("  ") && !line.isBlank()) {
                String[] words = line.strip().split(" ", 2);
                if (words[0].matches("[0-9a-f]+")) {
                    return Integer.parseInt(words[0], 16);
                }
            }
        }
        throw new AssertionError("a listing without a line \"" + RARE + "\"");
    }
}
