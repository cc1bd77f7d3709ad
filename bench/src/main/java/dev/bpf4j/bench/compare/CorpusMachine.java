// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.LinkedObject;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.context.XdpContext;
import java.util.List;
import java.util.Objects;

/** A machine with one program of the corpus, its maps filled as the object says, and its inputs. For one thread. */
public final class CorpusMachine implements AutoCloseable {
    private final CorpusProgram program;
    private final Machine machine;
    private final LinkedProgram main;
    private final List<byte[]> inputs;

    private CorpusMachine(CorpusProgram program, Machine machine, LinkedProgram main) {
        this.program = program;
        this.machine = machine;
        this.main = main;
        this.inputs = program.inputs();
    }

    /**
     * Makes one.
     *
     * @throws LoadException if the object is malformed
     */
    public static CorpusMachine of(CorpusProgram program, Cpu cpu, Policy policy) throws LoadException {
        BpfObject object = program.read(cpu);
        Machine machine = new Machine(Machine.Settings.standard().withPolicy(policy));
        try {
            Program wanted = CorpusProgram.typed(object.program(program.entry()));
            LinkedProgram main = Objects.requireNonNull(LinkedObject.link(object, machine, List.of(wanted)).program(wanted));
            return new CorpusMachine(program, machine, main);
        } catch (LoadException e) {
            machine.close();
            throw e;
        }
    }

    /** The program. */
    public CorpusProgram program() {
        return program;
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** The program that is run. */
    public LinkedProgram main() {
        return main;
    }

    /** The one lane. */
    public Lane lane() {
        return machine.lane(0);
    }

    /** The inputs, in order. */
    public List<byte[]> inputs() {
        return inputs;
    }

    /** Puts an input into the lane. */
    public void put(byte[] input) {
        if (program.overPackets()) {
            XdpContext.of(lane()).prepare(input);
        } else {
            lane().raw(input);
        }
    }

    /** What has become of the input. */
    public byte[] memory() {
        return program.overPackets() ? XdpContext.of(lane()).packetBytes() : lane().contextBytes();
    }

    @Override
    public void close() {
        machine.close();
    }
}
