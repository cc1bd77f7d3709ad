// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code helpers.tbl} and {@code kfuncs.tbl}. The tables are part of the jar, so whatever is wrong in them is an {@link IllegalStateException} with its line. */
final class HelperRows {
    private static final List<String> HEAD = List.of("id", "name", "returns", "arguments", "programs", "since", "gpl", "kind");
    private static final List<String> RETURNS = List.of("int", "u32", "u64", "void", "value?", "mem?");
    private static final int MOST_ARGUMENTS = 5;

    private final String file;
    private final Map<Integer, HelperRow> rows = new TreeMap<>();
    private int line;

    private HelperRows(String file) {
        this.file = file;
    }

    /** The rows of a table in the jar, by number. */
    static Map<Integer, HelperRow> read(String file) {
        try (InputStream stream = HelperRows.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException(file + " is missing in the jar");
            }
            return parse(file, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a table's text. */
    static Map<Integer, HelperRow> parse(String file, String text) {
        HelperRows reader = new HelperRows(file);
        boolean head = false;
        for (String content : text.split("\n", -1)) {
            reader.line++;
            if (content.isBlank() || content.startsWith("#")) {
                continue;
            }
            List<String> cells = reader.cells(content);
            if (!head) {
                reader.check(cells.equals(HEAD), "the head must be " + HEAD + ", not " + cells);
                head = true;
            } else {
                reader.row(cells);
            }
        }
        return reader.rows;
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(file + ":" + line + ": " + otherwise);
        }
    }

    private List<String> cells(String content) {
        check(content.startsWith("|") && content.endsWith("|") && content.length() > 1, "a row starts and ends with a bar");
        List<String> cells = Arrays.stream(content.substring(1, content.length() - 1).split("\\|", -1)).map(String::strip).toList();
        check(cells.size() == HEAD.size(), "a row has " + HEAD.size() + " cells, not " + cells.size());
        return cells;
    }

    private void row(List<String> cells) {
        check(cells.get(0).matches("[1-9][0-9]{0,4}"), "the id must be a number, not " + cells.get(0));
        int id = Integer.parseInt(cells.get(0));
        String kind = cells.get(7);
        HelperRow.Kind where = switch (kind) {
            case "java" -> HelperRow.Kind.JAVA;
            case "engine" -> HelperRow.Kind.ENGINE;
            case "-" -> HelperRow.Kind.UNKNOWN;
            default -> {
                check(kind.startsWith("routine "), "the kind must be routine NAME, java, engine or -, not " + kind);
                yield HelperRow.Kind.ROUTINE;
            }
        };
        String routine = where == HelperRow.Kind.ROUTINE ? kind.substring("routine ".length()).strip() : null;
        String returns = cells.get(2);
        check(where == HelperRow.Kind.UNKNOWN ? returns.isEmpty() : RETURNS.contains(returns), "returns must be one of " + RETURNS);
        HelperRow row = new HelperRow(id, cells.get(1), returns, arguments(cells.get(3)), cells.get(4), cells.get(5), cells.get(6).equals(
                "gpl"),
                where, routine);
        check(rows.put(id, row) == null, "helper " + id + " is there twice");
    }

    private List<Argument> arguments(String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        List<String> parts = Arrays.stream(text.split(",")).map(String::strip).toList();
        check(parts.size() <= MOST_ARGUMENTS, "a helper has at most " + MOST_ARGUMENTS + " arguments");
        List<String> names = parts.stream().map(part -> part.substring(0, Math.max(0, part.indexOf(':')))).toList();
        List<Argument> arguments = new ArrayList<>();
        boolean map = false;
        for (String part : parts) {
            Argument argument = argument(part, names);
            arguments.add(argument);
            map |= argument.kind() == Argument.Kind.MAP;
            check(map || switch (argument.kind()) {
                case KEY, VALUE, VALUE_OUT -> false;
                case CTX, MAP, IN, OUT, INOUT, SIZE, INT, U32, U64, FUNC, STR, ANY -> true;
            }, part + " needs a map before it");
        }
        return arguments;
    }

    private Argument argument(String part, List<String> names) {
        int colon = part.indexOf(':');
        check(colon > 0, "an argument is name:kind, not " + part);
        String kind = part.substring(colon + 1);
        int bracket = kind.indexOf('[');
        int extent = 0;
        if (bracket > 0) {
            check(kind.endsWith("]"), "an extent is [n] or [name], not " + kind);
            String size = kind.substring(bracket + 1, kind.length() - 1);
            kind = kind.substring(0, bracket);
            extent = size.matches("[0-9]{1,4}") ? -1 - Integer.parseInt(size) : names.indexOf(size);
            check(extent != -1, "there is no argument " + size);
        }
        Argument.Kind parsed = null;
        for (Argument.Kind known : Argument.Kind.values()) {
            if (known.inTable().equals(kind.toLowerCase(Locale.ROOT))) {
                parsed = known;
            }
        }
        if (parsed == null) {
            throw new IllegalStateException(file + ":" + line + ": " + kind + " is no kind of argument");
        }
        boolean memory = parsed == Argument.Kind.IN || parsed == Argument.Kind.OUT || parsed == Argument.Kind.INOUT;
        check(memory == bracket > 0, "in, out and inout have an extent, the others have none");
        return new Argument(part.substring(0, colon), parsed, extent);
    }
}
