// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits a table file into tables: lines, header lines, cells. Knows nothing of what they mean. Comments start with {@code //} and go to the
 * end of the line; a bar inside a cell is written {@code \|}. Any text gives tables or a {@link dev.bpf4j.isa.SourceException}.
 */
final class TableReader {
    /** Longest file that is read, in characters: far above any real table. */
    private static final int MAX_LENGTH = 1 << 20;
    /** Longest line, in characters. */
    private static final int MAX_LINE = 1000;
    /** Most header lines of a table, definitions included. */
    private static final int MAX_HEADERS = 200;
    /** Most columns of a table. */
    private static final int MAX_COLUMNS = 64;

    private final String file;
    private final List<Table> tables = new ArrayList<>();

    private @Nullable Position start;
    private String name = "";
    private List<Table.Loop> loops = List.of();
    private List<Table.Header> headers = new ArrayList<>();
    private List<Table.Definition> lets = new ArrayList<>();
    private List<Table.Definition> texts = new ArrayList<>();
    private Map<String, Integer> columns = new HashMap<>();
    private List<Table.Row> rows = new ArrayList<>();

    private TableReader(String file) {
        this.file = file;
    }

    /** Reads all tables of a file. */
    static List<Table> read(String file, String text) {
        TableReader reader = new TableReader(file);
        if (text.length() > MAX_LENGTH) {
            throw new Position(file, 1, 1, "").error("a table file has at most " + MAX_LENGTH + " characters, this one has " + text
                    .length());
        }
        int number = 0;
        int from = 0;
        while (from <= text.length()) {
            int newline = text.indexOf('\n', from);
            int to = newline < 0 ? text.length() : newline;
            reader.line(++number, stripComment(text.substring(from, to)));
            from = to + 1;
        }
        reader.finish();
        return reader.tables;
    }

    private static String stripComment(String line) {
        int comment = line.indexOf("//");
        return (comment < 0 ? line : line.substring(0, comment)).stripTrailing();
    }

    private void line(int number, String line) {
        Text whole = Text.of(file, number, line, 0, line.length());
        if (line.length() > MAX_LINE) {
            throw whole.position().error("a line has at most " + MAX_LINE + " characters, this one has " + line.length());
        }
        if (whole.value().isEmpty()) {
            return;
        }
        if (whole.value().startsWith("|")) {
            row(whole);
        } else if (whole.words().getFirst().value().equals("table")) {
            finish();
            begin(whole);
        } else if (start == null) {
            throw whole.position().error("expected 'table NAME …' before anything else");
        } else if (!columns.isEmpty()) {
            throw whole.position().error("a header line must stand above the rows of its table");
        } else {
            header(whole);
        }
    }

    private void begin(Text whole) {
        List<Text> words = whole.words();
        if (words.size() < 2) {
            throw whole.position().error("expected a name after 'table'");
        }
        name = named(words.get(1), "the name of a table").value();
        start = whole.position();
        List<Table.Loop> found = new ArrayList<>();
        Set<String> variables = new HashSet<>();
        int i = 2;
        while (i < words.size()) {
            if (!words.get(i).value().equals("for") || i + 3 >= words.size() || !words.get(i + 2).value().equals("in")) {
                throw words.get(i).position().error("expected 'for VARIABLE in VALUE …' but found '" + words.get(i) + "'");
            }
            Text variable = named(words.get(i + 1), "the name of a variable");
            if (!variables.add(variable.value())) {
                throw variable.position().error("variable '" + variable + "' stands twice");
            }
            i += 3;
            List<Text> values = new ArrayList<>();
            while (i < words.size() && !words.get(i).value().equals("for")) {
                values.add(loopValue(words.get(i++)));
            }
            if (values.isEmpty()) {
                throw variable.position().error("variable '" + variable + "' has no values");
            }
            found.add(new Table.Loop(variable, List.copyOf(values)));
        }
        loops = List.copyOf(found);
    }

    private static Text loopValue(Text word) {
        if (Names.end(word.value(), 0) != word.value().length()) {
            throw word.position().error("'" + word + "' is neither a number nor a name");
        }
        return word;
    }

    private static Text named(Text text, String what) {
        if (!Names.isName(text.value())) {
            throw text.position().error("'" + text + "' cannot be " + what);
        }
        return text;
    }

    private void header(Text whole) {
        String line = whole.value();
        int to = Names.end(line, 0);
        Text key = whole.part(0, to);
        if (to == 0) {
            throw whole.position().error("expected a header line: KEY text");
        }
        Text condition = null;
        if (to < line.length() && line.charAt(to) == '[') {
            int close = line.indexOf(']', to);
            if (close < 0) {
                throw whole.position().plus(to).error("this '[' is not closed");
            }
            condition = whole.part(to + 1, close);
            to = close + 1;
        }
        if (to < line.length() && !Character.isWhitespace(line.charAt(to))) {
            throw whole.position().plus(to).error("expected a blank " + (condition == null ? "or '[' after '" + key + "'" : "after ']'"));
        }
        if (headers.size() + lets.size() + texts.size() == MAX_HEADERS) {
            throw whole.position().error("a table has at most " + MAX_HEADERS + " header lines");
        }
        Text body = whole.part(to, line.length());
        switch (key.value()) {
            case "let" -> lets.add(let(condition, body));
            case "text" -> texts.add(text(condition, body));
            default -> headers.add(new Table.Header(key, condition, body));
        }
    }

    private static Table.Definition let(@Nullable Text condition, Text body) {
        int equals = body.value().indexOf('=');
        Text name = body.part(0, Math.max(equals, 0));
        if (!Names.isName(name.value())) {
            throw body.position().error("expected 'let NAME = expression'");
        }
        return new Table.Definition(condition, name, body.part(equals + 1, body.value().length()));
    }

    private static Table.Definition text(@Nullable Text condition, Text body) {
        int end = Names.end(body.value(), 0);
        Text name = body.part(0, end);
        if (!Names.isName(name.value()) || end < body.value().length() && !Character.isWhitespace(body.value().charAt(end))) {
            throw body.position().error("expected 'text NAME characters'");
        }
        return new Table.Definition(condition, name, body.part(end, body.value().length()));
    }

    private void row(Text whole) {
        if (start == null) {
            throw whole.position().error("a row outside of a table");
        }
        List<Text> cells = cells(whole);
        if (columns.isEmpty()) {
            columns(cells);
        } else if (cells.size() != columns.size()) {
            throw whole.position().error("this row has " + cells.size() + " cells, the table has " + columns.size() + " columns");
        } else {
            rows.add(new Table.Row(whole.position(), cells));
        }
    }

    private void columns(List<Text> cells) {
        if (cells.size() > MAX_COLUMNS) {
            throw cells.get(MAX_COLUMNS).position().error("a table has at most " + MAX_COLUMNS + " columns");
        }
        for (Text cell : cells) {
            if (columns.put(named(cell, "the name of a column").value(), columns.size()) != null) {
                throw cell.position().error("column '" + cell + "' stands twice");
            }
        }
    }

    private static List<Text> cells(Text whole) {
        String line = whole.value();
        if (line.length() < 2 || line.charAt(line.length() - 1) != '|') {
            throw whole.position().error("a row starts and ends with '|'");
        }
        List<Text> cells = new ArrayList<>();
        int from = 1;
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == '|' && line.charAt(i - 1) != '\\') {
                Text cell = whole.part(from, i);
                cells.add(cell.value().indexOf('\\') < 0 ? cell : new Text(cell.position(), cell.value().replace("\\|", "|")));
                from = i + 1;
            }
        }
        if (from < line.length()) {
            throw whole.position().plus(from).error("the last cell of the row is not closed: '\\|' is a character of the cell");
        }
        return List.copyOf(cells);
    }

    private Map<String, List<Table.Header>> byKey() {
        Map<String, List<Table.Header>> byKey = new LinkedHashMap<>();
        for (Table.Header header : headers) {
            List<Table.Header> same = byKey.get(header.key().value());
            if (same == null) {
                same = new ArrayList<>();
                byKey.put(header.key().value(), same);
            }
            same.add(header);
        }
        return byKey;
    }

    private void finish() {
        if (start == null) {
            return;
        }
        if (rows.isEmpty()) {
            throw start.error("table '" + name + "' has no rows");
        }
        tables.add(new Table(start, name, loops, byKey(), lets, texts, columns, rows));
        start = null;
        headers = new ArrayList<>();
        lets = new ArrayList<>();
        texts = new ArrayList<>();
        columns = new HashMap<>();
        rows = new ArrayList<>();
    }
}
