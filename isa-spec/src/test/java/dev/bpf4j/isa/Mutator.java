// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damages valid inputs at random, for tests that any input gives a clear error. The same seed gives the same damage everywhere. Not
 * thread-safe.
 */
public final class Mutator {
    private static final List<String> FRAGMENTS = List.of("", " ", "\t", "\r", "0", "1", "-1", "0x", "0xffffffffffffffff", "65536",
            "99999999999999999999", "-", "+", "(", ")", "((((((((", "[", "]", "{", "}", "{}", "|", "\\|", "=", "==", ":", ",", ";", "//",
            "#",
            "%", "?", "'", "\"", "\0", "\ud800", "é", "٣", "x", "r11", "w5", "_");
    private static final int[] BYTES = {0, 1, 0x7f, 0x80, 0xff};
    private static final int MOST_CHANGES = 4;
    private static final int LONGEST_REPEAT = 300;

    private final SplittableRandom random;

    /** A mutator whose damage depends on the seed only. */
    public Mutator(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** A text with one to four changes: characters, fragments and lines removed, doubled, moved, replaced, repeated. */
    public String text(String original) {
        StringBuilder text = new StringBuilder(original);
        for (int changes = random.nextInt(1, MOST_CHANGES + 1); changes > 0; changes--) {
            change(text);
        }
        return text.toString();
    }

    private void change(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(1, 8));
        switch (random.nextInt(9)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, fragment());
            case 2 -> text.replace(at, end, fragment());
            case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
            case 4 -> text.insert(at, text.substring(at, end).repeat(random.nextInt(1, LONGEST_REPEAT)));
            case 5 -> text.setLength(at);
            case 6 -> text.insert(at, fragment().repeat(random.nextInt(1, LONGEST_REPEAT)));
            case 7 -> replaceWord(text, at);
            default -> lines(text);
        }
    }

    private String fragment() {
        return FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
    }

    /** Replaces the word around a place by another word of the text. */
    private void replaceWord(StringBuilder text, int at) {
        int start = wordStart(text, at);
        int end = wordEnd(text, at);
        int other = random.nextInt(text.length() + 1);
        String word = text.substring(wordStart(text, other), wordEnd(text, other));
        text.replace(start, end, word);
    }

    private static int wordStart(StringBuilder text, int at) {
        int start = at;
        while (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    private static int wordEnd(StringBuilder text, int at) {
        int end = at;
        while (end < text.length() && Character.isLetterOrDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Removes, doubles or exchanges lines. */
    private void lines(StringBuilder text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.toString().split("\n", -1)));
        int at = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(3)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(other, lines.get(at));
            default -> lines.set(at, lines.set(other, lines.get(at)));
        }
        text.setLength(0);
        text.append(String.join("\n", lines));
    }

    /** Bytes with one to four changes: bits flipped, bytes set, runs removed, doubled, cut off. */
    public byte[] bytes(byte[] original) {
        byte[] bytes = original.clone();
        for (int changes = random.nextInt(1, MOST_CHANGES + 1); changes > 0; changes--) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[random.nextInt(16)];
        }
        int at = random.nextInt(bytes.length);
        int count = Math.min(bytes.length - at, random.nextInt(1, 17));
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) BYTES[random.nextInt(BYTES.length)];
            case 2 -> bytes[at] = (byte) random.nextInt(256);
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                return join(bytes, at, at + count);
            }
            default -> {
                return join(bytes, at + count, at);
            }
        }
        return bytes;
    }

    /** What is in front of one place and what is behind another: without, or with twice, what is between them. */
    private static byte[] join(byte[] bytes, int headEnd, int tailStart) {
        byte[] joined = Arrays.copyOf(bytes, headEnd + bytes.length - tailStart);
        System.arraycopy(bytes, tailStart, joined, headEnd, bytes.length - tailStart);
        return joined;
    }
}
