// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.util.ArrayList;
import java.util.List;

/**
 * A token of an assembly line: a word, a number, a register with its {@code %}, or one character. Operators of several characters are several
 * tokens, on both sides of a match.
 *
 * @param text   the characters
 * @param column 0-based place in the line
 */
record AsmToken(String text, int column) {

    static List<AsmToken> split(String line) {
        List<AsmToken> tokens = new ArrayList<>();
        int i = 0;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            int end = i + 1;
            if (isWordPart(c) || c == '%' && end < line.length() && line.charAt(end) == 'r') {
                while (end < line.length() && isWordPart(line.charAt(end))) {
                    end++;
                }
            }
            tokens.add(new AsmToken(line.substring(i, end), i));
            i = end;
        }
        return tokens;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_' || c == '.';
    }

    boolean is(String characters) {
        return text.equals(characters);
    }

    boolean isNumber() {
        return isDigit(text.charAt(0));
    }

    boolean isWord() {
        return isWordPart(text.charAt(0)) && !isNumber();
    }

    /** Whether it is two hexadecimal digits: a byte of a listing. */
    boolean isByte() {
        return text.length() == 2 && Character.digit(text.charAt(0), 16) >= 0 && Character.digit(text.charAt(1), 16) >= 0 && isWordPart(text
                .charAt(0)) && isWordPart(text.charAt(1));
    }

    /** The number behind this prefix, which makes it a register; -1 if it is none. At most two digits. */
    int register(String prefix) {
        int digits = text.length() - prefix.length();
        if (digits < 1 || digits > 2 || !text.startsWith(prefix)) {
            return -1;
        }
        int number = 0;
        for (int i = prefix.length(); i < text.length(); i++) {
            if (!isDigit(text.charAt(i))) {
                return -1;
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
