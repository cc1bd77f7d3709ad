// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import dev.bpf4j.isa.Diagnostic;
import dev.bpf4j.isa.SourceException;

/**
 * A place in a table's text, carried by everything that is read from it so that errors point there.
 *
 * @param file   name of the table's file
 * @param line   from 1
 * @param column from 1
 * @param text   the whole line
 */
record Position(String file, int line, int column, String text) {

    /** An error at this place. */
    SourceException error(String message) {
        return new Diagnostic(file, line, column, text, message).exception();
    }

    /** File and line. Made for every instruction at every start, which is why it has no {@code +}: the JVM's first one costs 10 ms. */
    String shown() {
        return file.concat(":").concat(Integer.toString(line));
    }

    /** The same line, {@code count} characters further right. */
    Position plus(int count) {
        return new Position(file, line, column + count, text);
    }
}
