// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import java.util.ArrayList;
import java.util.List;

/**
 * A key with its value, as it stands in the file.
 *
 * @param at       the words in front of the colon
 * @param key      which key
 * @param argument the name behind its word, or the empty string
 * @param after    whether the word {@code after} ends it
 * @param value    what follows the colon on the same line
 * @param body     the indented lines below, whole
 */
record Block(Token at, Key key, String argument, boolean after, Token value, List<Token> body) {

    /** What makes it the same as another one: no two such in a case, and a case's own replaces that of the file. */
    record Id(Key key, String argument, boolean after) {}

    Id id() {
        return new Id(key, argument, after);
    }

    /** All words of the value. */
    List<Token> words() {
        List<Token> words = new ArrayList<>(value.words());
        body.forEach(line -> words.addAll(line.words()));
        return words;
    }

    /** All lines of the value that are not empty, without the blanks around them. */
    List<Token> lines() {
        List<Token> lines = new ArrayList<>();
        lines.add(value.strip());
        body.forEach(line -> lines.add(line.strip()));
        lines.removeIf(line -> line.text().isEmpty());
        return lines;
    }
}
