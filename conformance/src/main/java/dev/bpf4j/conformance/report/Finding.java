// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.candidate.Result;
import java.util.Locale;

/**
 * A case's result on a candidate, and what is to be thought of it.
 *
 * @param result what came
 * @param known  why it is known to fail; empty if it is not known to
 */
public record Finding(Result result, String known) {

    /** What is to be thought of a result. */
    public enum Judgement {
        /** It passed. */
        PASS,
        /** It was not run, since it is not for the candidate. */
        NOT_ASKED,
        /** It was not run, since the candidate cannot do it: its group is not supported. */
        UNSUPPORTED,
        /** It failed, and is known to. */
        KNOWN,
        /** It failed. */
        FAILED,
        /** It is known to fail, and passed: the list is out of date. */
        UNEXPECTED_PASS;

        /** The name in JSON. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is to be thought of it. */
    public Judgement judgement() {
        if (!result.kind().ran()) {
            return result.kind() == Result.Kind.UNSUPPORTED ? Judgement.UNSUPPORTED : Judgement.NOT_ASKED;
        }
        if (result.kind().failed()) {
            return known.isEmpty() ? Judgement.FAILED : Judgement.KNOWN;
        }
        return known.isEmpty() ? Judgement.PASS : Judgement.UNEXPECTED_PASS;
    }

    /** Whether it makes the run fail. */
    public boolean bad() {
        return judgement() == Judgement.FAILED || judgement() == Judgement.UNEXPECTED_PASS;
    }

    /** Result and reason in words. */
    public String text() {
        String message = result.message().isEmpty() ? "" : ": " + result.message();
        return switch (judgement()) {
            case PASS, NOT_ASKED, UNSUPPORTED, FAILED -> result.kind().text() + message;
            case KNOWN -> result.kind().text() + " (known: " + known + ")" + message;
            case UNEXPECTED_PASS -> "unexpected pass (known to fail: " + known + ")";
        };
    }
}
