// SPDX-License-Identifier: Apache-2.0
/**
 * {@code run}: a program on packets, memory or a context, in one engine or in several that are compared.
 *
 * <p>
 * {@link dev.bpf4j.cli.run.RunCommand} reads the options. A {@link dev.bpf4j.cli.run.Guest} is the program in a machine of its own, run by one
 * engine. A {@link dev.bpf4j.cli.run.Runner} feeds {@link dev.bpf4j.cli.run.Input}s from a {@link dev.bpf4j.cli.run.Feed} to all guests in step,
 * counts what they do in a {@link dev.bpf4j.cli.run.Tally} each, and stops at the first {@link dev.bpf4j.cli.run.Disagreement}. {@link
 * dev.bpf4j.cli.run.TextReport} and {@link dev.bpf4j.cli.run.JsonReport} say what came of it.
 */
@NullMarked
package dev.bpf4j.cli.run;

import org.jspecify.annotations.NullMarked;
