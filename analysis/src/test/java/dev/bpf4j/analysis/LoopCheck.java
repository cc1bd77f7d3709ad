// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.interpreter.StepListener;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.eval.Evaluator;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Compares what {@link Induction} says of loops with what they do. */
final class LoopCheck implements StepListener {
    private final LinkedProgram program;
    private final Functions functions;
    private final long error;
    private final List<Watched> loops = new ArrayList<>();
    private final Map<Integer, Watched> bySlot = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long checked;
    private int last = -1;

    private static final class Watched {
        final FlowGraph graph;
        final Loop loop;
        final Induction induction;
        long[] first = new long[0];
        long round;

        Watched(FlowGraph graph, Loop loop) {
            this.graph = graph;
            this.loop = loop;
            this.induction = Induction.of(graph, loop);
        }

        int head() {
            return graph.blocks().get(loop.head()).first();
        }

        int latch() {
            return graph.blocks().get(loop.latch()).last().slot();
        }

        /** Whether what must stay small has stayed so up to this round. */
        boolean holds(List<Induction.Cut> cuts) {
            for (Induction.Cut cut : cuts) {
                long start = Arithmetic.value(cut.first(), first);
                for (long k = 0; k <= round; k++) {
                    if (start + k * cut.step() >>> cut.bits() != 0) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** @param error is added to every step: a fault that must be found */
    LoopCheck(LinkedProgram program, Functions functions, long error) {
        this.program = program;
        this.functions = functions;
        this.error = error;
        for (FlowGraph graph : functions.graphs()) {
            for (Loop loop : Loops.of(functions.steps(), graph)) {
                Watched watched = new Watched(graph, loop);
                loops.add(watched);
                loop.blocks().forEach(block -> graph.blocks().get(block).steps().forEach(step -> bySlot.put(step.slot(), watched)));
            }
        }
    }

    /** What was not as it was said to be. */
    List<String> wrong() {
        return wrong;
    }

    /** How many claims were looked at. */
    long checked() {
        return checked;
    }

    @Override
    public void executed(LinkedProgram running, int slot, Insn insn, long[] before, long[] after) {
        if (running.index() != program.index()) {
            last = -1;
            return;
        }
        for (Watched watched : loops) {
            if (last == watched.latch() && watched.first.length > 0) {
                condition(watched, slot == watched.head());
            }
            if (slot == watched.head()) {
                boolean again = last == watched.latch() && watched.first.length > 0;
                watched.round = again ? watched.round + 1 : 0;
                watched.first = again ? watched.first : before.clone();
            }
        }
        Watched inside = bySlot.get(slot);
        Induction.Access access = inside == null || inside.first.length == 0 ? null : inside.induction.access(slot);
        if (inside != null && access != null && inside.holds(access.address().cuts())) {
            long claimed = Arithmetic.value(access.address().first(), inside.first) + inside.round * (access.address().step() + error);
            long seen = Arithmetic.address(functions.steps().step(slot), before);
            checked++;
            if (claimed != seen) {
                wrong.add("slot " + slot + ", round " + inside.round + ": address " + Long.toHexString(seen) + ", not " + Long.toHexString(
                        claimed));
            }
        }
        last = slot;
    }

    private void condition(Watched watched, boolean goesOn) {
        Induction.Trip trip = watched.induction.trip();
        if (trip == null || !watched.holds(trip.value().cuts())) {
            return;
        }
        long value = Arithmetic.value(trip.value().first(), watched.first) + watched.round * (trip.value().step() + error);
        boolean claimed = Evaluator.binary(trip.op(), value, Arithmetic.value(trip.limit(), watched.first), Long.SIZE) != 0;
        checked++;
        if (claimed != goesOn) {
            wrong.add("slot " + last + ", round " + watched.round + ": goes on " + goesOn + ", not " + claimed);
        }
    }
}
