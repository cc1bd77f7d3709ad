// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.conformance;

import dev.bpf4j.cli.UserError;
import dev.bpf4j.conformance.report.Badge;
import dev.bpf4j.conformance.report.HtmlReport;
import dev.bpf4j.conformance.report.JunitReport;
import dev.bpf4j.conformance.report.MarkdownReport;
import dev.bpf4j.conformance.report.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** A file that a report is written to; its name says in which format. */
record ReportFile(Path path, Function<Report, String> format) {

    /**
     * The format for a file's name.
     *
     * @throws UserError if the name ends with nothing known
     */
    static ReportFile of(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        String suffix = name.substring(name.lastIndexOf('.') + 1);
        return new ReportFile(path, switch (suffix) {
            case "json" -> report -> new JsonReport(report).text();
            case "html", "htm" -> report -> new HtmlReport(report).text();
            case "xml" -> report -> new JunitReport(report).text();
            case "md" -> report -> new MarkdownReport(report).text();
            case "svg" -> report -> new Badge(report).text();
            default -> throw new UserError("--report " + path + ": expected a name that ends with .json, .html, .xml (JUnit), .md or .svg");
        });
    }

    /** Writes the report. */
    void write(Report report) throws IOException {
        Files.writeString(path, format.apply(report));
    }
}
