// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.conformance;

import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.TextTable;
import dev.bpf4j.conformance.report.Coverage;
import dev.bpf4j.conformance.report.Coverage.Share;
import dev.bpf4j.conformance.report.Report;
import dev.bpf4j.conformance.report.Report.Asked;
import dev.bpf4j.conformance.report.Report.Count;
import dev.bpf4j.conformance.suite.Group;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report for a terminal: which groups pass, what failed, and in the last line all in one. */
final class TextReport {
    private static final int MOST_FAILURES = 25;
    private static final int MOST_LINES = 6;

    private final Report report;
    private final PrintWriter out;
    private final boolean quiet;

    /** @param quiet without what was not run and without coverage */
    TextReport(Report report, PrintWriter out, boolean quiet) {
        this.report = report;
        this.out = out;
        this.quiet = quiet;
    }

    void print() {
        report.header().fields().forEach((name, value) -> out.println(Printable.line(name + ": " + value)));
        report.candidates().forEach(candidate -> out.println(Printable.line("candidate " + candidate.name() + ": " + candidate
                .description())));
        List<Map<Group, Count>> counts = new ArrayList<>();
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            counts.add(report.groups(candidate));
        }
        groups("groups of RFC 9669", true, counts);
        groups("other groups", false, counts);
        if (!quiet) {
            coverage();
        }
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            if (!quiet) {
                notRun(candidate);
            }
            failures(candidate);
        }
        out.println();
        out.println(report.summary());
    }

    private void groups(String title, boolean standard, List<Map<Group, Count>> counts) {
        List<Group> shown = List.of(Group.values()).stream().filter(group -> group.standard() == standard && counts.stream().anyMatch(
                of -> of
                        .containsKey(group))).toList();
        if (shown.isEmpty()) {
            return;
        }
        List<String> heading = new ArrayList<>(List.of(title));
        report.candidates().stream().map(Asked::name).forEach(heading::add);
        TextTable table = new TextTable(heading.toArray(String[]::new));
        for (Group group : shown) {
            List<String> cells = new ArrayList<>(List.of(group.text()));
            counts.forEach(of -> cells.add(cell(of.getOrDefault(group, Count.NONE))));
            table.row(cells.toArray());
        }
        out.println();
        table.print(out, "");
    }

    private static String cell(Count count) {
        if (count.unknown()) {
            return "not asked";
        }
        return count.allPass() ? "pass " + count.ran()
                : "FAIL " + count.passed() + "/" + count.ran() + (count.known() > 0 ? ", " + count.known() + " known" : "") + (count
                        .unsupported() > 0 ? ", " + count.unsupported() + " unsupported" : "");
    }

    private void coverage() {
        TextTable table = new TextTable("exercised", "rows", "registers", "boundary values", " encodings");
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            Share share = Coverage.of(report, candidate).total();
            table.row(report.candidates().get(candidate).name(), share.rows() + "/" + share.ofRows(), share.registers() + "/" + share
                    .ofRegisters(),
                    share.values() + "/" + share.ofValues(), share.encodings());
        }
        out.println();
        table.print(out, "");
    }

    private void notRun(int candidate) {
        Map<String, Integer> reasons = report.notRun(candidate);
        if (!reasons.isEmpty()) {
            out.println();
            out.println(Printable.line("not run on " + report.candidates().get(candidate).name() + ":"));
            reasons.forEach((reason, count) -> out.println(Printable.line("  " + count + ": " + reason)));
        }
    }

    private void failures(int candidate) {
        List<Integer> failures = report.failures(candidate);
        if (failures.isEmpty()) {
            return;
        }
        out.println();
        out.println(Printable.line("failures of " + report.candidates().get(candidate).name() + ":"));
        for (int number : failures.subList(0, Math.min(failures.size(), MOST_FAILURES))) {
            List<String> lines = report.finding(candidate, number).text().lines().toList();
            out.println(Printable.line("  " + report.cases().get(number).id() + " (" + report.cases().get(number).group().text() + "): "
                    + (lines
                            .isEmpty() ? "" : lines.getFirst())));
            lines.stream().skip(Math.max(1, lines.size() - MOST_LINES)).forEach(line -> out.println(Printable.line("      " + line
                    .strip())));
        }
        if (failures.size() > MOST_FAILURES) {
            out.println("  and " + (failures.size() - MOST_FAILURES) + " more; --report FILE tells all");
        }
        out.println(Printable.line("again, the first: " + report.command(candidate, failures.getFirst())));
    }
}
