// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

/** A contender does not run a program here. Part of the report, not an error. */
public final class CannotRun extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param reason one sentence, without a full stop */
    public CannotRun(String reason) {
        super(reason);
    }

    /** The reason, in one line. */
    public String reason() {
        return String.valueOf(getMessage()).lines().findFirst().orElse("");
    }
}
