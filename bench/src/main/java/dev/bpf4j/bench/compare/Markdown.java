// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import java.util.Collections;
import java.util.List;

/** A report as Markdown, alone or as the marked part of a document. */
public final class Markdown {
    /** The line that the part begins with. */
    public static final String BEGIN = "<!-- bpf4j bench: begin -->";
    /** The line that it ends with. */
    public static final String END = "<!-- bpf4j bench: end -->";

    private Markdown() {
    }

    /** The report, marks included. */
    public static String of(Report report) {
        StringBuilder text = new StringBuilder(BEGIN).append("\n\n");
        ReportTable.circumstances(report).forEach(line -> text.append("- ").append(line).append('\n'));
        for (ReportTable table : ReportTable.of(report)) {
            text.append("\n### ").append(table.title()).append("\n\n");
            line(text, table.heading());
            text.append("|---").append("|---:".repeat(table.heading().size() - 1)).append("|\n");
            table.rows().forEach(row -> line(text, row));
        }
        List<String> refusals = ReportTable.refusals(report);
        if (!refusals.isEmpty()) {
            text.append("\n### What could not run\n\n");
            refusals.forEach(line -> text.append("- ").append(line).append('\n'));
        }
        return text.append('\n').append(END).append('\n').toString();
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append("| ").append(String.join(" | ", cells.stream().map(cell -> cell.replace("|", "\\|")).toList())).append(" |\n");
    }

    /**
     * A document with the part between the marks replaced.
     *
     * @param part what {@link #of} gives
     * @throws IllegalArgumentException if the document has not the two marks, each once on a line of its own, in this order
     */
    public static String replaceIn(String document, String part) {
        List<String> lines = document.lines().toList();
        int begin = lines.indexOf(BEGIN);
        int end = lines.indexOf(END);
        if (begin < 0 || end < begin || Collections.frequency(lines, BEGIN) != 1 || Collections.frequency(lines, END) != 1) {
            throw new IllegalArgumentException("no part to replace: expected one line " + BEGIN + " and, after it, one line " + END);
        }
        String before = String.join("\n", lines.subList(0, begin));
        String after = String.join("\n", lines.subList(end + 1, lines.size()));
        return (begin == 0 ? "" : before + "\n") + part + (after.isEmpty() ? "" : after + "\n");
    }
}
