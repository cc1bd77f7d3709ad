// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.conformance.bpft.BpftCase.MemoryKind;
import dev.bpf4j.conformance.bpft.BpftCase.Start;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The machine of one run of a case, and what is looked at afterwards. */
final class CaseMachine implements AutoCloseable {
    private final BpftCase testCase;
    private final Machine machine;
    private final Lane lane;
    private final List<Observation.HelperCall> calls = new ArrayList<>();

    CaseMachine(BpftCase testCase, Policy policy) {
        this.testCase = testCase;
        BpftCase.Setup setup = testCase.setup();
        this.machine = new Machine(Machine.Settings.standard().withPolicy(policy).withLimits(setup.limits()).withHelpers(traced(setup
                .helpers().table())));
        this.lane = machine.lane(0);
        machine.arenaHigh(setup.arenaHigh());
        setup.variables().forEach(machine::variable);
    }

    /** The table with every helper in Java telling that it was called. */
    private HelperTable traced(HelperTable table) {
        HelperTable traced = table;
        for (Helper helper : table.all()) {
            HelperFunction function = helper.function();
            if (function != null && helper.id() != HelperTable.TAIL_CALL) {
                traced = traced.with(helper.id(), helper.name(), (on, r1, r2, r3, r4, r5) -> {
                    int at = calls.size();
                    calls.add(new Observation.HelperCall(helper.id(), r1, r2, r3, r4, r5, 0));
                    long r0 = function.call(on, r1, r2, r3, r4, r5);
                    calls.set(at, new Observation.HelperCall(helper.id(), r1, r2, r3, r4, r5, on.interrupted() ? 0 : r0));
                    return r0;
                });
            }
        }
        return traced;
    }

    /** Makes all maps in their order, links all programs, fills in what the case starts from, and runs the first program. */
    Observation run(Engine engine, boolean observed) {
        try {
            for (MapDefinition map : testCase.program().maps()) {
                machine.map(map);
            }
            for (Program program : testCase.programs()) {
                machine.link(program);
            }
            LinkedProgram main = machine.programs().getFirst();
            start();
            LoadedProgram loaded = machine.load(engine, main);
            Outcome outcome = observed ? loaded.observe(lane) : loaded.run(lane);
            byte[] packet = lane.read(lane.regions().base(Regions.PACKET), Math.toIntExact(lane.regions().size(Regions.PACKET)));
            return new Observation.Run(outcome, observed ? Optional.of(lane.exitRegisters().clone()) : Optional.empty(), lane
                    .contextBytes(), packet, MapContents.of(
                            machine), calls);
        } catch (LoadException e) {
            return new Observation.Rejection(String.valueOf(e.getMessage()));
        }
    }

    /** What an engine makes of the first program. */
    String listing(Engine engine) throws LoadException {
        for (MapDefinition map : testCase.program().maps()) {
            machine.map(map);
        }
        for (Program program : testCase.programs()) {
            machine.link(program);
        }
        return engine.listing(machine, machine.programs().getFirst());
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
        byte[] packet = start.packet();
        if (start.kind() == MemoryKind.CONTEXT) {
            lane.context(start.memory());
        } else {
            lane.raw(start.memory());
        }
        if (packet.length > 0 && testCase.program().type() == ProgramType.XDP) {
            XdpContext.of(lane).prepare(packet, new byte[0], XdpContext.Ingress.STANDARD, testCase.program().order());
        } else {
            long data = lane.packetBuffer() + GuestLayout.PACKET_HEADROOM;
            lane.write(data, packet);
            lane.regions().set(Regions.PACKET, data, packet.length);
        }
        start.registers().forEach((register, value) -> lane.entry()[register] = value);
        MapContents.fill(machine, testCase);
    }

    @Override
    public void close() {
        machine.close();
    }
}
