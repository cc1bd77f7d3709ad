// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Induction;
import dev.bpf4j.analysis.Induction.Access;
import dev.bpf4j.analysis.Induction.Cut;
import dev.bpf4j.analysis.Induction.Trip;
import dev.bpf4j.analysis.Linear;
import dev.bpf4j.analysis.Loop;
import dev.bpf4j.analysis.Loops;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LinkedProgram;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A loop that gets a second copy, the fast one, which runs for a number of rounds that is computed before: no more than there is fuel, than its
 * condition certainly holds, and than its accesses with progressing addresses certainly stay inside of the regions that are predicted. The fast
 * copy does not check these accesses. Then everything is decided as ever, in the ordinary copy, which also runs all rounds that are not certain:
 * faults, the end of the budget, and the registers at each way out are those of single instructions. Under the policy that only confines, only
 * loops that can be done in bulk get one.
 *
 * @param graph   the function
 * @param loop    the loop
 * @param trip    when it goes on; null if that is not known beforehand
 * @param ranges  what must lie inside of a region
 * @param cuts    what must stay small, for these addresses, and the condition, to be what they seem
 * @param covered slots of the accesses that need no check
 * @param bulk    what it does in many rounds at once; null if that is nothing simple
 */
record FastLoop(FlowGraph graph, Loop loop, @Nullable Trip trip, List<Range> ranges, Set<Cut> cuts, BitSet covered, @Nullable Bulk bulk) {

    /** Rows that load or store, by index. */
    private static final BitSet ACCESSES = Isa.system().instructions().stream().filter(row -> row.effects()
            .getFirst() instanceof Effect.Store
            || Effects.any(row.effects(), Expr.Load.class::isInstance)).mapToInt(Instruction::index).collect(BitSet::new, BitSet::set,
                    BitSet::or);

    /**
     * Bytes that are touched in a round.
     *
     * @param region offset in the context of the region where they should be
     * @param first  address of the first of them in the first round
     * @param step   per round
     * @param bytes  from the first to the last
     * @param write  whether any is written
     */
    record Range(int region, Linear first, long step, int bytes, boolean write) {
        /** This and another one that moves with it; null if they are too far from each other. */
        @Nullable
        Range with(Range other) {
            if (region != other.region || step != other.step || !first.base().equals(other.first.base())) {
                return null;
            }
            long distance = other.first.constant() - first.constant();
            if (Math.abs(distance) > Tuning.RANGE_SPAN) {
                return null;
            }
            long low = Math.min(distance, 0);
            long high = Math.max(bytes, distance + other.bytes);
            return high - low > Tuning.RANGE_SPAN ? null
                    : new Range(region, first.plus(Linear.of(low), 1), step, (int) (high - low), write
                            || other.write);
        }
    }

    /** The loops of a program that get a fast copy, by the slot of their head. */
    static Map<Integer, FastLoop> of(Translation translation, Prediction prediction) {
        Map<Integer, FastLoop> found = new HashMap<>();
        if (!Tuning.FAST_LOOPS || !translation.analyses() || !(translation.strict() ? translation.goesBack()
                : Bulk.mayComeIn(translation.program()))) {
            return found;
        }
        for (int f = 0; f < translation.functions().count(); f++) {
            if (translation.functions().isRoutine(f)) {
                continue;
            }
            FlowGraph graph = translation.functions().graph(f);
            for (Loop loop : Loops.of(translation.functions().steps(), graph)) {
                FastLoop fast = mayGain(translation.program(), graph, loop) ? of(graph, loop, translation.strict() ? prediction : null)
                        : null;
                if (fast != null) {
                    found.put(graph.first(loop.head()), fast);
                }
            }
        }
        return found;
    }

    /** Whether a loop is small, and loads or stores something: a look that costs little. */
    private static boolean mayGain(LinkedProgram program, FlowGraph graph, Loop loop) {
        int steps = 0;
        boolean accesses = false;
        for (int block : loop.blocks()) {
            for (int slot = graph.first(block); slot <= graph.last(block); slot++) {
                Insn insn = program.insn(slot);
                steps += insn == null ? 0 : 1;
                accesses |= insn != null && ACCESSES.get(insn.instruction().index());
            }
        }
        return accesses && steps <= Tuning.LOOP_STEPS;
    }

    private static @Nullable FastLoop of(FlowGraph graph, Loop loop, @Nullable Prediction prediction) {
        Induction induction = Induction.of(graph, loop);
        Bulk bulk = Bulk.of(graph, loop, induction);
        if (prediction == null && bulk == null) {
            return null;
        }
        List<Range> ranges = new ArrayList<>();
        Set<Cut> cuts = new LinkedHashSet<>();
        BitSet covered = new BitSet();
        induction.accesses().forEach((slot, access) -> {
            if (!isFrame(access)) {
                add(ranges, range(access, prediction == null ? LoopTarget.SPACE : prediction.at(slot)));
                cuts.addAll(access.address().cuts());
                covered.set(slot);
            }
        });
        Trip trip = induction.trip();
        if (trip != null) {
            cuts.addAll(trip.value().cuts());
        }
        boolean few = ranges.size() <= Tuning.LOOP_CONDITIONS && cuts.size() <= Tuning.LOOP_CONDITIONS;
        return covered.isEmpty() || !few || !simple(ranges, cuts, trip) ? null
                : new FastLoop(graph, loop, trip, ranges, cuts, covered, bulk);
    }

    /** Whether an access is to the frame, at a place that does not move: such are not checked anyway. */
    private static boolean isFrame(Access access) {
        return access.address().step() == 0 && access.address().first().isOffsetOf(Translator.STACK_POINTER);
    }

    private static Range range(Access access, int region) {
        return new Range(region, access.address().first(), access.address().step(), access.bytes(), access.write());
    }

    private static void add(List<Range> ranges, Range fresh) {
        for (int i = 0; i < ranges.size(); i++) {
            Range both = ranges.get(i).with(fresh);
            if (both != null) {
                ranges.set(i, both);
                return;
            }
        }
        ranges.add(fresh);
    }

    /** Whether all factors and steps are small enough for a machine instruction. */
    private static boolean simple(List<Range> ranges, Set<Cut> cuts, @Nullable Trip trip) {
        boolean simple = trip == null || small(trip.value().first()) && small(trip.limit()) && small(trip.value().step());
        for (Range range : ranges) {
            simple &= small(range.first()) && small(range.step());
        }
        for (Cut cut : cuts) {
            simple &= small(cut.first()) && small(cut.step());
        }
        return simple;
    }

    private static boolean small(Linear linear) {
        for (long factor : linear.terms().values()) {
            if (!small(factor)) {
                return false;
            }
        }
        return true;
    }

    private static boolean small(long value) {
        return Math.abs(value) <= Integer.MAX_VALUE;
    }
}
