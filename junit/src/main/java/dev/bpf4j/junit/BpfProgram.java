// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Timers;
import dev.bpf4j.vm.PacketResult;
import dev.bpf4j.vm.VmProgram;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.opentest4j.AssertionFailedError;

/** A program under test. Runs are independent but for the maps. */
public final class BpfProgram {
    private final VmProgram program;

    BpfProgram(VmProgram program) {
        this.program = program;
    }

    /** The same program on another CPU. */
    public BpfProgram on(int lane) {
        return new BpfProgram(program.on(lane));
    }

    /**
     * Runs it on a packet, from the link-layer header on.
     *
     * @throws IllegalStateException if this is no program for packets
     */
    public BpfRun packet(byte[] frame) {
        PacketResult result = program.packet(frame);
        return new BpfRun(program.name(), result.outcome(), frame.clone(), result.packet(), result.metadata(), result.redirect(), program
                .effects());
    }

    /**
     * Runs it on a packet written in hex; blanks do not matter.
     *
     * @throws IllegalArgumentException if this is no hex
     */
    public BpfRun packet(String hex) {
        return packet(HexFormat.of().parseHex(hex.replaceAll("\\s", "")));
    }

    /** Runs it on memory: r1 is its address, r2 its length. */
    public BpfRun memory(byte[] memory) {
        Outcome outcome = program.run(memory);
        return new BpfRun(program.name(), outcome, memory.clone(), program.memory(), new byte[0], null, "");
    }

    /** Runs it on a context, a structure of the program's type. */
    public BpfRun context(byte[] context) {
        Outcome outcome = program.runContext(context);
        return new BpfRun(program.name(), outcome, context.clone(), program.memory(), new byte[0], null, "");
    }

    /** Lets time pass on the program's CPU and runs the timers that become due meanwhile; gives how many, all of which returned. */
    public int pass(Duration time) {
        List<Timers.Ran> ran = program.pass(time);
        for (Timers.Ran timer : ran) {
            if (timer.outcome() instanceof Outcome.Fault fault) {
                throw new AssertionFailedError("a timer of program " + program.name() + " faulted: " + fault);
            }
        }
        return ran.size();
    }

    /** The program below. */
    public VmProgram vmProgram() {
        return program;
    }
}
