// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.report.Coverage.Share;
import dev.bpf4j.conformance.report.Report.Count;
import dev.bpf4j.conformance.suite.Group;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A report as one page of HTML that needs nothing else: no scripts, no fonts, no pictures. Groups and instructions × candidates; behind each
 * failure its program, what was expected, what came, and the command that runs it again. The page is well-formed XML as well.
 */
public final class HtmlReport {
    /** A page with tens of thousands of programs is of no use to anybody. */
    private static final int MOST_FAILURES = 400;

    private static final String STYLE = """
            :root { color-scheme: light dark; --line: #8884; --good: #2c7a3f; --bad: #b3261e; --some: #b58100; --none: #8886; }
            body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; padding: 1rem; max-width: 75rem; }
            h1 { font-size: 1.4rem; margin: 0 0 .5rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
            .summary { font-weight: 600; padding: .5rem .75rem; border-left: .4rem solid var(--good); background: #8881; }
            .summary.bad { border-color: var(--bad); }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .8rem; margin: .8rem 0; font-size: .9rem; }
            dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; font-size: .9rem; }
            th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: left; vertical-align: top; white-space: nowrap; }
            th[scope=row] { font-weight: 400; position: sticky; left: 0; background: Canvas; }
            td.good { background: color-mix(in srgb, var(--good) 22%, transparent); }
            td.bad { background: color-mix(in srgb, var(--bad) 30%, transparent); }
            td.some { background: color-mix(in srgb, var(--some) 28%, transparent); }
            td.none { color: var(--none); }
            details { border: 1px solid var(--line); border-radius: .3rem; margin: .3rem 0; padding: .3rem .6rem; }
            summary { cursor: pointer; overflow-wrap: anywhere; }
            pre { overflow-x: auto; background: #8881; padding: .5rem; font-size: .85rem; }
            .kind { font-weight: 600; }
            nav a { margin-right: 1rem; }
            @media (max-width: 40rem) { body { padding: .6rem; } dl { grid-template-columns: 1fr; } dt { margin-top: .3rem; } }
            """;

    private final Report report;
    private final StringBuilder html = new StringBuilder();

    /** A report to be written. */
    public HtmlReport(Report report) {
        this.report = report;
    }

    /** The page. */
    public String text() {
        html.setLength(0);
        html.append("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<meta charset=\"utf-8\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>eBPF ISA conformance</title>\n<style>\n")
                .append(STYLE).append("</style>\n</head>\n<body>\n<h1>eBPF ISA conformance</h1>\n");
        html.append("<p class=\"summary").append(report.good() ? "" : " bad").append("\">").append(Xml.text(report.summary())).append(
                "</p>\n");
        html.append("<nav><a href=\"#groups\">Groups</a><a href=\"#instructions\">Instructions</a><a href=\"#failures\">Failures</a>")
                .append("<a href=\"#coverage\">Coverage</a></nav>\n");
        header();
        groups();
        instructions();
        failures();
        coverage();
        return html.append("</body>\n</html>\n").toString();
    }

    private void header() {
        html.append("<dl>\n");
        report.header().fields().forEach(this::definition);
        report.candidates().forEach(candidate -> definition(candidate.name(), candidate.description()));
        html.append("</dl>\n");
    }

    private void definition(String name, String value) {
        html.append("<dt>").append(Xml.text(name)).append("</dt><dd>").append(Xml.text(value)).append("</dd>\n");
    }

    private void table(String corner) {
        html.append("<div class=\"scroll\"><table>\n<thead><tr><th scope=\"col\">").append(corner).append("</th>");
        report.candidates().forEach(candidate -> html.append("<th scope=\"col\">").append(Xml.text(candidate.name())).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
    }

    private void endTable() {
        html.append("</tbody></table></div>\n");
    }

    private void groups() {
        html.append(
                "<h2 id=\"groups\">Conformance groups</h2>\n<p>A group is supported if every case of it passes (RFC 9669, section 2.4). ")
                .append(
                        "Those with a star are not of the RFC.</p>\n");
        List<Map<Group, Count>> counts = new ArrayList<>();
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            counts.add(report.groups(candidate));
        }
        table("group");
        for (Group group : Group.values()) {
            if (counts.stream().anyMatch(of -> of.containsKey(group))) {
                html.append("<tr><th scope=\"row\">").append(group.text()).append(group.standard() ? "" : " *").append("</th>");
                counts.forEach(of -> cell(of.getOrDefault(group, Count.NONE), true));
                html.append("</tr>\n");
            }
        }
        endTable();
    }

    /** @param strict whether one failure decides; otherwise a part that passes is shown as a part */
    private void cell(Count count, boolean strict) {
        if (count.unknown()) {
            html.append("<td class=\"none\">not asked</td>");
        } else if (count.allPass()) {
            html.append("<td class=\"good\">pass ").append(count.ran()).append("</td>");
        } else {
            int passed = count.passed();
            html.append("<td class=\"").append(strict || passed == 0 ? "bad" : "some").append("\">").append(strict ? "fail " : "").append(
                    passed)
                    .append('/').append(count.ran()).append(part(count.known(), "known")).append(part(count.unsupported(), "unsupported"))
                    .append("</td>");
        }
    }

    private static String part(int count, String what) {
        return count > 0 ? ", " + count + " " + what : "";
    }

    private void instructions() {
        html.append(
                "<h2 id=\"instructions\">Instructions</h2>\n<p>Cases in which an instruction stands, and how many of them pass. An instruction ")
                .append("that is wrong fails in all its cases; one that is right fails where it stands beside a wrong one.</p>\n");
        table("instruction");
        for (Instruction row : Isa.bpf().instructions()) {
            html.append("<tr><th scope=\"row\" title=\"").append(Xml.attribute(row.description() + " (" + row.section() + ")")).append(
                    "\">").append(
                            Xml.text(row.name())).append(" <small>").append(Xml.text(row.group())).append("</small></th>");
            for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
                cell(report.row(candidate, row), false);
            }
            html.append("</tr>\n");
        }
        endTable();
    }

    private void failures() {
        html.append("<h2 id=\"failures\">Failures</h2>\n");
        int shown = 0;
        int all = 0;
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            List<Integer> failures = report.failures(candidate);
            all += failures.size();
            if (!failures.isEmpty() && shown < MOST_FAILURES) {
                html.append("<h3>").append(Xml.text(report.candidates().get(candidate).name())).append("</h3>\n");
            }
            for (int number : failures) {
                if (shown++ < MOST_FAILURES) {
                    failure(candidate, number);
                }
            }
        }
        if (all == 0) {
            html.append("<p>None.</p>\n");
        } else if (all > MOST_FAILURES) {
            html.append("<p>… and ").append(all - MOST_FAILURES).append(" more.</p>\n");
        }
    }

    private void failure(int candidate, int number) {
        TestCase testCase = report.cases().get(number);
        Finding finding = report.finding(candidate, number);
        html.append("<details><summary><span class=\"kind\">").append(Xml.text(finding.result().kind().text())).append("</span> ").append(
                Xml.text(
                        testCase.id())).append(finding.known().isEmpty() ? "" : " (known)").append("</summary>\n<dl>\n");
        definition("group", testCase.group().text());
        definition("since", testCase.since());
        definition("section", testCase.section());
        if (!finding.known().isEmpty()) {
            definition("known", finding.known());
        }
        if (!finding.result().expected().isEmpty()) {
            definition("expected", finding.result().expected());
            definition("actual", finding.result().actual());
        }
        html.append("</dl>\n<pre>").append(Xml.text(finding.text())).append("</pre>\n<pre>").append(Xml.text(Listing.of(testCase))).append(
                "</pre>\n<pre>").append(Xml.text(report.command(candidate, number))).append("</pre>\n</details>\n");
    }

    private void coverage() {
        html.append(
                "<h2 id=\"coverage\">Coverage</h2>\n<p>What the cases that ran have exercised.</p>\n<div class=\"scroll\"><table>\n<thead><tr>")
                .append("<th>candidate</th><th>rows</th><th>registers</th><th>boundary values</th><th>encodings</th></tr></thead>\n<tbody>\n");
        for (int candidate = 0; candidate < report.candidates().size(); candidate++) {
            Share share = Coverage.of(report, candidate).total();
            html.append("<tr><th scope=\"row\">").append(Xml.text(report.candidates().get(candidate).name())).append("</th><td>").append(
                    share.rows())
                    .append('/').append(share.ofRows()).append("</td><td>").append(share.registers()).append('/').append(share
                            .ofRegisters()).append(
                                    "</td><td>").append(share.values()).append('/').append(share.ofValues()).append("</td><td>").append(
                                            share.encodings())
                    .append("</td></tr>\n");
        }
        endTable();
    }
}
