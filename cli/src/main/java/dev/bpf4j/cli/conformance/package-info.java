// SPDX-License-Identifier: Apache-2.0
/**
 * {@code bpf4j conformance}: suites on candidates, and reports.
 *
 * <p>
 * {@link dev.bpf4j.cli.conformance.ConformanceCommand} turns options into candidates and cases, runs them, prints
 * {@link dev.bpf4j.cli.conformance.TextReport} and writes the reports that were asked for ({@link dev.bpf4j.cli.conformance.ReportFile}).
 */
@NullMarked
package dev.bpf4j.cli.conformance;

import org.jspecify.annotations.NullMarked;
