// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.conformance.bpft.BpftCase.Ends;
import dev.bpf4j.conformance.bpft.BpftCase.MemoryKind;
import dev.bpf4j.conformance.bpft.BpftCase.Start;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.Regions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The machine of one run of a case, and what is looked at afterwards. */
final class CaseMachine implements AutoCloseable {
    private final BpftCase testCase;
    private final Machine machine;
    private final Lane lane;

    CaseMachine(BpftCase testCase, Policy policy) {
        this.testCase = testCase;
        BpftCase.Setup setup = testCase.setup();
        this.machine = new Machine(Machine.Settings.standard().withPolicy(policy).withLimits(setup.limits()).withHelpers(setup.helpers()
                .table()));
        this.lane = machine.lane(0);
        machine.arenaHigh(setup.arenaHigh());
        setup.variables().forEach(machine::variable);
    }

    /**
     * Links all programs, fills in what the case starts from, and runs the first program.
     *
     * @throws LoadException if the machine or the engine rejects a program
     */
    Outcome run(Engine engine, boolean observed) throws LoadException {
        for (Program program : testCase.programs()) {
            machine.link(program);
        }
        LinkedProgram main = machine.programs().getFirst();
        start();
        return observed ? machine.load(engine, main).observe(lane) : machine.load(engine, main).run(lane);
    }

    /** Why the machine, or the engine, rejects the case's programs; empty if neither does. */
    String rejection(Engine engine) {
        try {
            for (Program program : testCase.programs()) {
                machine.load(engine, machine.link(program));
            }
            return "";
        } catch (LoadException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void start() throws LoadException {
        Start start = testCase.start();
        if (start.kind() == MemoryKind.CONTEXT) {
            lane.context(start.memory());
        } else {
            lane.raw(start.memory());
        }
        byte[] packet = start.packet();
        if (packet != null) {
            long data = lane.packetBuffer() + GuestLayout.PACKET_HEADROOM;
            lane.write(data, packet);
            lane.regions().set(Regions.PACKET, data, packet.length);
        }
        start.registers().forEach((register, value) -> lane.entry()[register] = value);
        MapContents.fill(machine, testCase);
    }

    /** The first thing that is not as expected; empty if there is none. */
    Optional<String> difference(Outcome outcome, Ends ends, boolean observed) {
        if (!outcome.sameAs(ends.outcome())) {
            return Optional.of("expected " + ends.outcome() + ", found " + outcome);
        }
        if (observed && outcome instanceof Outcome.Returned) {
            for (Map.Entry<Integer, Long> expected : ends.registers().entrySet()) {
                long found = lane.exitRegisters()[expected.getKey()];
                if (found != expected.getValue()) {
                    return Optional.of("expected r" + expected.getKey() + " to be 0x" + Long.toHexString(expected.getValue())
                            + ", found 0x" + Long.toHexString(found));
                }
            }
        }
        Optional<String> memory = bytes("memory", ends.memory(), lane.contextBytes());
        if (memory.isPresent()) {
            return memory;
        }
        byte[] expectedPacket = ends.packet();
        if (expectedPacket != null) {
            byte[] packet = lane.read(lane.regions().base(Regions.PACKET), Math.toIntExact(lane.regions().size(Regions.PACKET)));
            Optional<String> difference = bytes("packet", expectedPacket, packet);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return MapContents.difference(machine, testCase, ends);
    }

    private static Optional<String> bytes(String what, byte @Nullable [] expected, byte[] found) {
        int at = expected == null ? -1 : Arrays.mismatch(expected, found);
        if (expected == null || at < 0) {
            return Optional.empty();
        }
        if (at == expected.length || at == found.length) {
            return Optional.of("expected a " + what + " of " + expected.length + " bytes, found " + found.length);
        }
        return Optional.of("expected byte " + at + " of the " + what + " to be 0x" + Integer.toHexString(expected[at] & 0xff)
                + ", found 0x" + Integer.toHexString(found[at] & 0xff));
    }

    @Override
    public void close() {
        machine.close();
    }
}
