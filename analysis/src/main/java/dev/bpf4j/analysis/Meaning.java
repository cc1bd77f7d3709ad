// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a row of the table means in programs of one byte order: what is the same for all its instructions.
 *
 * @param unfolded the effects
 * @param alike    the folded effects, if they do not depend on an instruction's fields; else null
 * @param flow     what its instructions do to the flow: a condition is constant for all of them or for none
 * @param calls    whether they call something
 */
record Meaning(List<Effect> unfolded, @Nullable List<Effect> alike, FlowGraph.Flow flow, boolean calls) {
    private static final List<Meaning> LITTLE = all(ByteOrder.LITTLE_ENDIAN);
    private static final List<Meaning> BIG = all(ByteOrder.BIG_ENDIAN);

    /** By row; what a row does to the flow does not depend on the byte order. */
    private static final FlowGraph.Flow[] FLOWS = LITTLE.stream().map(Meaning::flow).toArray(FlowGraph.Flow[]::new);
    private static final BitSet CALLS = IntStream.range(0, LITTLE.size()).filter(row -> LITTLE.get(row).calls()).collect(BitSet::new,
            BitSet::set, BitSet::or);

    /** What the instructions of a row, by index, do to the flow. */
    static FlowGraph.Flow flow(int row) {
        return FLOWS[row];
    }

    /** Whether the instructions of a row, by index, call something. */
    static boolean calls(int row) {
        return CALLS.get(row);
    }

    private static List<Meaning> all(ByteOrder order) {
        return Isa.system().instructions().stream().map(row -> of(row, order)).toList();
    }

    /** The meaning of a row. */
    static Meaning of(Instruction row, boolean big) {
        return (big ? BIG : LITTLE).get(row.index());
    }

    private static Meaning of(Instruction row, ByteOrder order) {
        List<Effect> effects = Effects.specialize(row.effects(), order);
        List<Effect> folded = Folding.fold(effects);
        boolean fields = Effects.any(effects, expr -> expr instanceof Expr.FieldValue || expr instanceof Expr.Linked);
        boolean calls = effects.stream().anyMatch(effect -> effect instanceof Effect.Call || effect instanceof Effect.CallIndirect);
        return new Meaning(effects, fields ? null : folded, FlowGraph.flow(folded), calls);
    }

    /** The folded effects of an instruction of the row. */
    List<Effect> effects(Insn insn, long linked) {
        return alike != null ? alike : Folding.fold(unfolded, insn, linked);
    }
}
