// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

/**
 * The user can mend it: a wrong argument or input. Ends the command with {@link ExitCode#BAD_INPUT} and the message on standard
 * error, without a stack trace. The message names the thing, the place, what was found and what was expected.
 */
public final class UserError extends RuntimeException {
    /** @param message one or more lines, without the {@code bpf4j:} in front and without a newline at the end */
    public UserError(String message) {
        super(message);
    }

    /**
     * As {@link #UserError(String)}.
     *
     * @param cause shown with {@code --debug} only
     */
    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
