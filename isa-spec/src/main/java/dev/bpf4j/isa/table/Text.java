// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a table's line with its place. A text stands once in the file but is used by every expansion of its table, so what it parses to
 * is kept. Confined to the thread that reads the table.
 */
final class Text {
    private final Position position;
    private final String value;
    private @Nullable Node expression;
    private NodeParser.@Nullable Statement statement;
    private @Nullable Template template;
    private @Nullable List<Text> words;

    /** A text whose first character stands at {@code position}. */
    Text(Position position, String value) {
        this.position = position;
        this.value = value;
    }

    /** A piece of a line between two columns (0-based, end exclusive), trimmed on both sides. */
    static Text of(String file, int line, String whole, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(whole.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(whole.charAt(end - 1))) {
            end--;
        }
        return new Text(new Position(file, line, start + 1, whole), whole.substring(start, end));
    }

    /** Where the first character stands. */
    Position position() {
        return position;
    }

    /** The characters, trimmed. */
    String value() {
        return value;
    }

    /** The text as an expression. */
    Node expression() {
        if (expression == null) {
            expression = NodeParser.expression(this);
        }
        return expression;
    }

    /** The text as a statement. */
    NodeParser.Statement statement() {
        if (statement == null) {
            statement = NodeParser.statement(this);
        }
        return statement;
    }

    /** The text as a template: characters with {@code {name}} parts. */
    Template template() {
        if (template == null) {
            template = Template.of(this);
        }
        return template;
    }

    /** The pieces between blanks. */
    List<Text> words() {
        if (words == null) {
            List<Text> found = new ArrayList<>();
            int from = Names.skipBlanks(value, 0);
            while (from < value.length()) {
                int to = from;
                while (to < value.length() && !Character.isWhitespace(value.charAt(to))) {
                    to++;
                }
                found.add(part(from, to));
                from = Names.skipBlanks(value, to);
            }
            words = List.copyOf(found);
        }
        return words;
    }

    /** The characters from one index to another, trimmed. */
    Text part(int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(value.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(value.charAt(end - 1))) {
            end--;
        }
        return new Text(position.plus(start), value.substring(start, end));
    }

    @Override
    public String toString() {
        return value;
    }
}
