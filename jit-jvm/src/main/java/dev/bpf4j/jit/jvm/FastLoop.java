// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.analysis.FlowGraph;
import dev.bpf4j.analysis.Induction;
import dev.bpf4j.analysis.Induction.Access;
import dev.bpf4j.analysis.Induction.Cut;
import dev.bpf4j.analysis.Linear;
import dev.bpf4j.analysis.Loop;
import dev.bpf4j.analysis.Loops;
import dev.bpf4j.analysis.Origin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A loop that gets a second copy, the fast one, which runs for a number of rounds that is computed before: no more than the fuel allows, than its
 * condition certainly holds, and than its accesses with progressing addresses certainly stay inside their regions. The fast copy counts rounds in
 * an {@code int} and compares that with the number, which the JVM's compilers know how to unroll; it takes no budget by itself and does not check
 * these accesses. Afterwards everything is decided as ever: the fuel is corrected, the condition evaluated.
 *
 * @param loop      the loop
 * @param induction what progresses in it
 * @param ranges    what must lie inside a region, of accesses that are not checked in the fast copy
 * @param cuts      what must stay small, for these addresses to be what they seem
 * @param covered   slots of these accesses
 */
record FastLoop(Loop loop, Induction induction, List<Range> ranges, Set<Cut> cuts, Set<Integer> covered) {

    /**
     * Bytes that are touched, seen from a progressing address.
     *
     * @param region where they should be
     * @param base   the address without its constant, in the first round
     * @param step   per round
     * @param low    first byte, relative to the address
     * @param high   behind the last byte, relative to the address
     * @param write  whether any is written
     */
    record Range(Origin region, Linear base, long step, long low, long high, boolean write) {
        Range with(Range other) {
            return new Range(region, base, step, Math.min(low, other.low), Math.max(high, other.high), write || other.write);
        }
    }

    /** Whether the loop also needs its ordinary copy. */
    boolean needsCareful() {
        return !ranges.isEmpty() || !cuts.isEmpty();
    }

    /** The loops of a method that get a fast copy, by their heads. */
    static Map<Integer, FastLoop> of(Compilation compilation, FlowGraph graph, Parts.Part part) {
        Map<Integer, FastLoop> found = new TreeMap<>();
        for (Loop loop : Loops.of(compilation.steps(), graph)) {
            if (part.blocks().containsAll(loop.blocks())) {
                found.put(loop.head(), of(compilation, graph, loop));
            }
        }
        return found;
    }

    private static FastLoop of(Compilation compilation, FlowGraph graph, Loop loop) {
        Induction induction = Induction.of(graph, loop);
        List<Range> ranges = new ArrayList<>();
        Set<Cut> cuts = new LinkedHashSet<>();
        Set<Integer> covered = new LinkedHashSet<>();
        if (compilation.strict()) {
            induction.accesses().forEach((slot, access) -> {
                if (!compilation.regionOf(slot, access.bytes(), access.write()).equals(Compilation.PROVEN)) {
                    add(ranges, range(compilation.provenance().at(slot), access));
                    cuts.addAll(access.address().cuts());
                    covered.add(slot);
                }
            });
        }
        int accesses = loop.blocks().stream().mapToInt(block -> Weights.accesses(graph.blocks().get(block))).sum();
        if (ranges.size() > Tuning.LOOP_RANGES || accesses > Tuning.LOOP_ACCESSES) {
            return new FastLoop(loop, induction, List.of(), Set.of(), Set.of());
        }
        return new FastLoop(loop, induction, ranges, cuts, covered);
    }

    private static Range range(Origin region, Access access) {
        Linear first = access.address().first();
        return new Range(region.blurred(), first.base(), access.address().step(), first.constant(), first.constant() + access.bytes(),
                access
                        .write());
    }

    private static void add(List<Range> ranges, Range fresh) {
        for (int i = 0; i < ranges.size(); i++) {
            Range range = ranges.get(i);
            boolean near = Math.abs(range.low() - fresh.low()) <= Tuning.RANGE_SPAN;
            if (near && range.region().equals(fresh.region()) && range.base().equals(fresh.base()) && range.step() == fresh.step()) {
                ranges.set(i, range.with(fresh));
                return;
            }
        }
        ranges.add(fresh);
    }
}
