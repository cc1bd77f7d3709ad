// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import java.util.Locale;

/**
 * What came of a case on a candidate.
 *
 * @param kind     what it is
 * @param message  one line or several: the first difference, the candidate's message, the reason; empty for a pass
 * @param expected what should have come, if that can be said in a word; else empty
 * @param actual   what came; empty if it cannot be said in a word
 */
public record Result(Kind kind, String message, String expected, String actual) {
    /** Everything is as the case says. */
    public static final Result PASS = new Result(Kind.PASS, "", "", "");

    /** Kinds of results. */
    public enum Kind {
        /** Everything is as the case says. */
        PASS("pass"),
        /** The program ran, and something is not as the case says. */
        WRONG("wrong result"),
        /** The program was ended by a fault, and should have returned. */
        FAULT("fault"),
        /** The candidate rejects the program or ends with an error, and the program should have returned. */
        REJECTED("rejected"),
        /** A verifier refuses the program: it does not say that the instructions are unknown, but that it cannot prove the program safe. */
        REFUSED("refused by a verifier"),
        /** The candidate says that it cannot do this. */
        UNSUPPORTED("unsupported"),
        /** The case was not run: it is not for this candidate, or its protocol cannot carry it. */
        NOT_ASKED("not asked"),
        /** The candidate did not answer in time. */
        TIMEOUT("timeout"),
        /** The candidate's process died. */
        CRASH("crash");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** In words. */
        public String text() {
            return text;
        }

        /** The name in JSON and in lists of known failures. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether the case was run. */
        public boolean ran() {
            return this != UNSUPPORTED && this != NOT_ASKED;
        }

        /** Whether the case was run and did not pass. */
        public boolean failed() {
            return ran() && this != PASS;
        }
    }

    /** A result that a message explains. */
    public static Result of(Kind kind, String message) {
        return new Result(kind, message, "", "");
    }

    /** A wrong value. */
    public static Result wrong(String what, String expected, String actual) {
        return new Result(Kind.WRONG, "expected " + what + expected + ", found " + actual, expected, actual);
    }

    /** A case that the candidate says it cannot do. */
    public static Result unsupported(String reason) {
        return of(Kind.UNSUPPORTED, reason);
    }

    /** A case that is not for the candidate. */
    public static Result notAsked(String reason) {
        return of(Kind.NOT_ASKED, reason);
    }
}
