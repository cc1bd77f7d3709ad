// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

/** Text out of files, made fit for a terminal: a name in an object may hold anything, escape sequences included. */
public final class Printable {
    private Printable() {
    }

    /** The text with {@code ?} for every control character; on one line. */
    public static String line(String text) {
        return clean(text, false);
    }

    /** The text with {@code ?} for every control character but newline and tab. */
    public static String lines(String text) {
        return clean(text, true);
    }

    /** A number with its noun: {@code 1 packet}, {@code 2 packets}. */
    public static String count(long number, String noun) {
        return number(number, noun, noun + "s");
    }

    /** A number with a noun whose plural is its own. */
    public static String number(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    private static String clean(String text, boolean lines) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.chars().forEach(c -> clean.append(!Character.isISOControl(c) || lines && (c == '\n' || c == '\t') ? (char) c : '?'));
        return clean.toString();
    }
}
