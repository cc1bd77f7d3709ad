// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.RefusedByLinux;
import dev.bpf4j.conformance.linux.LinuxEngine;
import dev.bpf4j.conformance.linux.LinuxProgram;
import dev.bpf4j.conformance.linux.RunRefused;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.context.XdpContext;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The running kernel's verifier and JIT. A time is what BPF_PROG_TEST_RUN reports as the average of many runs, in whole nanoseconds, less what it
 * reports for an empty program with the same input.
 */
public final class KernelContender implements Contender {
    /** The name in reports. */
    public static final String NAME = "linux";

    private static final LinuxEngine ENGINE = new LinuxEngine();

    private final List<RefusedByLinux> notAsked;

    /** Asks the kernel for every program. */
    public KernelContender() {
        this(List.of());
    }

    /**
     * Does not ask for some programs.
     *
     * @param notAsked programs that are known to be refused, after a long time
     */
    public KernelContender(List<RefusedByLinux> notAsked) {
        this.notAsked = List.copyOf(notAsked);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Linux " + System.getProperty("os.version") + ", BPF_PROG_TEST_RUN less an empty program";
    }

    @Override
    public Prepared prepare(CorpusProgram program, Cpu cpu) throws CannotRun {
        for (RefusedByLinux row : notAsked) {
            if (row.program().equals(program.name())) {
                throw new CannotRun("not asked: listed as refused with " + row.errno() + ", " + row.reason());
            }
        }
        Optional<String> unavailable = ENGINE.unavailable();
        if (unavailable.isPresent()) {
            throw new CannotRun(unavailable.get());
        }
        try {
            CorpusMachine machine = CorpusMachine.of(program, cpu, Policy.STRICT);
            try {
                return new Ready(machine, load(machine.machine(), machine), Empty.of(program.overPackets()));
            } catch (LoadException e) {
                machine.close();
                throw e;
            }
        } catch (LoadException e) {
            throw new CannotRun(String.valueOf(e.getMessage()));
        }
    }

    private static LinuxProgram load(Machine machine, CorpusMachine corpus) throws LoadException {
        return (LinuxProgram) machine.load(ENGINE, corpus.main());
    }

    /** {@code r0 = 0; exit}, of the same type. */
    private record Empty(Machine machine, LinuxProgram loaded, boolean overPackets) {
        static Empty of(boolean overPackets) throws LoadException {
            ByteOrder order = ByteOrder.nativeOrder();
            Program program = Program.raw("empty", order, new Assembler(Isa.bpf()).assemble("empty", "r0 = 0\nexit", order));
            Machine machine = new Machine(Machine.Settings.standard());
            try {
                Program typed = overPackets ? program.withType(ProgramType.XDP) : program;
                return new Empty(machine, (LinuxProgram) machine.load(ENGINE, machine.link(typed)), overPackets);
            } catch (LoadException e) {
                machine.close();
                throw e;
            }
        }

        int nanosPerRun(byte[] input, int times) {
            if (overPackets) {
                XdpContext.of(machine.lane(0)).prepare(input);
            } else {
                machine.lane(0).raw(input);
            }
            return loaded.nanosPerRun(machine.lane(0), times);
        }
    }

    private record Ready(CorpusMachine machine, LinuxProgram loaded, Empty empty) implements Prepared {
        @Override
        public Observation observe() throws CannotRun {
            long result = 0;
            List<byte[]> memories = new ArrayList<>();
            for (byte[] input : machine.inputs()) {
                machine.put(input);
                result = CorpusProgram.fold(result, run());
                memories.add(machine.memory());
            }
            return new Observation(result, memories);
        }

        private long run() throws CannotRun {
            try {
                return switch (loaded.run(machine.lane())) {
                    case Outcome.Returned(long r0) -> r0;
                    case Outcome.Fault fault -> throw new CannotRun("the program ends with " + fault);
                };
            } catch (RunRefused e) {
                throw new CannotRun(String.valueOf(e.getMessage()));
            }
        }

        /** Nothing is checked here: the kernel does not tell the result of repeated runs. */
        @Override
        public double time(int passes) throws CannotRun {
            long nanos = 0;
            try {
                for (byte[] input : machine.inputs()) {
                    machine.put(input);
                    nanos += loaded.nanosPerRun(machine.lane(), passes) - empty.nanosPerRun(input, passes);
                }
            } catch (RunRefused e) {
                throw new CannotRun(String.valueOf(e.getMessage()));
            }
            return Math.max(0, nanos);
        }

        @Override
        public void close() {
            machine.close();
            empty.machine().close();
        }
    }
}
