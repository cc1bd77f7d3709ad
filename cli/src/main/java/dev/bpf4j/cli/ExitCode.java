// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

/** What {@code bpf4j} tells its caller by its exit code. Every command uses these and no others. */
public enum ExitCode {
    /** The command did what it was asked; a program that was run returned. */
    OK(0, "done; a program that was run returned"),
    /** The command line is wrong, or an input (file, object, bytes, text) is. */
    BAD_INPUT(1, "wrong use, or bad input"),
    /** bpf4j itself failed: a bug to report. */
    INTERNAL(2, "internal error"),
    /** The program that was run ended with a fault. */
    PROGRAM_FAULT(3, "a program ended with a fault"),
    /** Engines that should agree do not, or cases of a suite failed. */
    DISAGREEMENT(4, "engines disagree, or cases failed");

    private final int code;
    private final String meaning;

    ExitCode(int code, String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The number the process ends with, 0 to 4. */
    public int code() {
        return code;
    }

    /** A few words for the help text. */
    public String meaning() {
        return meaning;
    }
}
