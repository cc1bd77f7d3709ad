// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The functions of a linked program, routines included, and what their calls go to. For one thread. */
public final class Functions {
    /** Instructions that read the packet, by index. */
    private static final BitSet PACKET_ROWS = Isa.system().instructions().stream().filter(row -> Effects.any(row.effects(),
            Expr.PacketLoad.class::isInstance)).mapToInt(Instruction::index).collect(BitSet::new, BitSet::set, BitSet::or);

    private final Steps steps;
    /** First slots, ascending. */
    private final int[] starts;
    /** By function; made when somebody asks. */
    private final @Nullable FlowGraph[] graphs;
    private @Nullable List<FlowGraph> all;

    private Functions(Steps steps) {
        this.steps = steps;
        this.starts = steps.program().functions().stream().mapToInt(Integer::intValue).toArray();
        this.graphs = new FlowGraph[starts.length];
    }

    /** The functions of a program. */
    public static Functions of(LinkedProgram program) {
        return new Functions(Steps.of(program));
    }

    /** The instructions. */
    public Steps steps() {
        return steps;
    }

    /** The program. */
    public LinkedProgram program() {
        return steps.program();
    }

    /** The graphs of all functions, ascending by slot; the first is main. */
    public List<FlowGraph> graphs() {
        List<FlowGraph> made = all;
        if (made == null) {
            made = IntStream.range(0, starts.length).mapToObj(this::graph).toList();
            all = made;
        }
        return made;
    }

    /** How many there are. */
    public int count() {
        return starts.length;
    }

    /** The graph of the function at a position in {@link #graphs()}. */
    public FlowGraph graph(int function) {
        FlowGraph made = graphs[function];
        if (made == null) {
            made = FlowGraph.of(steps, starts[function]);
            graphs[function] = made;
        }
        return made;
    }

    /** The position in {@link #graphs()} of the function that starts at a slot. */
    public int at(int start) {
        int found = Arrays.binarySearch(starts, start);
        if (found < 0) {
            throw new IllegalArgumentException("no function starts at slot " + start);
        }
        return found;
    }

    /** Whether a function is a routine. */
    public boolean isRoutine(int function) {
        return program().inRoutine(starts[function]);
    }

    /** What an instruction calls. */
    public sealed interface Callee {
        /** A function of the program, by position in {@link #graphs()}. */
        record Local(int function) implements Callee {}

        /** A hot helper, by position of its routine. */
        record Routine(int function) implements Callee {}

        /** A helper in Java. */
        record Java(Helper helper) implements Callee {}

        /** The tail call, which engines do themselves. */
        record Tail() implements Callee {}

        /** A helper that the machine does not have. */
        record Unknown(long id) implements Callee {}

        /** A kernel function. */
        record Kfunc(int id) implements Callee {}
    }

    /** What a call instruction calls. */
    public Callee callee(Step step, Effect.CallKind kind) {
        return callee(step.slot(), kind);
    }

    /** What the call instruction at a slot calls. */
    public Callee callee(int slot, Effect.CallKind kind) {
        LinkedProgram program = program();
        return switch (kind) {
            case LOCAL -> new Callee.Local(at(program.target(slot)));
            case KFUNC -> new Callee.Kfunc(imm(slot));
            case HELPER -> helper(slot);
        };
    }

    private int imm(int slot) {
        return Objects.requireNonNull(program().insn(slot)).imm();
    }

    private Callee helper(int slot) {
        int routine = program().routine(slot);
        if (routine >= 0) {
            return new Callee.Routine(at(routine));
        }
        int id = imm(slot);
        Helper helper = id < 0 ? null : program().machine().helpers().find(id);
        if (helper == null) {
            return new Callee.Unknown(id & 0xffff_ffffL);
        }
        return helper.id() == HelperTable.TAIL_CALL ? new Callee.Tail() : new Callee.Java(helper);
    }

    /** Whether an instruction of the function may do a tail call itself. */
    public boolean tailCalls(FlowGraph graph) {
        for (Block block : graph.blocks()) {
            for (Step step : block.steps()) {
                for (Effect effect : step.effects()) {
                    boolean tail = effect instanceof Effect.CallIndirect || effect instanceof Effect.Call(Effect.CallKind kind) && callee(
                            step, kind) instanceof Callee.Tail;
                    if (tail) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether a step reads the packet the legacy way. */
    static boolean readsPacket(Step step) {
        return readsPacket(step.insn().instruction().index());
    }

    /** Whether the instructions of a row, by index, do. */
    static boolean readsPacket(int row) {
        return PACKET_ROWS.get(row);
    }
}
