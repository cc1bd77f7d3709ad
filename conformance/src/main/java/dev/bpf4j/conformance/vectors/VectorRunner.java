// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.vectors;

import dev.bpf4j.conformance.bpft.Helpers;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.OperandKind;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.vectors.Layout;
import dev.bpf4j.isa.vectors.Malformed;
import dev.bpf4j.isa.vectors.Vector;
import dev.bpf4j.isa.vectors.Vectors;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Limits;
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
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs vectors in one engine under one policy. Each run finds the same machine, whatever ran before it. Not thread-safe.
 */
public final class VectorRunner implements AutoCloseable {
    /** Where the memory of vectors lies in the guest's space. */
    public static final long MEMORY = GuestLayout.lane(0) + GuestLayout.CONTEXT;

    /** What r10 is when vectors start. */
    public static final long STACK = GuestLayout.lane(0) + GuestLayout.STACK_TOP;

    /** Far more than any vector needs; an engine that goes round in circles comes to an end. */
    private static final long BUDGET = 100_000;
    private static final int ARRAY = 2;
    private static final int WORD = 8;
    private static final int STACK_POINTER = 10;
    private static final long ARENA_HIGH = 0x7f12_3456_0000_0000L;
    private static final String VARIABLE = "variable";
    private static final long[] NO_REGISTERS = new long[0];
    private static final Decoder DECODER = new Decoder(Isa.bpf());
    private static final List<MapDefinition> MAPS = List.of(MapDefinition.of("map", ARRAY, 4, 64, 4));

    private final Engine engine;
    private final Policy policy;
    private final Machine machine;
    private final Lane lane;
    private boolean dirty;

    /** A runner with a machine of its own. */
    public VectorRunner(Engine engine, Policy policy) {
        this.engine = engine;
        this.policy = policy;
        this.machine = new Machine(Machine.Settings.standard().withPolicy(policy).withLimits(Limits.DEFAULT.withBudget(BUDGET)).withHelpers(
                Helpers.TEST.table()));
        this.machine.variable(VARIABLE, GuestLayout.MAP_BASE);
        this.machine.arenaHigh(ARENA_HIGH);
        this.lane = machine.lane(0);
    }

    /** The vectors that runners can run: made for the addresses of a machine. */
    public static Vectors vectors(ByteOrder order) {
        return new Vectors(Isa.bpf(), order, new Layout(MEMORY, GuestLayout.CODE_BASE));
    }

    /** Whether the instruction under test names r10, so that its value may be seen. */
    public static boolean usesStackPointer(Vector vector) {
        return DECODER.decode(vector.code(), vector.slot(), vector.order()) instanceof Decoder.Decoded(Insn insn) && (isStackPointer(insn,
                FieldName.DST,
                insn.dst()) || isStackPointer(insn, FieldName.SRC, insn.src()));
    }

    private static boolean isStackPointer(Insn insn, FieldName field, int register) {
        return register == STACK_POINTER && insn.instruction().operand(field).isRegister();
    }

    /** The engine. */
    public Engine engine() {
        return engine;
    }

    /**
     * Runs a vector and looks at the registers too.
     *
     * @throws LoadException if the machine or the engine refuses the program
     */
    public VectorObservation observe(Vector vector) throws LoadException {
        return run(vector, true);
    }

    /**
     * Runs a vector in the form in which programs run when nobody looks at their registers.
     *
     * @throws LoadException if the machine or the engine refuses the program
     */
    public VectorObservation run(Vector vector) throws LoadException {
        return run(vector, false);
    }

    private VectorObservation run(Vector vector, boolean observed) throws LoadException {
        machine.unlinkFrom(0);
        if (dirty) {
            machine.reset();
        }
        dirty = leavesTraces(vector.row());
        LinkedProgram linked = machine.link(program(vector.id(), vector.order(), vector.code()));
        LoadedProgram loaded = machine.load(engine, linked);
        lane.raw(vector.memory());
        if (vector.packet().length > 0) {
            long data = lane.packetBuffer() + GuestLayout.PACKET_HEADROOM;
            lane.write(data, vector.packet());
            lane.regions().set(Regions.PACKET, data, vector.packet().length);
        }
        List<Long> elsewhere = policy == Policy.SANDBOX ? elsewhere(vector) : List.of();
        byte[] before = words(elsewhere);
        Outcome outcome = observed ? loaded.observe(lane) : loaded.run(lane);
        boolean hasRegisters = observed && outcome instanceof Outcome.Returned;
        VectorObservation observation = new VectorObservation(outcome, lane.contextBytes(), words(elsewhere), hasRegisters ? lane
                .exitRegisters().clone() : NO_REGISTERS);
        for (int i = 0; i < elsewhere.size(); i++) {
            lane.write(elsewhere.get(i), Arrays.copyOfRange(before, i * WORD, (i + 1) * WORD));
        }
        return observation;
    }

    /** Helpers may change anything that the machine has, its clock for instance. */
    private static boolean leavesTraces(Instruction row) {
        return row.operand(FieldName.IMM).kind() == OperandKind.HELPER || row.effects().stream().anyMatch(
                Effect.CallIndirect.class::isInstance);
    }

    /**
     * Under sandbox an access may go anywhere: the addresses of words that the two registers of the instruction make. What they hold is put back
     * after a run, which takes a thousandth of the time of a reset; an engine that writes to other places differs sooner or later.
     */
    private static List<Long> elsewhere(Vector vector) {
        List<Long> addresses = new ArrayList<>();
        if (DECODER.decode(vector.code(), vector.slot(), vector.order()) instanceof Decoder.Decoded(Insn insn) && insn.instruction()
                .operand(
                        FieldName.OFF).kind() == OperandKind.DISPLACEMENT) {
            for (FieldName field : List.of(FieldName.DST, FieldName.SRC)) {
                if (insn.instruction().operand(field).isRegister()) {
                    int register = insn.field(field);
                    addresses.add((register == STACK_POINTER ? STACK : vector.entryRegisters()[register]) + insn.off());
                }
            }
        }
        return addresses;
    }

    private byte[] words(List<Long> addresses) {
        byte[] words = new byte[addresses.size() * WORD];
        for (int i = 0; i < addresses.size(); i++) {
            System.arraycopy(lane.read(addresses.get(i), WORD), 0, words, i * WORD, WORD);
        }
        return words;
    }

    /** Why the machine or the engine refuses a malformed program; empty if neither does. */
    public Optional<String> rejection(Malformed malformed) {
        machine.unlinkFrom(0);
        try {
            machine.load(engine, machine.link(program(malformed.id(), malformed.order(), malformed.code())));
            return Optional.empty();
        } catch (LoadException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The program of a vector, with a map and a variable for wide loads to refer to. */
    static Program program(String name, ByteOrder order, byte[] code) {
        return new Program(name, ProgramType.RAW, "", order, code, List.of(), MAPS, Map.of(0, VARIABLE), Map.of(), Map.of(), List.of(), "");
    }

    @Override
    public void close() {
        machine.close();
    }
}
