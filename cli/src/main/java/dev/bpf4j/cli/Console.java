// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/**
 * The streams a command talks through. Commands never touch {@link System#out} themselves, so that tests can run them in place.
 *
 * @param in  standard input
 * @param out results; buffered, flushed when the command ends. A write that fails throws {@link OutputLost}, so that a long
 *            command stops when its reader has gone
 * @param err messages and progress; flushed at every line
 */
public record Console(InputStream in, PrintWriter out, PrintWriter err) {}
