// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Parses expressions and statements of the table language. Loosest to tightest: {@code ?:}, comparisons, {@code or}, {@code xor}, {@code and},
 * shifts, sums, products, negation. Operators are those of {@link Expr.BinaryOp}, under the symbols given there.
 */
final class NodeParser {
    /** Deepest nesting that is read, so that no text can exhaust the stack. */
    private static final int MAX_DEPTH = 100;
    private static final int COMPARISON = 0;
    private static final int LONGEST_OPERATOR = 3;
    private static final Map<String, Expr.BinaryOp> OPERATORS = operators();

    private final Text source;
    private final String text;
    private int next;
    private int depth;
    private @Nullable String token;
    private int tokenStart;

    private NodeParser(Text source) {
        this.source = source;
        this.text = source.value();
        advance();
    }

    /** A statement: {@code NAME = expression} or an expression alone. */
    record Statement(@Nullable Text target, Node value) {}

    /** Parses a whole text as an expression. */
    static Node expression(Text source) {
        NodeParser parser = new NodeParser(source);
        Node node = parser.choice();
        parser.expectEnd();
        return node;
    }

    /** Parses a whole text as a statement. */
    static Statement statement(Text source) {
        NodeParser parser = new NodeParser(source);
        Text target = null;
        String first = parser.token;
        if (first != null && Names.isName(first) && parser.peekIsAssignment()) {
            target = new Text(parser.at(), first);
            parser.advance();
            parser.advance();
        }
        Node value = parser.choice();
        parser.expectEnd();
        return new Statement(target, value);
    }

    private static Map<String, Expr.BinaryOp> operators() {
        Map<String, Expr.BinaryOp> operators = new HashMap<>();
        for (Expr.BinaryOp op : Expr.BinaryOp.values()) {
            operators.put(op.symbol(), op);
        }
        return operators;
    }

    /** How tightly an operator binds; higher is tighter. */
    private static int level(Expr.BinaryOp op) {
        return switch (op) {
            case EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> COMPARISON;
            case OR -> 1;
            case XOR -> 2;
            case AND -> 3;
            case SHL, SHR, SAR -> 4;
            case ADD, SUB -> 5;
            case MUL, DIV_U, DIV_S, MOD_U, MOD_S -> 6;
        };
    }

    private Expr.@Nullable BinaryOp operator() {
        return token == null ? null : OPERATORS.get(token);
    }

    private boolean peekIsAssignment() {
        int i = Names.skipBlanks(text, next);
        return i < text.length() && text.charAt(i) == '=' && !(i + 1 < text.length() && text.charAt(i + 1) == '=');
    }

    private Node choice() {
        Position at = at();
        descend(at);
        Node condition = infix(COMPARISON);
        if (accept("?")) {
            Node then = choice();
            expect(":");
            condition = new Node.Choice(at, condition, then, choice());
        }
        depth--;
        return condition;
    }

    private void descend(Position at) {
        if (++depth > MAX_DEPTH) {
            throw at.error("nested more than " + MAX_DEPTH + " deep");
        }
    }

    /** Operands joined by operators that bind at least as tightly as {@code loosest}; comparisons do not chain. */
    private Node infix(int loosest) {
        Node left = negation();
        Expr.BinaryOp op = operator();
        while (op != null && level(op) >= loosest) {
            Position at = at();
            advance();
            left = new Node.Infix(at, op, left, infix(level(op) + 1));
            if (level(op) == COMPARISON) {
                break;
            }
            op = operator();
        }
        return left;
    }

    private Node negation() {
        Position at = at();
        if (!accept("-")) {
            return primary();
        }
        descend(at);
        Node operand = negation();
        depth--;
        return new Node.Negation(at, operand);
    }

    private Node primary() {
        Position at = at();
        String found = token;
        if (found == null) {
            throw at.error("expected an expression, but the text ends");
        }
        if (accept("(")) {
            Node inner = choice();
            expect(")");
            return inner;
        }
        if (Names.isDigit(found.charAt(0))) {
            advance();
            return new Node.Numeral(at, number(at, found));
        }
        if (Names.isName(found) && !OPERATORS.containsKey(found)) {
            advance();
            return accept("(") ? new Node.Apply(at, found, arguments()) : new Node.Name(at, found);
        }
        throw at.error("expected an expression, but found '" + found + "'");
    }

    private List<Node> arguments() {
        List<Node> arguments = new ArrayList<>();
        if (accept(")")) {
            return arguments;
        }
        do {
            arguments.add(choice());
        } while (accept(","));
        expect(")");
        return arguments;
    }

    private static long number(Position at, String digits) {
        try {
            return digits.startsWith("0x") ? Long.parseUnsignedLong(digits.substring(2), 16) : Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw at.error("'" + digits + "' is no number of at most 64 bits");
        }
    }

    private boolean accept(String expected) {
        if (!expected.equals(token)) {
            return false;
        }
        advance();
        return true;
    }

    private void expect(String expected) {
        if (!accept(expected)) {
            throw at().error("expected '" + expected + "' but found " + (token == null ? "the end" : "'" + token + "'"));
        }
    }

    private void expectEnd() {
        if (token != null) {
            throw at().error("expected an operator (" + String.join(" ", new TreeSet<>(OPERATORS.keySet())) + ") or the end, but found '"
                    + token + "'");
        }
    }

    private Position at() {
        return source.position().plus(tokenStart);
    }

    private void advance() {
        next = Names.skipBlanks(text, next);
        tokenStart = next;
        if (next == text.length()) {
            token = null;
            return;
        }
        next = Names.isPart(text.charAt(next)) ? Names.end(text, next) : operatorEnd(next);
        token = text.substring(tokenStart, next);
    }

    /** The longest operator that starts here; a symbol that ends in u or s must not run into a name. */
    private int operatorEnd(int from) {
        for (int end = Math.min(from + LONGEST_OPERATOR, text.length()); end > from; end--) {
            boolean runsOn = Names.isPart(text.charAt(end - 1)) && Names.end(text, end) > end;
            if (!runsOn && OPERATORS.containsKey(text.substring(from, end))) {
                return end;
            }
        }
        return from + 1;
    }
}
