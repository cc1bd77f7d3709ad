// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.elf;

import dev.bpf4j.runtime.LoadException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * A table of zero-terminated strings, named by offset. Names may share tails, so a hostile table can name far more characters than it has
 * bytes; therefore a string is decoded once, and all decoded strings together are at most {@value #SHARING} times the table plus a constant.
 * Not thread-safe.
 */
public final class Strings {
    /** Longest string in bytes; twice what the longest mangled names need that compilers produce. */
    public static final int MAX_LENGTH = 1 << 16;
    private static final int SHARING = 8;

    private final Bytes bytes;
    private final Map<Integer, String> decoded = new HashMap<>();
    private long left;

    /** Makes a table of a window. */
    public Strings(Bytes bytes) {
        this.bytes = bytes;
        this.left = (long) SHARING * bytes.size() + MAX_LENGTH;
    }

    /**
     * The string at an offset.
     *
     * @throws LoadException if the offset is outside, the string does not end, or the table names too much
     */
    public String at(long offset) throws LoadException {
        if (offset == 0 && bytes.size() == 0) {
            return "";
        }
        if (offset < 0 || offset >= bytes.size()) {
            throw bytes.error(offset, "a string expected, but the table has only " + bytes.size() + " bytes");
        }
        int start = (int) offset;
        String known = decoded.get(start);
        if (known != null) {
            return known;
        }
        int end = bytes.findZero(start, MAX_LENGTH);
        if (end < 0) {
            throw bytes.error(offset, "the string has no end within " + MAX_LENGTH + " bytes");
        }
        left -= end - start + 1;
        if (left < 0) {
            throw bytes.error(offset, "the strings named in this table are more than " + SHARING + " times its size");
        }
        String text = new String(bytes.toArray(start, end - start), StandardCharsets.UTF_8);
        decoded.put(start, text);
        return text;
    }
}
