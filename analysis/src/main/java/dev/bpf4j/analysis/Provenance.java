// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.analysis.Functions.Callee;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.Region;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Predicts for each memory access the region that it goes to. {@link Origin.Frame} and the address of {@link Origin.Fixed} are certain;
 * everything else is a guess that costs time if it is wrong: what is spilled to the stack is taken to be there still, a value read from a context is taken
 * for a packet pointer if it is used as one. For one thread.
 *
 * <p>
 * Problem: programs are large, and this is done for each of them before it runs. Structure: origins are numbers ({@link Origins}), effects are
 * code ({@link OriginCode}), states stand in arrays. Of each function the blocks whose start has changed are visited in reverse postorder, again
 * and again until none has; a function comes again when its arguments change, or the result of one that it calls. Invariant: origins at the start
 * of a block only grow by {@link Origins#join}, so this ends soon; it is cut off if it does not.
 */
public final class Provenance {
    private static final int LOOKUP = 1;
    private static final int LONG = 64;
    private static final int INT = 32;
    /** Visits of instructions, per instruction of the program, after which nothing more is learnt. */
    private static final long PATIENCE = 100;
    private static final Effect.CallKind[] CALLS = Effect.CallKind.values();

    private final Functions functions;
    private final Steps steps;
    private final LinkedProgram program;
    /** By slot: what the address of its access is taken for; {@link Origins#NONE} where no access has been seen. */
    private final int[] kinds;
    private final long[] values;
    /** By function; null for routines. */
    private final @Nullable OriginStates[] states;
    /** By function: what it returns, blurred. */
    private final int[] results;
    /** Functions whose blocks are to be visited. */
    private final boolean[] waiting;
    private @Nullable List<Region> lasting;
    private final OriginMachine machine;

    private Provenance(Functions functions) {
        this.functions = functions;
        this.steps = functions.steps();
        this.program = functions.program();
        this.kinds = new int[program.totalSlots()];
        this.values = new long[program.totalSlots()];
        this.states = new OriginStates[functions.count()];
        this.results = new int[functions.count()];
        this.waiting = new boolean[functions.count()];
        this.machine = new OriginMachine(this, program);
    }

    /** Predictions for a program. */
    public static Provenance of(Functions functions) {
        Provenance provenance = new Provenance(functions);
        provenance.solve();
        return provenance;
    }

    /** What the address of the access at a slot is taken for. */
    public Origin at(int slot) {
        int kind = kinds[slot];
        return switch (Origins.kind(kind)) {
            case Origins.FRAME -> new Origin.Frame(values[slot]);
            case Origins.STACK -> new Origin.Stack();
            case Origins.CONTEXT -> new Origin.Context();
            case Origins.PACKET -> new Origin.Packet();
            case Origins.SHARED -> new Origin.Shared(base(kind));
            case Origins.FIXED -> new Origin.Fixed(base(kind), values[slot]);
            default -> new Origin.Unknown();
        };
    }

    private long base(int kind) {
        return lasting().get(Origins.region(kind)).base();
    }

    // ---- the solution ----

    private void solve() {
        long patience = PATIENCE * (program.totalSlots() + 64L);
        for (int f = 0; f < states.length; f++) {
            if (!functions.isRoutine(f)) {
                OriginStates state = new OriginStates(functions.graph(f));
                states[f] = state;
                machine.enterFunction(f == 0);
                state.enter(0, machine.kinds(), machine.values());
                waiting[f] = true;
            }
        }
        boolean again = true;
        while (again && patience > 0) {
            again = false;
            for (int f = 0; f < states.length; f++) {
                if (waiting[f]) {
                    waiting[f] = false;
                    again = true;
                    patience -= solve(f, patience);
                }
            }
        }
        if (patience <= 0) {
            Arrays.fill(kinds, Origins.NONE);
        }
    }

    /** Visits blocks of a function until none has changed, or patience is at an end; gives how many instructions that were. */
    private long solve(int function, long patience) {
        OriginStates state = state(function);
        FlowGraph graph = state.graph();
        long visited = 0;
        for (int block = state.next(); block >= 0 && visited < patience; block = state.next()) {
            state.leave(block, machine.kinds(), machine.values());
            if (graph.isHub(block)) {
                for (int successor = 0; successor < block; successor++) {
                    state.enter(successor, machine.kinds(), machine.values());
                }
                visited += block;
                continue;
            }
            machine.run(function, block, state);
            int falls = graph.falls(block);
            int jumps = graph.jumps(block);
            if (falls >= 0) {
                state.enter(falls, machine.kinds(), machine.values());
            }
            if (jumps >= 0) {
                state.enter(jumps, machine.kinds(), machine.values());
            }
            visited += 1 + graph.last(block) - graph.first(block);
        }
        return visited;
    }

    private OriginStates state(int function) {
        OriginStates state = states[function];
        if (state == null) {
            throw new IllegalStateException("routines are not predicted");
        }
        return state;
    }

    // ---- what the machine asks ----

    Steps steps() {
        return steps;
    }

    void note(int slot, int kind, long value) {
        kinds[slot] = Origins.isScalar(kind) || kind == Origins.NONE ? Origins.UNKNOWN : kind;
        values[slot] = value;
    }

    /** A function returns this. */
    void result(int function, int kind) {
        int blurred = Origins.blurred(kind);
        int before = results[function];
        int joined = before == blurred ? before : Origins.join(before, blurred);
        if (joined != before) {
            results[function] = joined;
            // Callers have taken it for a number so far.
            if (before != Origins.NONE || joined != Origins.NUMBER) {
                OriginStates state = state(function);
                for (int i = 0; i < state.callers(); i++) {
                    state(state.callerFunction(i)).visit(state.callerBlock(i));
                    waiting[state.callerFunction(i)] = true;
                }
            }
        }
    }

    /** Does a call with the registers of the machine, and gives the kind of its result. */
    int call(int slot, int callKind, int function, int block) {
        Effect.CallKind kind = CALLS[callKind];
        if (kind == Effect.CallKind.HELPER) {
            int helper = program.routine(slot);
            return helper >= 0 || steps.insn(slot).imm() == LOOKUP && functions.callee(slot, kind) instanceof Callee.Java ? lookedUp()
                    : Origins.NUMBER;
        }
        if (kind != Effect.CallKind.LOCAL) {
            return Origins.NUMBER;
        }
        int callee = functions.at(program.target(slot));
        OriginStates state = state(callee);
        state.calledFrom(function, block);
        if (machine.enter(state)) {
            waiting[callee] = true;
        }
        return results[callee] == Origins.NONE ? Origins.NUMBER : results[callee];
    }

    /** The values of the map whose handle is in r1, if that is known. */
    private int lookedUp() {
        if (machine.kinds()[1] == Origins.KNOWN) {
            BpfMap map = program.machine().maps().byHandle(machine.values()[1]);
            return map == null ? Origins.NUMBER : Origins.blurred(constant(map.values()));
        }
        return Origins.UNKNOWN;
    }

    /** What a constant is: an address in a shared region, or a number. The value is the constant. */
    int constant(long value) {
        if (value >= GuestLayout.MAP_BASE && value < GuestLayout.MAP_END) {
            List<Region> regions = lasting();
            for (int i = 0; i < regions.size(); i++) {
                if (regions.get(i).contains(value, 1)) {
                    return Origins.in(Origins.FIXED, i);
                }
            }
        }
        return Origins.KNOWN;
    }

    /** What is read at an address, blurred. */
    int loaded(int kind, long value, int width, OriginStates state, int block) {
        if (kind == Origins.FRAME) {
            return width == LONG ? state.spilled(value, block) : Origins.NUMBER;
        }
        boolean pointer = kind == Origins.CONTEXT && width == INT && program.source().type() != ProgramType.RAW;
        return pointer ? Origins.PACKET : Origins.NUMBER;
    }

    // ---- regions ----

    /** Values of maps, which stay as long as the machine does; others, such as open reservations, come and go. */
    private List<Region> lasting() {
        List<Region> made = lasting;
        if (made == null) {
            Set<Long> bases = new HashSet<>();
            program.machine().maps().all().stream().filter(map -> map.type().storage().addressable()).forEach(map -> bases.add(map
                    .values()));
            Regions regions = program.machine().lane(0).regions();
            made = IntStream.range(Regions.SHARED, regions.count()).filter(i -> regions.size(i) > 0 && bases.contains(regions.base(i)))
                    .mapToObj(regions::region).toList();
            lasting = made;
        }
        return made;
    }

    /**
     * The region that an {@link Origin.Shared} or {@link Origin.Fixed} names. It stays as it is as long as the machine.
     *
     * @param base its first address
     * @throws IllegalArgumentException if there is none
     */
    public Region region(long base) {
        return lasting().stream().filter(region -> region.base() == base).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "no region of a map starts at 0x" + Long.toHexString(base)));
    }
}
