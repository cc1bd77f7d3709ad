// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LinkedProgram;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The instructions of a linked program, routines included, as {@link Step}s. Immutable to its users; for one thread. */
public final class Steps {
    private static final List<List<Effect>> LITTLE = specialized(ByteOrder.LITTLE_ENDIAN);
    private static final List<List<Effect>> BIG = specialized(ByteOrder.BIG_ENDIAN);
    /** By instruction: its folded effects, if they do not depend on its fields. */
    private static final List<Optional<List<Effect>>> LITTLE_FOLDED = LITTLE.stream().map(Steps::foldedAlike).toList();
    private static final List<Optional<List<Effect>>> BIG_FOLDED = BIG.stream().map(Steps::foldedAlike).toList();

    private final LinkedProgram program;
    private final @Nullable Step[] steps;

    private Steps(LinkedProgram program) {
        this.program = program;
        this.steps = new Step[program.totalSlots()];
    }

    private static List<List<Effect>> specialized(ByteOrder order) {
        return Isa.system().instructions().stream().map(instruction -> Effects.specialize(instruction.effects(), order)).toList();
    }

    /** The steps of a program. */
    public static Steps of(LinkedProgram program) {
        return new Steps(program);
    }

    /** The program. */
    public LinkedProgram program() {
        return program;
    }

    /** Byte order of the accesses at a slot: routines work on the machine's metadata, which is little-endian. */
    public ByteOrder order(int slot) {
        return program.inRoutine(slot) ? ByteOrder.LITTLE_ENDIAN : program.source().order();
    }

    /**
     * The instruction at a slot.
     *
     * @throws IllegalArgumentException if no instruction starts there
     */
    public Step step(int slot) {
        Step known = steps[slot];
        if (known == null) {
            known = make(slot);
            steps[slot] = known;
        }
        return known;
    }

    private Step make(int slot) {
        Insn insn = program.insn(slot);
        if (insn == null) {
            throw new IllegalArgumentException("no instruction starts at slot " + slot);
        }
        String poison = program.poison(slot);
        if (poison != null) {
            return new Step(slot, insn, List.of(), poison);
        }
        return new Step(slot, insn, fold(insn, program.constant(slot), order(slot)), null);
    }

    private static List<Effect> fold(Insn insn, long linked, ByteOrder order) {
        boolean big = order == ByteOrder.BIG_ENDIAN;
        int index = insn.instruction().index();
        Optional<List<Effect>> alike = (big ? BIG_FOLDED : LITTLE_FOLDED).get(index);
        return alike.isPresent() ? alike.get() : Folding.fold((big ? BIG : LITTLE).get(index), insn, linked);
    }

    private static Optional<List<Effect>> foldedAlike(List<Effect> effects) {
        boolean fields = Effects.any(effects, expr -> expr instanceof Expr.FieldValue || expr instanceof Expr.Linked);
        return fields ? Optional.empty() : Optional.of(Folding.fold(effects));
    }
}
