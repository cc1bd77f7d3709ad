// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Expr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression as written in a table: names not yet looked up, widths not yet known.
 *
 * <p>
 * What is done with a node are methods here and not pattern switches: the tables are read at every start, and the first pattern switch of a
 * JVM costs it about 10 ms.
 */
sealed interface Node {
    /** Where it stands. */
    Position at();

    /** What it stands for when the table is read; null if it reads registers, fields or memory. */
    @Nullable
    Value value(Expansion row);

    /** The typed expression, for one that has no value when the table is read; numbers in it take {@code width} bits, 0 if not known. */
    Expr typed(Elaborator elaborator, int width);

    /** A number. */
    record Numeral(Position at, long value) implements Node {
        @Override
        public Value value(Expansion row) {
            return new Value.Num(value);
        }

        @Override
        public Expr typed(Elaborator elaborator, int width) {
            throw new IllegalStateException("a number has a value");
        }
    }

    /** A loop variable, column, {@code let}, register, field or symbol. */
    record Name(Position at, String name) implements Node {
        @Override
        public @Nullable Value value(Expansion row) {
            return row.named(this);
        }

        @Override
        public Expr typed(Elaborator elaborator, int width) {
            return elaborator.name(this, width);
        }
    }

    /** {@code -x}. */
    record Negation(Position at, Node operand) implements Node {
        @Override
        public @Nullable Value value(Expansion row) {
            return row.value(operand) instanceof Value.Num(long number) ? new Value.Num(-number) : null;
        }

        @Override
        public Expr typed(Elaborator elaborator, int width) {
            return elaborator.negation(this, width);
        }
    }

    /** {@code x OP y}. */
    record Infix(Position at, Expr.BinaryOp op, Node left, Node right) implements Node {
        @Override
        public @Nullable Value value(Expansion row) {
            return row.infix(this);
        }

        @Override
        public Expr typed(Elaborator elaborator, int width) {
            return elaborator.infix(this, width);
        }
    }

    /** {@code c ? x : y}. */
    record Choice(Position at, Node condition, Node then, Node otherwise) implements Node {
        @Override
        public @Nullable Value value(Expansion row) {
            return row.value(condition) instanceof Value.Num(long number) ? row.value(number != 0 ? then : otherwise) : null;
        }

        @Override
        public Expr typed(Elaborator elaborator, int width) {
            return elaborator.choice(this, width);
        }
    }

    /** {@code f(x, y)}. */
    record Apply(Position at, String function, List<Node> arguments) implements Node {
        @Override
        public @Nullable Value value(Expansion row) {
            return null;
        }

        @Override
        public Expr typed(Elaborator elaborator, int width) {
            return elaborator.apply(this, width);
        }
    }
}
