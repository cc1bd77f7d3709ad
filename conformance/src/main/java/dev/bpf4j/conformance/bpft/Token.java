// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.isa.Diagnostic;
import dev.bpf4j.isa.SourceException;
import java.util.ArrayList;
import java.util.List;

/**
 * Some characters of a line, with their place.
 *
 * @param source name of the text
 * @param line   from 1
 * @param column from 1
 * @param whole  the whole line
 * @param text   the characters
 */
record Token(String source, int line, int column, String whole, String text) {

    /** An error at this place. */
    SourceException error(String message) {
        return new Diagnostic(source, line, column, whole, message).exception();
    }

    /** A part of these characters. */
    Token part(int from, int to) {
        return new Token(source, line, column + from, whole, text.substring(from, to));
    }

    /** These characters without the blanks around them. */
    Token strip() {
        String stripped = text.strip();
        return stripped.isEmpty() ? part(text.length(), text.length())
                : part(text.indexOf(stripped), text.indexOf(stripped) + stripped
                        .length());
    }

    /** The parts between blanks. */
    List<Token> words() {
        List<Token> words = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && !Character.isWhitespace(text.charAt(to))) {
                to++;
            }
            if (to > from) {
                words.add(part(from, to));
            }
            from = to + 1;
        }
        return words;
    }
}
