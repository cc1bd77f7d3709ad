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
import dev.bpf4j.runtime.FaultKind;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs vectors under one policy: a vector is linked once and can be loaded and run by any number of engines. Each run finds the same machine,
 * whatever ran before it. Not thread-safe.
 *
 * <pre>{@code
 * runner.link(vector);
 * try (LoadedProgram loaded = runner.load(engine)) {
 *     VectorObservation found = runner.observe(loaded);
 * }
 * }</pre>
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
    private static final long[] NOTHING = new long[0];
    private static final List<FieldName> REGISTERS = List.of(FieldName.DST, FieldName.SRC);
    private static final Decoder DECODER = new Decoder(Isa.bpf());
    private static final Map<Integer, String> VARIABLES = Map.of(0, VARIABLE);
    private static final List<MapDefinition> MAPS = List.of(MapDefinition.of("map", ARRAY, 4, 64, 4));

    private final Policy policy;
    private final Machine machine;
    private final Lane lane;
    private @Nullable Vector vector;
    private @Nullable LinkedProgram linked;
    /** Whether a run may change more of the machine than is looked at and put back. */
    private boolean tracesLeft;
    private long[] elsewhere = NOTHING;
    private boolean dirty;

    /** A runner with a machine of its own. Milliseconds. */
    public VectorRunner(Policy policy) {
        this.policy = policy;
        this.machine = new Machine(Machine.Settings.standard().withPolicy(policy).withLimits(Limits.DEFAULT.withBudget(BUDGET)).withHelpers(
                Helpers.TEST.table()));
        this.machine.variable(VARIABLE, GuestLayout.MAP_BASE);
        this.machine.arenaHigh(ARENA_HIGH);
        this.lane = machine.lane(0);
    }

    /** The vectors that runners can run: made for the addresses of a machine. */
    public static Vectors vectors(ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? Made.BIG : Made.LITTLE;
    }

    /** The vectors of both byte orders, which every case asks for. */
    private static final class Made {
        static final Vectors LITTLE = of(ByteOrder.LITTLE_ENDIAN);
        static final Vectors BIG = of(ByteOrder.BIG_ENDIAN);

        private static Vectors of(ByteOrder order) {
            return new Vectors(Isa.bpf(), order, new Layout(MEMORY, GuestLayout.CODE_BASE));
        }
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

    /**
     * Links a vector's program in the place of the one before.
     *
     * @throws LoadException if the machine refuses the program
     */
    public void link(Vector next) throws LoadException {
        machine.unlinkFrom(0);
        linked = machine.link(program(next.id(), next.order(), next.code()));
        if (vector == null || vector.row() != next.row()) {
            tracesLeft = leavesTraces(next.row());
        }
        vector = next;
        elsewhere = policy == Policy.SANDBOX ? elsewhere(next) : NOTHING;
    }

    /**
     * The linked vector as an engine loads it; to be closed by the caller.
     *
     * @throws LoadException if the engine refuses the program
     */
    public LoadedProgram load(Engine engine) throws LoadException {
        return engine.load(machine, Objects.requireNonNull(linked, "no vector is linked"));
    }

    /** Runs the vector and looks at the registers too. */
    public VectorObservation observe(LoadedProgram loaded) {
        return run(loaded, true);
    }

    /** Runs the vector in the form in which programs run when nobody looks at their registers. */
    public VectorObservation run(LoadedProgram loaded) {
        return run(loaded, false);
    }

    private VectorObservation run(LoadedProgram loaded, boolean observed) {
        Vector now = Objects.requireNonNull(vector, "no vector is linked");
        if (dirty) {
            machine.reset();
        }
        lane.raw(now.memory());
        if (now.packet().length > 0) {
            long data = lane.packetBuffer() + GuestLayout.PACKET_HEADROOM;
            lane.write(data, now.packet());
            lane.regions().set(Regions.PACKET, data, now.packet().length);
        }
        byte[] before = words();
        Outcome outcome = observed ? loaded.observe(lane) : loaded.run(lane);
        dirty = tracesLeft && !calledNothing(outcome);
        boolean hasRegisters = observed && outcome instanceof Outcome.Returned;
        VectorObservation observation = new VectorObservation(outcome, lane.contextBytes(), words(), hasRegisters ? lane.exitRegisters()
                .clone() : NOTHING);
        for (int i = 0; i < elsewhere.length; i++) {
            lane.write(elsewhere[i], Arrays.copyOfRange(before, i * WORD, (i + 1) * WORD));
        }
        return observation;
    }

    /** Whether a run ended at a call because there is nothing to call. */
    private static boolean calledNothing(Outcome outcome) {
        return outcome instanceof Outcome.Fault fault && (fault.kind() == FaultKind.UNKNOWN_HELPER || fault.kind() == FaultKind.BAD_TARGET);
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
    private static long[] elsewhere(Vector vector) {
        if (!(DECODER.decode(vector.code(), vector.slot(), vector.order()) instanceof Decoder.Decoded(Insn insn)) || insn.instruction()
                .operand(FieldName.OFF).kind() != OperandKind.DISPLACEMENT) {
            return NOTHING;
        }
        long[] places = new long[REGISTERS.size()];
        int count = 0;
        for (FieldName name : REGISTERS) {
            if (insn.instruction().operand(name).isRegister()) {
                int register = insn.field(name);
                places[count++] = (register == STACK_POINTER ? STACK : vector.entryRegisters()[register]) + insn.off();
            }
        }
        return Arrays.copyOf(places, count);
    }

    private byte[] words() {
        byte[] words = new byte[elsewhere.length * WORD];
        for (int i = 0; i < elsewhere.length; i++) {
            System.arraycopy(lane.read(elsewhere[i], WORD), 0, words, i * WORD, WORD);
        }
        return words;
    }

    /** Why the machine or an engine refuses a malformed program; empty if neither does. */
    public Optional<String> rejection(Engine engine, Malformed malformed) {
        machine.unlinkFrom(0);
        linked = null;
        try {
            engine.load(machine, machine.link(program(malformed.id(), malformed.order(), malformed.code()))).close();
            return Optional.empty();
        } catch (LoadException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The program of a vector, with a map and a variable for wide loads to refer to. */
    static Program program(String name, ByteOrder order, byte[] code) {
        return new Program(name, ProgramType.RAW, "", order, code, List.of(), MAPS, VARIABLES, Map.of(), Map.of(), List.of(), "");
    }

    @Override
    public void close() {
        machine.close();
    }
}
