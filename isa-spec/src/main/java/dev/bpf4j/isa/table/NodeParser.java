// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parses expressions and statements of the table language. Loosest to tightest: {@code ?:}, comparisons, {@code or}, {@code xor}, {@code and},
 * shifts, sums, products, negation. Operators are those of {@link Expr.BinaryOp}, under the symbols given there.
 */
final class NodeParser {
    /** Deepest nesting that is read, so that no text can exhaust the stack. */
    private static final int MAX_DEPTH = 100;
    private static final int TIGHTEST = 6;
    private static final Map<String, Integer> LEVELS = levels();

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
        if (first != null && TableReader.isName(first) && parser.peekIsAssignment()) {
            target = new Text(parser.at(), first);
            parser.advance();
            parser.advance();
        }
        Node value = parser.choice();
        parser.expectEnd();
        return new Statement(target, value);
    }

    private static Map<String, Integer> levels() {
        Map<String, Integer> levels = new TreeMap<>();
        for (Expr.BinaryOp op : Expr.BinaryOp.values()) {
            levels.put(op.symbol(), switch (op) {
                case EQ, NE, LT_U, LE_U, GT_U, GE_U, LT_S, LE_S, GT_S, GE_S -> 0;
                case OR -> 1;
                case XOR -> 2;
                case AND -> 3;
                case SHL, SHR, SAR -> 4;
                case ADD, SUB -> 5;
                case MUL, DIV_U, DIV_S, MOD_U, MOD_S -> TIGHTEST;
            });
        }
        return levels;
    }

    private boolean peekIsAssignment() {
        int i = next;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        return i < text.length() && text.charAt(i) == '=' && !(i + 1 < text.length() && text.charAt(i + 1) == '=');
    }

    private Node choice() {
        Position at = at();
        if (++depth > MAX_DEPTH) {
            throw at.error("nested more than " + MAX_DEPTH + " deep");
        }
        Node condition = infix(0);
        if (accept("?")) {
            Node then = choice();
            expect(":");
            condition = new Node.Choice(at, condition, then, choice());
        }
        depth--;
        return condition;
    }

    private Node infix(int level) {
        if (level > TIGHTEST) {
            return negation();
        }
        Node left = infix(level + 1);
        while (token != null && LEVELS.getOrDefault(token, -1) == level) {
            Position at = at();
            String op = token;
            advance();
            left = new Node.Infix(at, op, left, infix(level + 1));
            if (level == 0) {
                break;
            }
        }
        return left;
    }

    private Node negation() {
        Position at = at();
        if (accept("-")) {
            if (++depth > MAX_DEPTH) {
                throw at.error("nested more than " + MAX_DEPTH + " deep");
            }
            Node operand = negation();
            depth--;
            return new Node.Negation(at, operand);
        }
        return primary();
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
        if (Character.isDigit(found.charAt(0))) {
            advance();
            return new Node.Numeral(at, number(at, found));
        }
        if (TableReader.isName(found) && !LEVELS.containsKey(found)) {
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

    static long number(Position at, String digits) {
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
            throw at().error("expected the end of the expression but found '" + token + "'");
        }
    }

    private Position at() {
        return source.position().plus(tokenStart);
    }

    private void advance() {
        while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
            next++;
        }
        tokenStart = next;
        if (next == text.length()) {
            token = null;
            return;
        }
        next = Character.isLetterOrDigit(text.charAt(next)) || text.charAt(next) == '_' ? wordEnd(next) : operatorEnd(next);
        token = text.substring(tokenStart, next);
    }

    private int wordEnd(int from) {
        int end = from;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    /** The longest operator that starts here; a symbol that ends in u or s must not run into a name. */
    private int operatorEnd(int from) {
        int best = from + 1;
        for (String op : LEVELS.keySet()) {
            int end = from + op.length();
            boolean runsOn = Character.isLetter(op.charAt(op.length() - 1)) && end < text.length() && wordEnd(end) > end;
            if (end > best && text.startsWith(op, from) && !runsOn) {
                best = end;
            }
        }
        return best;
    }
}
