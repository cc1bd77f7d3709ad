// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Expr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table for one combination of the loop variables: what its names mean, and its header lines. In expressions names are looked up
 * in the order loop variable, {@code let}, column; in templates in the order loop variable, {@code text}, column. Each may use the others.
 */
final class Expansion {
    /** Longest text that a template may be filled to. */
    private static final int MAX_FILLED = 2000;

    private final Table table;
    private final Table.Row row;
    private final Map<String, Text> loops;
    private final Budget budget;
    private final Map<String, Text> lets = new HashMap<>();
    private final Map<String, Text> texts = new HashMap<>();
    /** Texts whose names are being looked up, to find definitions that use themselves. */
    private final List<Text> open = new ArrayList<>();

    private Expansion(Table table, Table.Row row, Map<String, Text> loops, Budget budget) {
        this.table = table;
        this.row = row;
        this.loops = loops;
        this.budget = budget;
        define(table.lets(), lets);
    }

    private void define(List<Table.Definition> definitions, Map<String, Text> names) {
        for (Table.Definition definition : definitions) {
            if (holds(definition.condition()) && names.put(definition.name().value(), definition.value()) != null) {
                throw definition.name().position().error("a second '" + definition.name() + "' for the same row");
            }
        }
    }

    /** All expansions of a table, in order; those for which a {@code when} line does not hold are left out. */
    static List<Expansion> of(Table table, Budget budget) {
        List<Map<String, Text>> combinations = List.of(Map.of());
        for (Table.Loop loop : table.loops()) {
            if ((long) combinations.size() * loop.values().size() * table.rows().size() > Budget.MAX_EXPANSIONS) {
                throw table.position().error("this table expands to more than " + Budget.MAX_EXPANSIONS + " rows");
            }
            combinations = combine(combinations, loop);
        }
        List<Expansion> expansions = new ArrayList<>();
        for (Table.Row row : table.rows()) {
            for (Map<String, Text> combination : combinations) {
                Expansion expansion = new Expansion(table, row, combination, budget);
                if (expansion.exists()) {
                    expansion.define(table.texts(), expansion.texts);
                    expansions.add(expansion);
                }
            }
        }
        return expansions;
    }

    private static List<Map<String, Text>> combine(List<Map<String, Text>> combinations, Table.Loop loop) {
        List<Map<String, Text>> more = new ArrayList<>();
        for (Map<String, Text> combination : combinations) {
            for (Text value : loop.values()) {
                Map<String, Text> extended = new HashMap<>(combination);
                extended.put(loop.variable().value(), value);
                more.add(extended);
            }
        }
        return more;
    }

    private boolean exists() {
        for (Text condition : bodies("when")) {
            if (number(condition) == 0) {
                return false;
            }
        }
        return true;
    }

    /** The row's place. */
    Position at() {
        return row.position();
    }

    /** Counts the work on this row. */
    Budget budget() {
        return budget;
    }

    /** The table's name. */
    String tableName() {
        return table.name();
    }

    /** Bodies of all header lines with this key whose condition holds. */
    List<Text> bodies(String key) {
        List<Text> found = new ArrayList<>();
        for (Table.Header header : table.headers(key)) {
            if (holds(header.condition())) {
                found.add(header.body());
            }
        }
        return found;
    }

    /** The body of the one header line with this key whose condition holds; null if there is none. */
    @Nullable
    Text body(String key) {
        List<Text> found = bodies(key);
        if (found.size() > 1) {
            throw found.get(1).position().error("a second '" + key + "' for the same row");
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    /** The same, which must be there. */
    Text required(String key) {
        Text body = body(key);
        if (body == null) {
            throw at().error("table '" + table.name() + "' has no line '" + key + "' for this row");
        }
        return body;
    }

    private boolean holds(@Nullable Text condition) {
        return condition == null || number(condition) != 0;
    }

    /** The number that a text stands for. */
    long number(Text text) {
        Value value = value(text.expression());
        if (value instanceof Value.Num(long number)) {
            return number;
        }
        throw text.position().error(value instanceof Value.Word(String word) ? "expected a number, but '" + word + "' is a word"
                : "this has no value before the program runs");
    }

    /** What a name stands for in an expression: a definition or a cell; null if it is neither. */
    @Nullable
    Text lookup(Node.Name name) {
        Text let = lets.get(name.name());
        return let != null ? let : table.cell(row, name.name());
    }

    /** The compile-time value of an expression; null if it reads registers, fields or memory. */
    @Nullable
    Value value(Node node) {
        budget.enter(node.at());
        Value value = node.value(this);
        budget.leave();
        return value;
    }

    /** The compile-time value of a name. */
    @Nullable
    Value named(Node.Name name) {
        Text loop = loops.get(name.name());
        if (loop != null) {
            return Names.isDigit(loop.value().charAt(0)) ? value(loop.expression()) : new Value.Word(loop.value());
        }
        Text text = lookup(name);
        if (text == null) {
            return null;
        }
        enter(name, text);
        Value value = value(text.expression());
        leave();
        return value;
    }

    /** Goes on with what a name stands for, until {@link #leave}; a definition cannot use itself. */
    void enter(Node.Name name, Text meaning) {
        if (open.contains(meaning)) {
            throw name.at().error("'" + name.name() + "' is defined by itself");
        }
        open.addLast(meaning);
    }

    /** Ends what a name stands for. */
    void leave() {
        open.removeLast();
    }

    /** The compile-time value of a comparison or calculation. */
    @Nullable
    Value infix(Node.Infix infix) {
        Value left = value(infix.left());
        Value right = value(infix.right());
        if (left instanceof Value.Word || right instanceof Value.Word) {
            boolean equal = infix.op() == Expr.BinaryOp.EQ;
            if (!equal && infix.op() != Expr.BinaryOp.NE) {
                throw infix.at().error("words can only be compared by == and !=");
            }
            boolean same = word(infix.left(), left, infix.right()).equals(word(infix.right(), right, infix.left()));
            return new Value.Num(same == equal ? 1 : 0);
        }
        return left instanceof Value.Num(long a) && right instanceof Value.Num(long b)
                ? new Value.Num(Arithmetic.apply(infix.at(), infix.op(), a, b))
                : null;
    }

    /** One side of a comparison of words: a variable's value, or a word that is a value of the variable on the other side. */
    private String word(Node side, @Nullable Value value, Node other) {
        if (value instanceof Value.Word(String word)) {
            return word;
        }
        if (value == null && side instanceof Node.Name(Position at, String word)
                && other instanceof Node.Name(Position p, String variable)) {
            for (Table.Loop loop : table.loops()) {
                if (loop.variable().value().equals(variable)) {
                    return valueOf(loop, at, word);
                }
            }
        }
        throw side.at().error("a word can only be compared with a word");
    }

    private static String valueOf(Table.Loop loop, Position at, String word) {
        for (Text known : loop.values()) {
            if (known.value().equals(word)) {
                return word;
            }
        }
        throw at.error("'" + word + "' is no value of '" + loop.variable() + "'");
    }

    /** A template as a text; every name in it must be one of this expansion. */
    String fill(Text template) {
        StringBuilder filled = new StringBuilder();
        fill(template, new Template.Sink() {
            @Override
            public void literal(String characters) {
                filled.append(characters);
            }

            @Override
            public void unknown(Text name) {
                throw name.position().error("'" + name + "' is no name of this table");
            }
        });
        return filled.toString();
    }

    /** Gives a template's parts to a sink, with the names of this expansion filled in. */
    void fill(Text template, Template.Sink sink) {
        fill(template, sink, 0);
    }

    private int fill(Text template, Template.Sink sink, int length) {
        budget.enter(template.position());
        int filled = length;
        for (Template.Part part : template.template().parts()) {
            filled += part.literal().length();
            if (filled > MAX_FILLED) {
                throw template.position().error("this text becomes longer than " + MAX_FILLED + " characters");
            }
            if (!part.literal().isEmpty()) {
                sink.literal(part.literal());
            }
            Text name = part.name();
            Text meaning = name == null ? null : raw(name.value());
            if (meaning != null) {
                if (open.contains(meaning)) {
                    throw template.position().error("'" + name + "' contains itself");
                }
                open.addLast(meaning);
                filled = fill(meaning, sink, filled);
                open.removeLast();
            } else if (name != null) {
                sink.unknown(name);
            }
        }
        budget.leave();
        return filled;
    }

    /** What a name stands for in a template: a loop's value, a {@code text} line, a cell; null if it is none of these. */
    @Nullable
    Text raw(String name) {
        Text loop = loops.get(name);
        if (loop != null) {
            return loop;
        }
        Text text = texts.get(name);
        return text != null ? text : table.cell(row, name);
    }
}
