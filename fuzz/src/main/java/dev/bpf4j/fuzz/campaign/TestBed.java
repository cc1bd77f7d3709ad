// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.Helpers;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.Maps;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.map.BpfMap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A machine for generated programs: one program at a time is linked, and can be started any number of times from the same state. Not thread-safe.
 *
 * <p>
 * Invariant: whatever a strict program does, it changes nothing but stack, memory, packet, map values and the lane's cells; {@link #prepare} sets
 * all of these but the stack, which each run clears. Under the sandbox policy a program can write anywhere, so the machine is reset as well.
 */
public final class TestBed implements AutoCloseable {
    /** Limits that programs can reach: a wild program that goes round and round ends soon. */
    public static final Limits LIMITS = new Limits(64, 4, 2, 8);
    /** The high half of the arena's user addresses. */
    public static final long ARENA_HIGH = 0x7f12_0000_0000L;
    private static final String TARGET = "target";
    private static final String TARGET_TEXT = """
              r0 = r1
              r0 += 7
              *(u64 *)(r10 - 16) = r0
              exit
            """;
    private static final int CELLS = 32;

    private final Profile profile;
    private final Policy policy;
    private final ByteOrder order;
    private final Machine machine;
    private final Lane lane;
    private final List<MapDefinition> definitions;
    private final BpfMap values;
    private final @Nullable BpfMap table;
    private final Program target;
    private final byte[] cells;
    private final byte[] noValues = new byte[Maps.VALUES_SIZE];

    /** A machine for programs of a profile. Milliseconds. */
    public TestBed(Profile profile, Policy policy, ByteOrder order) {
        this.profile = profile;
        this.policy = policy;
        this.order = order;
        this.machine = new Machine(Machine.Settings.standard().withPolicy(policy).withLimits(LIMITS).withHelpers(Helpers.TEST.table()));
        this.lane = machine.lane(0);
        machine.arenaHigh(ARENA_HIGH);
        machine.variable(Maps.VARIABLE_NAME, variable());
        this.definitions = profile.stateful() ? Maps.withTable(order) : Maps.definitions(order);
        this.target = program(TARGET, new Assembler(Isa.bpf()).assemble(TARGET, TARGET_TEXT, order));
        try {
            this.values = machine.map(definitions.get(Maps.VALUES));
            machine.maps().setProgram(machine.map(definitions.get(Maps.PROGRAMS)), 0, machine.link(target));
        } catch (LoadException e) {
            throw new IllegalStateException("the machine of a test bed cannot be made", e);
        }
        if (values.values() != GuestLayout.MAP_BASE) {
            throw new IllegalStateException("the generator expects the first map's values at 0x" + Long.toHexString(GuestLayout.MAP_BASE));
        }
        this.table = profile.stateful() ? tableOf(machine, definitions.get(Maps.TABLE)) : null;
        machine.maps().checkpoint();
        this.cells = lane.read(lane.cells(), CELLS);
    }

    private static BpfMap tableOf(Machine machine, MapDefinition definition) {
        try {
            return machine.map(definition);
        } catch (LoadException e) {
            throw new IllegalStateException("the machine cannot have the hash table of a test bed", e);
        }
    }

    private static long variable() {
        return GuestLayout.lane(0) + GuestLayout.CONTEXT + Maps.VARIABLE_DISTANCE;
    }

    private Program program(String name, byte[] code) {
        return new Program(name, ProgramType.RAW, "", order, code, List.of(), profile.maps() ? definitions : List.of(), Map.of(
                Maps.VARIABLE,
                Maps.VARIABLE_NAME), Map.of(), Map.of(), List.of(), "GPL");
    }

    /** The machine. */
    public Machine machine() {
        return machine;
    }

    /** The lane that programs run on. */
    public Lane lane() {
        return lane;
    }

    /** The policy. */
    public Policy policy() {
        return policy;
    }

    /** Links a program in the place of the one before. */
    public LinkedProgram link(GeneratedProgram generated) throws LoadException {
        machine.unlinkFrom(1);
        return machine.link(program("", generated.code(order)));
    }

    /** Brings everything that a program can see to what it starts from. */
    public void prepare(GeneratedProgram generated) {
        if (policy == Policy.SANDBOX) {
            machine.reset();
        }
        lane.context(generated.memory());
        long data = lane.packetBuffer() + GuestLayout.PACKET_HEADROOM;
        lane.write(data, generated.packet());
        lane.regions().set(Regions.PACKET, data, generated.packet().length);
        System.arraycopy(generated.registers(), 0, lane.entry(), 0, generated.registers().length);
        if (profile.maps()) {
            lane.write(values.values(), noValues);
        }
        if (table != null) {
            table.clear();
        }
        lane.write(lane.cells(), cells);
    }

    /** Bytes of {@link #state}. */
    public int stateSize() {
        return profile.memory() + profile.packet() + Maps.VALUES_SIZE + CELLS + (table == null ? 0 : Long.BYTES);
    }

    /** What a run has left in memory, packet, map values and cells; {@code into} has {@link #stateSize()} bytes. */
    public void state(byte[] into) {
        int at = copy(lane.contextBase(), profile.memory(), into, 0);
        at = copy(lane.packetBuffer() + GuestLayout.PACKET_HEADROOM, profile.packet(), into, at);
        at = copy(values.values(), Maps.VALUES_SIZE, into, at);
        at = copy(lane.cells(), CELLS, into, at);
        if (table != null) {
            long[] sum = {table.size()};
            table.forEach((key, value) -> sum[0] += (31L * Arrays.hashCode(key) + Arrays.hashCode(value)) * 0x9e37_79b9_7f4a_7c15L);
            ByteBuffer.wrap(into).putLong(at, sum[0]);
        }
    }

    private int copy(long from, int bytes, byte[] into, int at) {
        MemorySegment.copy(lane.memory(), ValueLayout.JAVA_BYTE, from, into, at, bytes);
        return at + bytes;
    }

    /** A generated program as a case that expects nothing in particular. */
    public BpftCase toCase(String name, GeneratedProgram generated) {
        TreeMap<Integer, Long> registers = new TreeMap<>();
        for (int i = 0; i < generated.registers().length; i++) {
            registers.put(i, generated.registers()[i]);
        }
        BpftCase.Setup setup = new BpftCase.Setup(List.of(policy), LIMITS, Helpers.TEST, ARENA_HIGH, Map.of(Maps.VARIABLE_NAME,
                variable()));
        Program main = program("", generated.code(order));
        byte[] place = ByteBuffer.allocate(Integer.BYTES).order(order).putInt(0).array();
        Map<String, List<BpftCase.Entry>> entries = profile.maps() ? Map.of(definitions.get(Maps.PROGRAMS).name(), List.of(
                new BpftCase.ProgramEntry(place, TARGET))) : Map.of();
        BpftCase.Start start = new BpftCase.Start(BpftCase.MemoryKind.CONTEXT, generated.memory().clone(), generated.packet().clone(),
                registers, entries);
        return new BpftCase(name, List.of(), profile.maps() ? List.of(main, target) : List.of(main), setup, start, BpftCase.Ends.with(
                new Outcome.Returned(0)), BpftCase.Scope.ALL, Map.of());
    }

    @Override
    public void close() {
        machine.close();
    }
}
