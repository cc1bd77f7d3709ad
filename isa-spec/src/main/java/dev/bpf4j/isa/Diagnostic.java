// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

/**
 * Something wrong in a text source: a table, an assembly file. Made for people: {@link #render} shows file, line, column, the line itself with
 * a caret, what was found and what was expected.
 *
 * @param source  name of the text, usually a file name
 * @param line    from 1
 * @param column  from 1
 * @param text    the line as it stands in the source
 * @param message what is wrong
 */
public record Diagnostic(String source, int line, int column, String text, String message) {

    /** The whole message on three lines: place and message, source line, caret. */
    public String render() {
        String shown = text.length() > 200 ? text.substring(0, 200) : text;
        int caret = Math.max(0, Math.min(column - 1, shown.length()));
        StringBuilder indent = new StringBuilder();
        for (int i = 0; i < caret; i++) {
            indent.append(shown.charAt(i) == '\t' ? '\t' : ' ');
        }
        return source + ":" + line + ":" + column + ": " + message + "\n  " + shown + "\n  " + indent + "^";
    }

    /** This diagnostic as an exception. */
    public SourceException exception() {
        return new SourceException(this);
    }
}
