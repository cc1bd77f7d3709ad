// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Insn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instruction of a linked program with its meaning: effects for the program's byte order in which fields and linked values are constants
 * and everything constant is folded. Registers stay roles; {@link #register} gives their numbers.
 *
 * @param slot    where it stands
 * @param insn    the instruction
 * @param effects what it does, in order; empty if it is poisoned
 * @param poison  why it could not be resolved; null if it could. A poisoned instruction only faults
 */
public record Step(int slot, Insn insn, List<Effect> effects, @Nullable String poison) {

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
}
