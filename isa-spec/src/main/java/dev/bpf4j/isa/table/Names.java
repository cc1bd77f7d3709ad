// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** What a name of the table language looks like: ASCII letters, digits and underscores, no digit in front. */
final class Names {
    private Names() {
    }

    static boolean isName(String text) {
        return !text.isEmpty() && !isDigit(text.charAt(0)) && end(text, 0) == text.length();
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || isDigit(c) || c == '_';
    }

    /** Where the run of letters, digits and underscores that starts at {@code from} ends; {@code from} if none does. */
    static int end(String text, int from) {
        int end = from;
        while (end < text.length() && isPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Where the run of blanks that starts at {@code from} ends. */
    static int skipBlanks(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Constants by their names in lower case, which is how tables write them. */
    static <E extends Enum<E>> Map<String, E> of(E[] constants) {
        Map<String, E> names = HashMap.newHashMap(constants.length);
        for (E constant : constants) {
            names.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return names;
    }
}
