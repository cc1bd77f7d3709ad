// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import java.util.List;
import java.util.Locale;

/**
 * A row of the table with one thing wrong in its meaning.
 *
 * @param row     the row
 * @param fault   what is wrong
 * @param number  tells mutants of the same row and fault apart, from 0
 * @param effects what it does instead
 */
public record Mutant(Instruction row, Fault fault, int number, List<Effect> effects) implements Seeded {

    /** What can be wrong in a row. */
    public enum Fault {
        /** A signed operator for an unsigned one, or the other way round. */
        SIGNEDNESS,
        /** Zeros for copies of the sign when something is widened, or the other way round. */
        EXTENSION,
        /** The upper half of the destination stays. */
        NO_ZERO_EXTENSION,
        /** A shift count is not masked. */
        NO_MASK,
        /** Operands exchanged. */
        SWAPPED_OPERANDS,
        /** Another condition. */
        CONDITION,
        /** A constant or an address off by one. */
        OFF_BY_ONE,
        /** Half the width. */
        WIDTH,
        /** The upper half for the lower. */
        WRONG_HALF,
        /** Another operator. */
        OPERATOR,
        /** An operator left out. */
        DROPPED_OPERATOR,
        /** Another register is read. */
        REGISTER_READ,
        /** Another register is written. */
        REGISTER_WRITTEN,
        /** An effect left out. */
        DROPPED_EFFECT,
        /** A guarded case gives another value, or a guard is left out. */
        GUARD,
        /** Bytes in the other order. */
        BYTE_ORDER,
        /** The distance of a memory operand or a jump off by some. */
        DISPLACEMENT,
        /** A register that was saved is not restored. */
        RESTORE
    }

    /** The name: row, fault, number. */
    @Override
    public String name() {
        return row.name() + " " + fault.name().toLowerCase(Locale.ROOT) + " " + number;
    }

    /** The evaluator over the table with this row in it; the engine's name is {@code mutant}. */
    @Override
    public Engine engine() {
        return new EvaluatorEngine("mutant", Isa.system().with(row.withEffects(effects)));
    }
}
