// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An instruction of a linked program with its meaning. Registers stay roles; {@link #register} gives their numbers. For one thread. */
public final class Step {
    private final int slot;
    private final Insn insn;
    private final Meaning meaning;
    private final long linked;
    private final @Nullable String poison;
    private @Nullable List<Effect> effects;

    Step(int slot, Insn insn, Meaning meaning, long linked, @Nullable String poison) {
        this.slot = slot;
        this.insn = insn;
        this.meaning = meaning;
        this.linked = linked;
        this.poison = poison;
    }

    /** Where it stands. */
    public int slot() {
        return slot;
    }

    /** The instruction. */
    public Insn insn() {
        return insn;
    }

    /** Why it could not be resolved; null if it could. A poisoned instruction only faults. */
    public @Nullable String poison() {
        return poison;
    }

    /**
     * What it does, in order: effects for the program's byte order in which fields and linked values are constants and everything constant is
     * folded. Empty if it is poisoned.
     */
    public List<Effect> effects() {
        List<Effect> made = effects;
        if (made == null) {
            made = poison != null ? List.of() : meaning.effects(insn, linked);
            effects = made;
        }
        return made;
    }

    /** The same with fields and linked values as the table has them, for whoever asks {@link #constant} for each: folding takes time. */
    List<Effect> unfolded() {
        return poison != null ? List.of() : meaning.unfolded();
    }

    /** A field or linked value as a constant; another expression as it is. */
    Expr constant(Expr expr) {
        return Folding.fill(expr, insn, linked);
    }

    /** What it does to the flow. */
    FlowGraph.Flow flow() {
        return poison != null ? FlowGraph.Flow.END : meaning.flow();
    }

    /** Whether it calls something. */
    boolean calls() {
        return poison == null && meaning.calls();
    }

    /** The register number that a role means here. */
    public int register(Expr.Role role) {
        return switch (role) {
            case DST -> insn.dst();
            case SRC -> insn.src();
            case R0 -> 0;
        };
    }

    /** The slot of the instruction behind it. */
    public int next() {
        return slot + insn.slots();
    }

    @Override
    public String toString() {
        return slot + ": " + insn;
    }
}
