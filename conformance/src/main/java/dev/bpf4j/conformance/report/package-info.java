// SPDX-License-Identifier: Apache-2.0
/**
 * What a run of suites found, and how it is told: terminal, Markdown, JUnit XML, a badge, one page of HTML.
 *
 * <pre>{@code
 * Report report = new Campaign(candidates, cases, KnownFailures.NONE, threads).run(header, progress);
 * new TextReport(report).print(out);
 * Files.writeString(Path.of("report.html"), new HtmlReport(report).text());
 * }</pre>
 */
@NullMarked
package dev.bpf4j.conformance.report;

import org.jspecify.annotations.NullMarked;
