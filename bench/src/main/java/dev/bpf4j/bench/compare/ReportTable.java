// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * A table of a report, in words: what text and Markdown have in common.
 *
 * @param title   what the figures are
 * @param heading above the columns; the first column has names, all others figures
 * @param rows    as many cells each as there are columns; {@code -} where there is no figure
 */
public record ReportTable(String title, List<String> heading, List<List<String>> rows) {
    private static final String NONE = "-";

    /** Copies the lists. */
    public ReportTable {
        heading = List.copyOf(heading);
        rows = List.copyOf(rows);
    }

    /** The tables of a report: ratios, if there is native code; times; nanoseconds per instruction. */
    public static List<ReportTable> of(Report report) {
        List<ReportTable> tables = new ArrayList<>();
        if (report.hasBaseline()) {
            tables.add(ratios(report));
        }
        tables.add(perInstruction(report));
        tables.add(times(report));
        return List.copyOf(tables);
    }

    private static ReportTable ratios(Report report) {
        return table(report, "Time as a multiple of that of native code by " + Report.BASELINE, Report.Row::ratio, ReportTable::ratio);
    }

    private static ReportTable perInstruction(Report report) {
        return table(report, "Nanoseconds per executed eBPF instruction", Report.Row::nanosPerInstruction, value -> String.format(
                Locale.ROOT,
                value < 10 ? "%.3f" : "%.1f", value));
    }

    /** The contenders that have figures; of the others, {@link #refusals} tells why not. */
    private static List<Report.Column> columns(Report report) {
        return report.contenders().stream().filter(column -> report.rows().stream().anyMatch(row -> row.measurements().containsKey(column
                .name()))).toList();
    }

    private static ReportTable table(Report report, String title, Report.Figure figure, DoubleFunction<String> format) {
        List<List<String>> rows = new ArrayList<>();
        for (Report.Row row : report.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.program()));
            for (Report.Column column : columns(report)) {
                cells.add(cell(figure.of(row, column.name()), format));
            }
            rows.add(cells);
        }
        for (String family : report.families()) {
            rows.add(means(report, Optional.of(family), figure, format));
        }
        if (report.families().size() > 1) {
            rows.add(means(report, Optional.empty(), figure, format));
        }
        return new ReportTable(title, heading(report, "program"), rows);
    }

    private static List<String> means(Report report, Optional<String> family, Report.Figure figure,
            DoubleFunction<String> format) {
        List<String> cells = new ArrayList<>(List.of(family.map(name -> "mean of " + name).orElse("mean of all that compute")));
        for (Report.Column column : columns(report)) {
            Optional<Report.Mean> mean = report.mean(family, column.name(), figure);
            cells.add(mean.map(m -> format.apply(m.value()) + (m.programs() < m.of() ? " (" + m.programs() + " of " + m.of() + ")" : ""))
                    .orElse(NONE));
        }
        return cells;
    }

    private static ReportTable times(Report report) {
        List<String> heading = new ArrayList<>(List.of("program", "slots", "executed"));
        columns(report).forEach(column -> heading.add(column.name()));
        List<List<String>> rows = new ArrayList<>();
        for (Report.Row row : report.rows()) {
            List<String> cells = new ArrayList<>(List.of(row.program(), Integer.toString(row.slots()), Long.toString(row.instructions()
                    / row
                            .inputs())));
            for (Report.Column column : columns(report)) {
                cells.add(cell(row.nanos(column.name()), ReportTable::time));
            }
            rows.add(cells);
        }
        return new ReportTable("Time of a run, its eBPF instructions, and the program's slots", heading, rows);
    }

    private static List<String> heading(Report report, String first) {
        List<String> heading = new ArrayList<>(List.of(first));
        columns(report).forEach(column -> heading.add(column.name()));
        return heading;
    }

    private static String cell(OptionalDouble value, DoubleFunction<String> format) {
        return value.isPresent() ? format.apply(value.getAsDouble()) : NONE;
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }

    /** With its unit, to three digits or so. */
    static String time(double nanos) {
        double value = nanos < 1e3 ? nanos : nanos < 1e6 ? nanos / 1e3 : nanos / 1e6;
        String unit = nanos < 1e3 ? "ns" : nanos < 1e6 ? "µs" : "ms";
        return String.format(Locale.ROOT, value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s", value, unit);
    }

    /** What could not run, one line per contender and reason. */
    public static List<String> refusals(Report report) {
        List<String> lines = new ArrayList<>();
        for (Report.Column column : report.contenders()) {
            List<Report.Refusal> own = report.refusals().stream().filter(refusal -> refusal.contender().equals(column.name())).toList();
            for (String reason : own.stream().map(Report.Refusal::reason).distinct().toList()) {
                List<String> programs = own.stream().filter(refusal -> refusal.reason().equals(reason)).map(Report.Refusal::program)
                        .toList();
                String what = programs.size() == report.rows().size() ? "all programs" : String.join(", ", programs);
                lines.add(column.name() + " did not run " + what + ": " + reason);
            }
        }
        return lines;
    }

    /** What the figures are from: the machine, then the contenders that need explanation. */
    public static List<String> circumstances(Report report) {
        List<String> lines = new ArrayList<>();
        report.host().forEach((name, value) -> lines.add(name + ": " + value));
        lines.add("eBPF objects: -mcpu=" + report.cpu());
        report.contenders().stream().filter(column -> !column.description().isEmpty()).forEach(column -> lines.add(column.name() + ": "
                + column
                        .description()));
        lines.add("largest spread of a figure's rounds: " + spread(report));
        return lines;
    }

    private static String spread(Report report) {
        double[] spreads = report.rows().stream().flatMap(row -> row.measurements().values().stream()).mapToDouble(Measurement::spread)
                .toArray();
        double most = Arrays.stream(spreads).max().orElse(1);
        return String.format(Locale.ROOT, "%.2f, median %.2f", most, spreads.length == 0 ? 1 : Measurement.median(spreads));
    }
}
