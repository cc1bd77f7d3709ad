// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in columns as wide as they must be. A column whose heading starts with a blank is aligned to the right. For one thread. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final String[] heading;

    /** @param heading what stands above the columns; all empty: nothing does */
    public TextTable(String... heading) {
        this.heading = heading;
    }

    /** Adds a row of as many cells as there are columns. */
    public void row(Object... cells) {
        if (cells.length != heading.length) {
            throw new IllegalArgumentException(cells.length + " cells in a table of " + heading.length + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(Printable.line(String.valueOf(cell)));
        }
        rows.add(row);
    }

    /**
     * Prints the table.
     *
     * @param indent what stands in front of each line
     */
    public void print(PrintWriter out, String indent) {
        int[] widths = new int[heading.length];
        List<String> top = new ArrayList<>();
        for (int i = 0; i < heading.length; i++) {
            top.add(heading[i].strip());
            widths[i] = top.get(i).length();
            for (List<String> row : rows) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        if (top.stream().anyMatch(text -> !text.isEmpty())) {
            line(out, indent, top, widths);
        }
        rows.forEach(row -> line(out, indent, row, widths));
    }

    private void line(PrintWriter out, String indent, List<String> cells, int[] widths) {
        StringBuilder text = new StringBuilder(indent);
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            boolean right = heading[i].startsWith(" ");
            text.repeat(' ', right ? widths[i] - cell.length() : 0).append(cell).repeat(' ', right ? 0 : widths[i] - cell.length()).append(
                    "  ");
        }
        out.println(text.toString().stripTrailing());
    }
}
