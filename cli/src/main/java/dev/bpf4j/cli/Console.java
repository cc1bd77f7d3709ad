// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

/**
 * The streams a command talks through. Commands never touch {@link System#out} themselves, so that tests can run them in place.
 *
 * @param in       standard input
 * @param out      results; buffered, flushed when the command ends. A write that fails throws {@link OutputLost}, so that a long
 *                 command stops when its reader has gone
 * @param err      messages and progress; flushed at every line
 * @param terminal whether standard error is a terminal, asked only when somebody wants to know
 */
public record Console(InputStream in, PrintWriter out, PrintWriter err, BooleanSupplier terminal) {
    /** Streams that lead to no terminal. */
    public Console(InputStream in, PrintWriter out, PrintWriter err) {
        this(in, out, err, () -> false);
    }

    /** Whether somebody watches standard error, so that progress is worth showing. */
    public boolean interactive() {
        return terminal.getAsBoolean();
    }
}
