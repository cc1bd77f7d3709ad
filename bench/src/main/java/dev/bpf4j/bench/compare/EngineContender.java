// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An engine under one policy. Its time includes the call from Java, but not the copying of inputs. */
public final class EngineContender implements Contender {
    private final Engine engine;
    private final Policy policy;

    /** An engine, whether it can run here or not. */
    public EngineContender(Engine engine, Policy policy) {
        this.engine = engine;
        this.policy = policy;
    }

    @Override
    public String name() {
        return engine.name() + " " + policy.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Prepared prepare(CorpusProgram program, Cpu cpu) throws CannotRun {
        Optional<String> unavailable = engine.unavailable();
        if (unavailable.isPresent()) {
            throw new CannotRun(unavailable.get());
        }
        try {
            CorpusMachine machine = CorpusMachine.of(program, cpu, policy);
            try {
                return new Ready(name(), machine, machine.machine().load(engine, machine.main()));
            } catch (LoadException e) {
                machine.close();
                throw e;
            }
        } catch (LoadException e) {
            throw new CannotRun(String.valueOf(e.getMessage()));
        }
    }

    /** A loaded program; the machine closes it. */
    private record Ready(String contender, CorpusMachine machine, LoadedProgram loaded) implements Prepared {
        @Override
        public Observation observe() throws CannotRun {
            long result = 0;
            List<byte[]> memories = new ArrayList<>();
            for (byte[] input : machine.inputs()) {
                machine.put(input);
                result = switch (loaded.run(machine.lane())) {
                    case Outcome.Returned(long r0) -> CorpusProgram.fold(result, r0);
                    case Outcome.Fault fault -> throw new CannotRun("the program ends with " + fault);
                };
                memories.add(machine.memory());
            }
            return new Observation(result, memories);
        }

        @Override
        public double time(int passes) throws Disagreement {
            long nanos = 0;
            long result = 0;
            Lane lane = machine.lane();
            for (byte[] input : machine.inputs()) {
                machine.put(input);
                long start = System.nanoTime();
                Outcome last = repeat(loaded, lane, passes);
                nanos += System.nanoTime() - start;
                result = CorpusProgram.fold(result, last instanceof Outcome.Returned(long r0) ? r0 : -1);
            }
            if (result != machine.program().result()) {
                throw new Disagreement(contender, machine.program(), "while it was timed, result 0x" + Long.toHexString(result)
                        + ", expected 0x" + Long.toHexString(machine.program().result()));
            }
            return (double) nanos / passes;
        }

        private static Outcome repeat(LoadedProgram loaded, Lane lane, int times) {
            Outcome last = loaded.run(lane);
            for (int i = 1; i < times; i++) {
                last = loaded.run(lane);
            }
            return last;
        }

        @Override
        public void close() {
            machine.close();
        }
    }
}
