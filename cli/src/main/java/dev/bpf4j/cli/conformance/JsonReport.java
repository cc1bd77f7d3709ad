// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.conformance;

import dev.bpf4j.cli.json.JsonOutput;
import dev.bpf4j.conformance.report.Coverage;
import dev.bpf4j.conformance.report.Coverage.Share;
import dev.bpf4j.conformance.report.Finding;
import dev.bpf4j.conformance.report.Report;
import dev.bpf4j.conformance.report.Report.Asked;
import dev.bpf4j.conformance.report.Report.Count;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.isa.Instruction;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A report as JSON, as {@code docs/conformance-report.schema.json} describes it. */
final class JsonReport {
    /** Changes when a field changes its meaning or goes away. */
    static final int FORMAT = 1;

    private final Report report;

    JsonReport(Report report) {
        this.report = report;
    }

    String text() {
        StringWriter text = new StringWriter();
        try (PrintWriter out = new PrintWriter(text); JsonOutput json = new JsonOutput(out)) {
            json.object(() -> document(json));
        }
        return text.toString().replace("\r\n", "\n");
    }

    private void document(JsonOutput json) {
        json.field("format", FORMAT);
        json.field("good", report.good());
        json.field("summary", report.summary());
        json.object("header", () -> report.header().fields().forEach(json::field));
        json.array("candidates", () -> {
            for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
                int number = candidate;
                json.object(() -> candidate(json, number));
            }
        });
        json.array("cases", () -> {
            for (int testCase = 0; testCase < report.cases().size(); testCase++) {
                int number = testCase;
                json.object(() -> testCase(json, number));
            }
        });
    }

    private void candidate(JsonOutput json, int candidate) {
        Asked asked = report.candidates().get(candidate);
        json.field("name", asked.name());
        json.field("description", asked.description());
        json.object("groups", () -> report.groups(candidate).forEach((group, count) -> json.object(group.text(), () -> {
            json.field("standard", group.standard());
            json.field("supported", count.allPass());
            count(json, count);
        })));
        Coverage coverage = Coverage.of(report, candidate);
        json.object("coverage", () -> {
            coverage.groups().forEach((group, share) -> json.object(group.text(), () -> share(json, share)));
            json.object("all", () -> share(json, coverage.total()));
        });
        json.array("rows_without_a_case", () -> coverage.missing().stream().map(Instruction::name).forEach(json::value));
    }

    private static void count(JsonOutput json, Count count) {
        json.field("pass", count.pass());
        json.field("failed", count.failed());
        json.field("known", count.known());
        json.field("unexpected_pass", count.unexpected());
        json.field("unsupported", count.unsupported());
        json.field("not_asked", count.notAsked());
    }

    private static void share(JsonOutput json, Share share) {
        json.field("rows", share.rows());
        json.field("of_rows", share.ofRows());
        json.field("registers", share.registers());
        json.field("of_registers", share.ofRegisters());
        json.field("values", share.values());
        json.field("of_values", share.ofValues());
        json.field("encodings", share.encodings());
    }

    private void testCase(JsonOutput json, int number) {
        TestCase testCase = report.cases().get(number);
        json.field("id", testCase.id());
        json.field("group", testCase.group().text());
        json.field("since", testCase.since());
        json.field("section", testCase.section());
        json.field("programs", testCase.programs());
        json.array("rows", () -> testCase.rows().stream().map(Instruction::name).forEach(json::value));
        json.object("results", () -> {
            for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
                Finding finding = report.finding(candidate, number);
                json.object(report.candidates().get(candidate).name(), () -> finding(json, finding));
            }
        });
    }

    private static void finding(JsonOutput json, Finding finding) {
        json.field("judgement", finding.judgement().key());
        json.field("kind", finding.result().kind().key());
        optional(json, "message", finding.result().message());
        optional(json, "expected", finding.result().expected());
        optional(json, "actual", finding.result().actual());
        optional(json, "known", finding.known());
    }

    private static void optional(JsonOutput json, String name, String value) {
        if (!value.isEmpty()) {
            json.field(name, value);
        }
    }
}
