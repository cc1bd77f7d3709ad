// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.util.ArrayList;
import java.util.List;

/**
 * A token of an assembly line: a word, a number or one character. Operators of several characters are several tokens, on both sides of a
 * match. A {@code %} in front of a register is dropped.
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
            if (Character.isWhitespace(c) || c == '%' && i + 1 < line.length() && line.charAt(i + 1) == 'r') {
                i++;
                continue;
            }
            int end = i + 1;
            if (isWordPart(c)) {
                while (end < line.length() && isWordPart(line.charAt(end))) {
                    end++;
                }
            }
            tokens.add(new AsmToken(line.substring(i, end), i));
            i = end;
        }
        return tokens;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    boolean isNumber() {
        return Character.isDigit(text.charAt(0));
    }

    boolean isWord() {
        return isWordPart(text.charAt(0)) && !isNumber();
    }

    /** Whether it is this letter and a number: {@code r3}, {@code w10}. */
    boolean isRegister(char letter) {
        return text.length() >= 2 && text.length() <= 3 && text.charAt(0) == letter && text.chars().skip(1).allMatch(Character::isDigit);
    }
}
