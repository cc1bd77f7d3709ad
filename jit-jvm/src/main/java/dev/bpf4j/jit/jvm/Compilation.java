// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Functions;
import dev.bpf4j.analysis.Halves;
import dev.bpf4j.analysis.Liveness;
import dev.bpf4j.analysis.Origin;
import dev.bpf4j.analysis.Provenance;
import dev.bpf4j.analysis.Steps;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A program being compiled: what is known about it, how its functions are cut into methods, and which class each method goes to.
 *
 * <p>
 * A program usually is one class. A very large one is several, each with at most {@link Tuning#CLASS_WEIGHT} of code; functions in different
 * classes call each other through the {@link Form}.
 */
final class Compilation {
    private final Functions functions;
    /** What {@link #regionOf} gives for an access that cannot fail. */
    static final Origin PROVEN = new Origin.None();
    private final Liveness liveness;
    private final Provenance provenance;
    private final boolean observed;
    private final boolean strict;
    private final boolean slots;
    private final List<Shape> shapes = new ArrayList<>();
    private final List<Parts> parts = new ArrayList<>();
    private final List<GeneratedClass> classes = new ArrayList<>();
    private final int[] classOf;
    private final List<Map<Integer, Integer>> entries = new ArrayList<>();

    /**
     * @param observed whether r0 to r9 are wanted at the end
     * @param slots    whether the slots of instructions are to be put in as line numbers, by {@link BytecodeListing#mark}
     * @param limit    weight that a method may have
     */
    Compilation(Functions functions, boolean observed, boolean slots, int limit) {
        this.slots = slots;
        this.functions = functions;
        this.liveness = Liveness.of(functions, observed);
        this.provenance = Provenance.of(functions);
        this.observed = observed;
        this.strict = functions.program().machine().policy() == Policy.STRICT;
        this.classOf = new int[functions.graphs().size()];
        for (int f = 0; f < functions.graphs().size(); f++) {
            FlowGraph graph = functions.graphs().get(f);
            shapes.add(Shape.of(functions, liveness, f));
            parts.add(Parts.of(graph, limit));
        }
        for (int f = 0; f < shapes.size(); f++) {
            place(f);
        }
    }

    /** Decides the classes of a function's methods. */
    private void place(int function) {
        Parts cut = parts.get(function);
        Shape shape = shapes.get(function);
        GeneratedClass home = room(cut.whole() ? Tuning.METHOD_WEIGHT : Tuning.DRIVER_WEIGHT);
        home.function(shape, cut.parts().getFirst());
        classOf[function] = home.index();
        List<Integer> places = new ArrayList<>();
        if (!cut.whole()) {
            for (Parts.Part part : cut.parts()) {
                GeneratedClass place = room(Tuning.METHOD_WEIGHT);
                places.add(Parts.entry(place.index(), place.part(shape, part), 0));
            }
        }
        entries.add(cut.whole() ? new HashMap<>() : cut.entries(places));
    }

    private GeneratedClass room(int weight) {
        if (classes.isEmpty() || !classes.getLast().takes(weight)) {
            classes.add(new GeneratedClass(this, classes.size()));
        }
        classes.getLast().add(weight);
        return classes.getLast();
    }

    Functions functions() {
        return functions;
    }

    Steps steps() {
        return functions.steps();
    }

    LinkedProgram program() {
        return functions.program();
    }

    Liveness liveness() {
        return liveness;
    }

    Provenance provenance() {
        return provenance;
    }

    /** The region to try first for an access; {@link #PROVEN} if the access cannot fail. */
    Origin regionOf(int slot, int bytes, boolean write) {
        Origin origin = provenance.at(slot);
        return switch (origin) {
            case Origin.Frame(long offset) -> offset >= -GuestLayout.FRAME_SIZE && offset + bytes <= 0 ? PROVEN : origin.blurred();
            case Origin.Fixed(long base, long address) -> write && !shared(base).writable() ? new Origin.Unknown()
                    : shared(base).contains(address, bytes) ? PROVEN : origin.blurred();
            case Origin.Shared(long base) -> write && !shared(base).writable() ? new Origin.Unknown() : origin;
            case Origin.None n -> new Origin.Unknown();
            case Origin.Scalar s -> new Origin.Unknown();
            case Origin.Stack s -> s;
            case Origin.Context c -> c;
            case Origin.Packet p -> p;
            case Origin.Unknown u -> u;
        };
    }

    /** The region of a map that starts at an address. */
    Region shared(long base) {
        return provenance.region(base);
    }

    boolean observed() {
        return observed;
    }

    /** Whether the slots of instructions are to be put in as line numbers. */
    boolean slots() {
        return slots;
    }

    boolean strict() {
        return strict;
    }

    /** Iterations of {@code may_goto} per activation. */
    long mayGoto() {
        return program().machine().limits().mayGoto();
    }

    Shape shape(int function) {
        return shapes.get(function);
    }

    List<GeneratedClass> classes() {
        return classes;
    }

    /** The class that a function is called in. */
    int classOf(int function) {
        return classOf[function];
    }

    /** The number under which another part goes to a block. */
    int entry(int function, int block) {
        Integer entry = entries.get(function).get(block);
        if (entry == null) {
            throw new IllegalStateException("block " + block + " of function " + function + " is no entry");
        }
        return entry;
    }

    /** Entries by slot, of the functions in parts that have indirect jumps. */
    Map<Integer, Integer> entriesBySlot() {
        Map<Integer, Integer> bySlot = new HashMap<>();
        for (Shape shape : shapes) {
            if (shape.graph().indirect()) {
                entries.get(shape.index()).forEach((block, entry) -> {
                    if (!shape.graph().blocks().get(block).hub()) {
                        bySlot.put(shape.graph().blocks().get(block).first(), entry);
                    }
                });
            }
        }
        return bySlot;
    }

    /**
     * Registers, as bits, that a block wants in {@code int} variables at its start: those of which nobody reads the high half. None in functions
     * with indirect jumps, whose blocks all have to be entered in one form.
     */
    int inInts(int function, int block) {
        if (functions.graphs().get(function).indirect()) {
            return 0;
        }
        int live = liveness.liveIn(function, block);
        return Halves.registers(live) & ~Halves.highs(live);
    }

    /** Whether tail calls must leave r1 to r5 as they are at the target's end. */
    boolean passesRegisters() {
        return shapes.stream().anyMatch(shape -> shape.leavesMore());
    }
}
