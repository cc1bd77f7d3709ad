// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Splits a table file into tables: lines, header lines, cells. Knows nothing of what they mean. Comments start with {@code //} and go to the
 * end of the line; a bar inside a cell is written {@code \|}. Any text gives tables or a {@link dev.bpf4j.isa.SourceException}.
 */
final class TableReader {
    /** Longest file that is read, in characters: far above any real table. */
    private static final int MAX_LENGTH = 4 << 20;

    private final String file;
    private final List<Table> tables = new ArrayList<>();

    private @Nullable Position start;
    private String name = "";
    private List<Table.Loop> loops = List.of();
    private List<Table.Header> headers = new ArrayList<>();
    private List<Text> columns = new ArrayList<>();
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
        for (String line : text.split("\n", -1)) {
            reader.line(++number, stripComment(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line));
        }
        reader.finish();
        return reader.tables;
    }

    private static String stripComment(String line) {
        int comment = line.indexOf("//");
        return comment < 0 ? line : line.substring(0, comment);
    }

    private void line(int number, String line) {
        Text whole = Text.of(file, number, line, 0, line.length());
        if (whole.value().isEmpty()) {
            return;
        }
        if (whole.value().startsWith("|")) {
            row(whole);
        } else if (whole.value().equals("table") || whole.value().startsWith("table ")) {
            finish();
            begin(whole);
        } else if (start == null) {
            throw whole.position().error("expected 'table NAME …' before anything else");
        } else if (!columns.isEmpty()) {
            throw whole.position().error("a header line must stand above the rows of its table");
        } else {
            headers.add(header(number, line));
        }
    }

    private void begin(Text whole) {
        String[] words = whole.value().split("\\s+");
        start = whole.position();
        if (words.length < 2 || !isName(words[1])) {
            throw whole.position().error("expected a name after 'table'");
        }
        name = words[1];
        List<Table.Loop> found = new ArrayList<>();
        Set<String> variables = new HashSet<>();
        int i = 2;
        while (i < words.length) {
            if (!words[i].equals("for") || !hasLoop(words, i) || !isName(words[i + 1])) {
                throw whole.position().error("expected 'for VARIABLE in VALUE …' but found '" + words[i] + "'");
            }
            String variable = words[i + 1];
            if (!variables.add(variable)) {
                throw whole.position().error("variable '" + variable + "' stands twice");
            }
            List<String> values = new ArrayList<>();
            i += 3;
            while (i < words.length && !words[i].equals("for")) {
                values.add(words[i++]);
            }
            if (values.isEmpty()) {
                throw whole.position().error("variable '" + variable + "' has no values");
            }
            found.add(new Table.Loop(variable, List.copyOf(values)));
        }
        loops = found;
    }

    private static boolean hasLoop(String[] words, int i) {
        return i + 3 < words.length && words[i + 2].equals("in");
    }

    private Table.Header header(int number, String line) {
        int from = 0;
        while (Character.isWhitespace(line.charAt(from))) {
            from++;
        }
        int to = from;
        while (to < line.length() && (Character.isLetterOrDigit(line.charAt(to)) || line.charAt(to) == '_')) {
            to++;
        }
        Text key = Text.of(file, number, line, from, to);
        if (key.value().isEmpty()) {
            throw new Position(file, number, from + 1, line).error("expected a header line: KEY text");
        }
        if (to < line.length() && line.charAt(to) == '[') {
            int close = line.indexOf(']', to);
            if (close < 0) {
                throw new Position(file, number, to + 1, line).error("this '[' is not closed");
            }
            return new Table.Header(key, Text.of(file, number, line, to + 1, close), Text.of(file, number, line, close + 1, line.length()));
        }
        if (to < line.length() && !Character.isWhitespace(line.charAt(to))) {
            throw new Position(file, number, to + 1, line).error("expected a blank or '[' after '" + key.value() + "'");
        }
        return new Table.Header(key, null, Text.of(file, number, line, to, line.length()));
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
        Set<String> seen = new HashSet<>();
        for (Text cell : cells) {
            if (!isName(cell.value())) {
                throw cell.position().error("'" + cell.value() + "' cannot be the name of a column");
            }
            if (!seen.add(cell.value())) {
                throw cell.position().error("column '" + cell.value() + "' stands twice");
            }
        }
        columns.addAll(cells);
    }

    private List<Text> cells(Text whole) {
        String line = whole.position().text();
        int open = whole.position().column() - 1;
        int end = open + whole.value().length();
        if (end - open < 2 || line.charAt(end - 1) != '|') {
            throw whole.position().error("a row starts and ends with '|'");
        }
        List<Text> cells = new ArrayList<>();
        int from = open + 1;
        for (int i = from; i < end; i++) {
            if (line.charAt(i) == '|' && line.charAt(i - 1) != '\\') {
                Text cell = Text.of(file, whole.position().line(), line, from, i);
                cells.add(new Text(cell.position(), cell.value().replace("\\|", "|")));
                from = i + 1;
            }
        }
        return cells;
    }

    private void finish() {
        if (start == null) {
            return;
        }
        if (columns.isEmpty()) {
            throw start.error("table '" + name + "' has no rows");
        }
        tables.add(new Table(start, name, loops, List.copyOf(headers), List.copyOf(columns), List.copyOf(rows)));
        start = null;
        headers = new ArrayList<>();
        columns = new ArrayList<>();
        rows = new ArrayList<>();
    }

    static boolean isName(String text) {
        if (text.isEmpty() || !Character.isLetter(text.charAt(0)) && text.charAt(0) != '_') {
            return false;
        }
        return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }
}
