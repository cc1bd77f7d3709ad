// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.report.Finding.Judgement;
import dev.bpf4j.conformance.report.Report.Count;
import dev.bpf4j.conformance.suite.TestCase;

/** A report as JUnit XML, as continuous integration systems read it: a test suite for each candidate, a class for each group. */
public final class JunitReport {
    private final Report report;

    /** A report to be written. */
    public JunitReport(Report report) {
        this.report = report;
    }

    /** The document. */
    public String text() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bpf4j conformance\">\n");
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            suite(xml, candidate);
        }
        return xml.append("</testsuites>\n").toString();
    }

    private void suite(StringBuilder xml, int candidate) {
        Count count = report.total(candidate);
        xml.append("  <testsuite name=\"").append(Xml.attribute(report.candidates().get(candidate).name())).append("\" tests=\"").append(
                report
                        .cases().size()).append("\" failures=\"").append(count.failed() + count.unexpected()).append(
                                "\" errors=\"0\" skipped=\"").append(
                                        count.notAsked() + count.unsupported() + count.known()).append("\">\n    <properties>\n");
        report.header().fields().forEach((name, value) -> property(xml, name, value));
        property(xml, "candidate", report.candidates().get(candidate).description());
        xml.append("    </properties>\n");
        for (int i = 0; i < report.cases().size(); i++) {
            testCase(xml, report.cases().get(i), report.finding(candidate, i), report.command(candidate, i));
        }
        xml.append("  </testsuite>\n");
    }

    private static void property(StringBuilder xml, String name, String value) {
        xml.append("      <property name=\"").append(Xml.attribute(name)).append("\" value=\"").append(Xml.attribute(value)).append(
                "\"/>\n");
    }

    private static void testCase(StringBuilder xml, TestCase testCase, Finding finding, String command) {
        xml.append("    <testcase classname=\"").append(testCase.group().text()).append("\" name=\"").append(Xml.attribute(testCase.id()))
                .append(
                        "\"");
        Judgement judgement = finding.judgement();
        switch (judgement) {
            case PASS -> xml.append("/>\n");
            case NOT_ASKED, UNSUPPORTED, KNOWN -> xml.append("><skipped message=\"").append(Xml.attribute(finding.text())).append(
                    "\"/></testcase>\n");
            case FAILED, UNEXPECTED_PASS -> xml.append("><failure type=\"").append(judgement == Judgement.FAILED ? finding.result().kind()
                    .key()
                    : judgement.key()).append("\" message=\"").append(Xml.attribute(finding.text())).append("\">").append(Xml.text(Listing
                            .of(
                                    testCase))).append(Xml.text(command)).append("\n</failure></testcase>\n");
        }
    }
}
