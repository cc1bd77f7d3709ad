// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

/**
 * A piece of a table's line with its place.
 *
 * @param position where the first character stands
 * @param value    the characters, trimmed
 */
record Text(Position position, String value) {

    /** A piece of a line between two columns (0-based, end exclusive), trimmed on both sides. */
    static Text of(String file, int line, String whole, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(whole.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(whole.charAt(end - 1))) {
            end--;
        }
        return new Text(new Position(file, line, start + 1, whole), whole.substring(start, end));
    }
}
