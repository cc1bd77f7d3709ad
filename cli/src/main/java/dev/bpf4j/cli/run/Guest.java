// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.LinkedObject;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Timers;
import dev.bpf4j.runtime.context.FlowDissectorContext;
import dev.bpf4j.runtime.context.NetfilterContext;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.context.SkLookupContext;
import dev.bpf4j.runtime.context.SkMsgContext;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.XdpContext;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Consumer;

/** A program in a machine of its own, ready to be run by one engine. For one thread. */
final class Guest implements AutoCloseable {
    private final Setup setup;
    private final Engine engine;
    private final Machine machine;
    private final Lane lane;
    private final LoadedProgram loaded;
    private List<Timers.Ran> timers = List.of();
    private Input current = Input.of(ContextKind.MEMORY, new byte[0]);

    /**
     * Makes the machine and fills the maps.
     *
     * @param print who gets what the program prints
     * @throws LoadException if program, maps or engine refuse
     */
    Guest(Setup setup, Engine engine, Consumer<String> print) throws LoadException {
        this.setup = setup;
        this.engine = engine;
        this.machine = new Machine(setup.settings());
        this.lane = machine.lane(0);
        try {
            machine.onTrace(print);
            LinkedProgram linked = link();
            setup.initial().fill(machine, setup.file().object());
            this.loaded = machine.load(engine, linked);
        } catch (LoadException | RuntimeException e) {
            machine.close();
            throw e;
        }
    }

    private LinkedProgram link() throws LoadException {
        BpfObject object = setup.file().object();
        return object == null ? machine.link(setup.program())
                : Objects.requireNonNull(LinkedObject.link(object, machine, List.of(setup
                        .program())).program(setup.program()));
    }

    Setup setup() {
        return setup;
    }

    Engine engine() {
        return engine;
    }

    Machine machine() {
        return machine;
    }

    /** Puts an input in its place. */
    void prepare(Input input) {
        current = input;
        switch (input.kind()) {
            case XDP -> XdpContext.of(lane).prepare(input.bytes(), setup.surroundings().metadata(), setup.surroundings().ingress(),
                    setup.program().order());
            case SKB -> SkbContext.of(lane).prepare(input.bytes(), SkbContext.Start.LINK, setup.surroundings().socket(), setup.program()
                    .order());
            case SKB_NETWORK -> SkbContext.of(lane).prepare(input.bytes(), SkbContext.Start.NETWORK, setup.surroundings().socket(), setup
                    .program().order());
            case MESSAGE -> SkMsgContext.of(lane).prepare(input.bytes(), setup.program().order());
            case LOOKUP -> SkLookupContext.of(lane).prepare(input.bytes(), setup.surroundings().socket().ingressIfindex(), setup.program()
                    .order());
            case DISSECTOR -> FlowDissectorContext.of(lane).prepare(input.bytes(), setup.surroundings().flags(), setup.program().order());
            case NETFILTER -> NetfilterContext.of(lane).prepare(input.bytes(), setup.surroundings().hook(), setup.surroundings().socket(),
                    setup.program().order());
            case MEMORY -> lane.raw(input.bytes());
            case BYTES -> lane.context(input.bytes());
        }
    }

    /** Puts the same input there again. */
    void restore() {
        if (current.kind().packet() && lane.environment() instanceof PacketContext packet) {
            packet.restore();
        } else {
            prepare(current);
        }
    }

    /** Runs on what was put there last. */
    Outcome run() {
        Outcome outcome = loaded.run(lane);
        timers = machine.timers().expire(engine, lane);
        return outcome;
    }

    /** Lets time pass, and runs the timers that are due then. */
    List<Timers.Ran> pass(long nanos) {
        return machine.timers().pass(engine, lane, nanos);
    }

    /** Timers that are set and were not due yet. */
    int pendingTimers() {
        return machine.timers().pending(lane);
    }

    /** Runs on an input and looks at what came of it. */
    Observation observe(Input input) {
        prepare(input);
        Outcome outcome = run();
        return switch (input.kind()) {
            case XDP, SKB, SKB_NETWORK, MESSAGE, LOOKUP, DISSECTOR, NETFILTER -> {
                PacketContext packet = (PacketContext) Objects.requireNonNull(lane.environment());
                yield new Observation(outcome, packet.packetBytes(), packet.metadataBytes(), effects(packet.effects()));
            }
            case MEMORY, BYTES -> new Observation(outcome, lane.contextBytes(), new byte[0], effects(""));
        };
    }

    /** What the context tells, and how many timers ran, and how those ended that faulted. */
    private String effects(String told) {
        if (timers.isEmpty()) {
            return told;
        }
        StringJoiner text = new StringJoiner(" ");
        if (!told.isEmpty()) {
            text.add(told);
        }
        text.add("timers=" + timers.size());
        for (Timers.Ran ran : timers) {
            if (ran.outcome() instanceof Outcome.Fault fault) {
                text.add("timer_fault=" + fault.kind());
            }
        }
        return text.toString();
    }

    /** The packet that was run on last. */
    PacketContext packet() {
        return (PacketContext) Objects.requireNonNull(lane.environment());
    }

    /** The program that a fault happened in; differs from the one started after a tail call. */
    LinkedProgram programOf(Outcome.Fault fault) {
        return machine.programs().get(fault.program());
    }

    @Override
    public void close() {
        machine.close();
    }
}
