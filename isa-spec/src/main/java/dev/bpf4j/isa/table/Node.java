// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Expr;
import java.util.List;

/** An expression as written in a table: names not yet looked up, widths not yet known. */
sealed interface Node {
    /** Where it stands. */
    Position at();

    /** A number. */
    record Numeral(Position at, long value) implements Node {}

    /** A loop variable, column, {@code let}, register, field or symbol. */
    record Name(Position at, String name) implements Node {}

    /** {@code -x}. */
    record Negation(Position at, Node operand) implements Node {}

    /** {@code x OP y}. */
    record Infix(Position at, Expr.BinaryOp op, Node left, Node right) implements Node {}

    /** {@code c ? x : y}. */
    record Choice(Position at, Node condition, Node then, Node otherwise) implements Node {}

    /** {@code f(x, y)}. */
    record Apply(Position at, String function, List<Node> arguments) implements Node {}
}
