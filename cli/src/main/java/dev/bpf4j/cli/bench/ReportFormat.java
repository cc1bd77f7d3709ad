// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.bench;

import dev.bpf4j.bench.compare.Chart;
import dev.bpf4j.bench.compare.Markdown;
import dev.bpf4j.bench.compare.Measurement;
import dev.bpf4j.bench.compare.Report;
import dev.bpf4j.bench.compare.ReportTable;
import dev.bpf4j.cli.TextTable;
import dev.bpf4j.cli.json.JsonOutput;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;

/** How {@code bpf4j bench} writes its report. */
public enum ReportFormat {
    /** For people. */
    TEXT {
        @Override
        String write(Report report) {
            return print(out -> text(report, out));
        }
    },
    /** For programs. */
    JSON {
        @Override
        String write(Report report) {
            return print(out -> json(report, out));
        }
    },
    /** For documents. */
    MARKDOWN {
        @Override
        String write(Report report) {
            return Markdown.of(report);
        }
    },
    /** A picture of the ratios. */
    SVG {
        @Override
        String write(Report report) {
            return Chart.of(report);
        }
    };

    /** The report as a text that ends with a newline. */
    abstract String write(Report report);

    /** The name on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Something that prints. */
    @FunctionalInterface
    private interface Printing {
        void to(PrintWriter out);
    }

    private static String print(Printing printing) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text);
        printing.to(out);
        out.flush();
        return text.toString().replace("\r\n", "\n");
    }

    private static void text(Report report, PrintWriter out) {
        ReportTable.circumstances(report).forEach(out::println);
        for (ReportTable table : ReportTable.of(report)) {
            out.println();
            out.println(table.title());
            String[] heading = table.heading().toArray(String[]::new);
            for (int i = 1; i < heading.length; i++) {
                heading[i] = " " + heading[i];
            }
            TextTable printed = new TextTable(heading);
            table.rows().forEach(row -> printed.row(row.toArray()));
            printed.print(out, "  ");
        }
        List<String> refusals = ReportTable.refusals(report);
        if (!refusals.isEmpty()) {
            out.println();
            refusals.forEach(out::println);
        }
    }

    private static void json(Report report, PrintWriter out) {
        try (JsonOutput json = new JsonOutput(out)) {
            json.object(() -> {
                json.object("host", () -> report.host().forEach(json::field));
                json.field("cpu", report.cpu().toString());
                json.array("contenders", () -> report.contenders().forEach(column -> json.object(() -> {
                    json.field("name", column.name());
                    json.field("description", column.description());
                })));
                json.array("programs", () -> report.rows().forEach(row -> json.object(() -> row(report, row, json))));
                json.array("refusals", () -> report.refusals().forEach(refusal -> json.object(() -> {
                    json.field("contender", refusal.contender());
                    json.field("program", refusal.program());
                    json.field("reason", refusal.reason());
                })));
            });
        }
    }

    private static void row(Report report, Report.Row row, JsonOutput json) {
        json.field("name", row.program());
        json.field("family", row.family());
        json.field("kind", row.kind().toString());
        json.field("slots", row.slots());
        json.field("inputs", row.inputs());
        json.field("instructions", row.instructions());
        json.array("measurements", () -> {
            for (Report.Column column : report.contenders()) {
                Measurement measurement = row.measurements().get(column.name());
                if (measurement != null) {
                    json.object(() -> measurement(row, column.name(), measurement, json));
                }
            }
        });
    }

    private static void measurement(Report.Row row, String contender, Measurement measurement, JsonOutput json) {
        json.field("contender", contender);
        json.array("roundNanos", () -> measurement.rounds().forEach(nanos -> json.value(nanos.doubleValue())));
        json.field("nanos", measurement.nanos());
        row.ratio(contender).ifPresent(value -> json.field("ratio", value));
        row.nanosPerInstruction(contender).ifPresent(value -> json.field("nanosPerInstruction", value));
    }
}
