// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a table for one combination of the loop variables: what its names mean, and its header lines. Names are looked up in the order
 * loop variable, {@code let}, {@code text}, column; each may use the others.
 */
final class Expansion {
    /** Most expansions of one file. */
    private static final int MAX_EXPANSIONS = 20_000;
    /** Deepest chain of names that stand for names. */
    private static final int MAX_LOOKUPS = 60;
    /** Most names looked up for one row, so that definitions cannot grow without bound. */
    private static final int MAX_STEPS = 20_000;

    private final Table table;
    private final Table.Row row;
    private final Map<String, String> loops;
    private final Map<String, Text> lets = new HashMap<>();
    private final Map<String, Text> cells = new HashMap<>();
    private int lookups;
    private int steps;

    /** A compile-time value: a number, or a word that stands for itself. */
    sealed interface Value {
        /** A number. */
        record Num(long value) implements Value {}

        /** A word, such as the {@code imm} in {@code for S in imm reg}. */
        record Word(String word) implements Value {}
    }

    private Expansion(Table table, Table.Row row, Map<String, String> loops) {
        this.table = table;
        this.row = row;
        this.loops = loops;
        for (int i = 0; i < table.columns().size(); i++) {
            cells.put(table.columns().get(i).value(), row.cells().get(i));
        }
        for (Table.Header header : table.headers()) {
            if (header.key().value().equals("let") && holds(header)) {
                let(header);
            }
        }
    }

    /** All expansions of all tables, in order; those whose {@code when} lines do not hold are left out. */
    static List<Expansion> of(List<Table> tables) {
        List<Expansion> all = new ArrayList<>();
        for (Table table : tables) {
            long combinations = table.rows().size();
            for (Table.Loop loop : table.loops()) {
                combinations *= loop.values().size();
                if (combinations > MAX_EXPANSIONS) {
                    throw table.position().error("this table expands to more than " + MAX_EXPANSIONS + " rows");
                }
            }
            for (Table.Row row : table.rows()) {
                combine(table, row, 0, Map.of(), all);
            }
            if (all.size() > MAX_EXPANSIONS) {
                throw table.position().error("this file expands to more than " + MAX_EXPANSIONS + " rows");
            }
        }
        return all;
    }

    private static void combine(Table table, Table.Row row, int depth, Map<String, String> chosen, List<Expansion> all) {
        if (depth == table.loops().size()) {
            Expansion expansion = new Expansion(table, row, chosen);
            if (expansion.bodies("when").stream().allMatch(expansion::isTrue)) {
                all.add(expansion);
            }
            return;
        }
        Table.Loop loop = table.loops().get(depth);
        for (String value : loop.values()) {
            Map<String, String> more = new HashMap<>(chosen);
            more.put(loop.variable(), value);
            combine(table, row, depth + 1, more, all);
        }
    }

    private void let(Table.Header header) {
        String body = header.body().value();
        int equals = body.indexOf('=');
        String name = equals < 0 ? "" : body.substring(0, equals).trim();
        if (!TableReader.isName(name)) {
            throw header.body().position().error("expected 'let NAME = expression'");
        }
        Position at = header.body().position();
        Text value = Text.of(at.file(), at.line(), at.text(), at.column() - 1 + equals + 1, at.column() - 1 + body.length());
        lets.put(name, value);
    }

    /** The row's place. */
    Position at() {
        return row.position();
    }

    /** The table's name. */
    String tableName() {
        return table.name();
    }

    /** Bodies of all header lines with this key whose condition holds. */
    List<Text> bodies(String key) {
        return table.headers().stream().filter(header -> header.key().value().equals(key) && holds(header)).map(Table.Header::body)
                .toList();
    }

    /** The body of the one header line with this key whose condition holds, if there is one. */
    Optional<Text> body(String key) {
        List<Text> found = bodies(key);
        if (found.size() > 1) {
            throw found.get(1).position().error("a second '" + key + "' for the same instruction");
        }
        return found.stream().findFirst();
    }

    /** The same, which must be there. */
    Text required(String key) {
        return body(key).orElseThrow(() -> at().error("table '" + table.name() + "' has no line '" + key + "' for this row"));
    }

    /** All header lines' keys with their places, to find those that nobody reads. */
    List<Text> keys() {
        return table.headers().stream().map(Table.Header::key).toList();
    }

    private boolean holds(Table.Header header) {
        return header.condition() == null || isTrue(header.condition());
    }

    private boolean isTrue(Text condition) {
        return number(condition) != 0;
    }

    /** The number that a text stands for. */
    long number(Text text) {
        Value value = value(NodeParser.expression(text)).orElseThrow(() -> text.position().error(
                "this has no value before the program runs"));
        return switch (value) {
            case Value.Num(long number) -> number;
            case Value.Word(String word) -> throw text.position().error("expected a number, but '" + word + "' is a word");
        };
    }

    /** What a name stands for: an expression's text; null if it is no name of this expansion. */
    @Nullable
    Text lookup(Node.Name name) {
        Text let = lets.get(name.name());
        return let != null ? let : cells.get(name.name());
    }

    /** The compile-time value of an expression; empty if it reads registers, fields or memory. */
    Optional<Value> value(Node node) {
        return switch (node) {
            case Node.Numeral number -> Optional.of(new Value.Num(number.value()));
            case Node.Name name -> named(name);
            case Node.Negation negation -> num(negation.operand()).map(n -> new Value.Num(-n));
            case Node.Infix infix -> infix(infix);
            case Node.Choice choice -> num(choice.condition()).flatMap(c -> value(c != 0 ? choice.then() : choice.otherwise()));
            case Node.Apply apply -> Optional.empty();
        };
    }

    private Optional<Value> named(Node.Name name) {
        String loop = loops.get(name.name());
        if (loop != null) {
            return Optional.of(Character.isDigit(loop.charAt(0)) ? new Value.Num(NodeParser.number(name.at(), loop))
                    : new Value.Word(loop));
        }
        Text text = lookup(name);
        return text == null ? Optional.empty() : within(name, () -> value(NodeParser.expression(text)));
    }

    /** Runs something that follows a name, counting how deep names stand for names. */
    <T> T within(Node.Name name, java.util.function.Supplier<T> work) {
        if (++lookups > MAX_LOOKUPS) {
            throw name.at().error("'" + name.name() + "' is defined by itself");
        }
        countStep(name.at());
        T result = work.get();
        lookups--;
        return result;
    }

    private void countStep(Position at) {
        if (++steps > MAX_STEPS) {
            throw at.error("this row looks up more than " + MAX_STEPS + " names");
        }
    }

    private Optional<Long> num(Node node) {
        return value(node).flatMap(value -> value instanceof Value.Num(long number) ? Optional.of(number) : Optional.empty());
    }

    private Optional<Value> infix(Node.Infix infix) {
        boolean equality = infix.op().equals("==") || infix.op().equals("!=");
        if (equality && (word(infix.left()) != null || word(infix.right()) != null)) {
            boolean same = wordOrName(infix.left()).equals(wordOrName(infix.right()));
            return Optional.of(new Value.Num(same == infix.op().equals("==") ? 1 : 0));
        }
        return num(infix.left()).flatMap(a -> num(infix.right()).map(b -> new Value.Num(Arithmetic.apply(infix.at(), infix.op(), a, b))));
    }

    private @Nullable String word(Node node) {
        return node instanceof Node.Name name && named(name).orElse(null) instanceof Value.Word(String word) ? word : null;
    }

    private String wordOrName(Node node) {
        String word = word(node);
        if (word != null) {
            return word;
        }
        if (node instanceof Node.Name name) {
            return name.name();
        }
        throw node.at().error("a word can only be compared with a word");
    }

    /** Fills in a text's {@code {name}} parts that are names of this expansion; others are left for the caller. */
    String fill(Text template) {
        return fill(template.position(), template.value(), 0);
    }

    private String fill(Position at, String template, int depth) {
        if (depth > MAX_LOOKUPS) {
            throw at.error("a text that contains itself");
        }
        countStep(at);
        StringBuilder filled = new StringBuilder();
        int from = 0;
        while (true) {
            int open = template.indexOf('{', from);
            int close = open < 0 ? -1 : template.indexOf('}', open);
            if (close < 0) {
                return filled.append(template, from, template.length()).toString();
            }
            String name = template.substring(open + 1, close);
            String value = raw(name);
            filled.append(template, from, open);
            filled.append(value == null ? "{" + name + "}" : fill(at, value, depth + 1));
            from = close + 1;
        }
    }

    /** The characters that a name stands for in a text: a loop's value, a {@code text} line, a cell. */
    @Nullable
    String raw(String name) {
        String loop = loops.get(name);
        if (loop != null) {
            return loop;
        }
        for (Text text : bodies("text")) {
            if (text.value().equals(name)) {
                return "";
            }
            if (text.value().startsWith(name + " ")) {
                return text.value().substring(name.length()).trim();
            }
        }
        Text cell = cells.get(name);
        return cell == null ? null : cell.value();
    }
}
