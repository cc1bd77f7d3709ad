// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.report.Coverage.Share;
import dev.bpf4j.conformance.report.Report.Asked;
import dev.bpf4j.conformance.report.Report.Count;
import dev.bpf4j.conformance.suite.Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report as Markdown: groups × candidates, coverage, what failed. */
public final class MarkdownReport {
    private static final int MOST_FAILURES = 50;

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    /** A report to be written. */
    public MarkdownReport(Report report) {
        this.report = report;
    }

    /** The document. */
    public String text() {
        text.setLength(0);
        text.append("# eBPF ISA conformance\n\n").append(escape(report.summary())).append("\n\n| | |\n|---|---|\n");
        report.header().fields().forEach((name, value) -> row(List.of(name, value)));
        report.candidates().forEach(candidate -> row(List.of("candidate " + candidate.name(), candidate.description())));
        groups("Conformance groups of RFC 9669", true);
        groups("Other groups", false);
        coverage();
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            failures(candidate);
            notRun(candidate);
        }
        return text.toString();
    }

    private void groups(String title, boolean standard) {
        List<Map<Group, Count>> counts = new ArrayList<>();
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            counts.add(report.groups(candidate));
        }
        List<Group> shown = List.of(Group.values()).stream().filter(group -> group.standard() == standard && counts.stream().anyMatch(
                of -> of
                        .containsKey(group))).toList();
        if (shown.isEmpty()) {
            return;
        }
        text.append("\n## ").append(title).append("\n\n");
        table("group", report.candidates().stream().map(Asked::name).toList());
        for (Group group : shown) {
            List<String> cells = new ArrayList<>(List.of(group.text()));
            counts.forEach(of -> cells.add(cell(of.getOrDefault(group, Count.NONE))));
            row(cells);
        }
    }

    private static String cell(Count count) {
        if (count.unknown()) {
            return "not asked (" + count.notAsked() + ")";
        }
        String how = count.allPass() ? "**pass** " + count.ran() : "**fail** " + count.passed() + "/" + count.ran();
        return how + part(count.known(), "known") + part(count.unsupported(), "unsupported") + part(count.notAsked(), "not asked");
    }

    private static String part(int count, String what) {
        return count > 0 ? ", " + count + " " + what : "";
    }

    private void coverage() {
        text.append(
                "\n## Coverage\n\nWhat the cases that ran have exercised: rows of the instruction table, combinations of registers, boundary ")
                .append("values of immediates and offsets, different encodings.\n\n");
        table("candidate", List.of("rows", "registers", "boundary values", "encodings"));
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            Share share = Coverage.of(report, candidate).total();
            row(List.of(report.candidates().get(candidate).name(), share.rows() + "/" + share.ofRows(), share.registers() + "/" + share
                    .ofRegisters(), share.values() + "/" + share.ofValues(), String.valueOf(share.encodings())));
        }
    }

    private void failures(int candidate) {
        List<Integer> failures = report.failures(candidate);
        if (failures.isEmpty()) {
            return;
        }
        text.append("\n## Failures of ").append(escape(report.candidates().get(candidate).name())).append("\n\n");
        table("case", List.of("group", "section", "result"));
        failures.stream().limit(MOST_FAILURES).forEach(number -> {
            var testCase = report.cases().get(number);
            row(List.of("`" + testCase.id() + "`", testCase.group().text(), testCase.section(), report.finding(candidate, number).text()));
        });
        if (failures.size() > MOST_FAILURES) {
            text.append("\n… and ").append(failures.size() - MOST_FAILURES).append(" more.\n");
        }
    }

    private void notRun(int candidate) {
        Map<String, Integer> reasons = report.notRun(candidate);
        if (!reasons.isEmpty()) {
            text.append("\nNot run on ").append(escape(report.candidates().get(candidate).name())).append(":\n\n");
            reasons.forEach((reason, count) -> text.append("- ").append(count).append(": ").append(escape(reason)).append('\n'));
        }
    }

    private void table(String first, List<String> others) {
        List<String> cells = new ArrayList<>(List.of(first));
        cells.addAll(others);
        row(cells);
        text.append("|").repeat("---|", cells.size()).append('\n');
    }

    private void row(List<String> cells) {
        text.append('|');
        cells.forEach(cell -> text.append(' ').append(escape(cell)).append(" |"));
        text.append('\n');
    }

    /** One line that breaks no table. */
    private static String escape(String cell) {
        return cell.strip().replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replaceAll("\\s*\\R\\s*", " ⏎ ").replaceAll(
                "\\p{Cntrl}", "?");
    }
}
