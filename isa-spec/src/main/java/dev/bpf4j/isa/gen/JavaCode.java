// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

/**
 * A Java expression that has the value of an {@link dev.bpf4j.isa.Expr}. How bits are held follows from the width alone: 64 bits in a
 * {@code long}; 32 bits in an {@code int}, all of which counts; 8 and 16 bits in an {@code int} that is not negative; 1 bit in a
 * {@code boolean}.
 *
 * @param text   the expression
 * @param width  bits
 * @param atomic whether it needs no parentheses as an operand
 */
record JavaCode(String text, int width, boolean atomic) {

    static JavaCode of(String text, int width) {
        return new JavaCode(text, width, false);
    }

    static JavaCode atom(String text, int width) {
        return new JavaCode(text, width, true);
    }

    /** The text as an operand. */
    String operand() {
        return atomic ? text : "(" + text + ")";
    }

    /** The Java type. */
    String type() {
        return switch (width) {
            case 64 -> "long";
            case 1 -> "boolean";
            default -> "int";
        };
    }

    /** Whether it is a name or a number, so that writing it twice costs nothing. */
    boolean trivial() {
        return text.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }
}
