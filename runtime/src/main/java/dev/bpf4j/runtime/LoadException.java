// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/**
 * An object or a program is rejected. The message names the thing, the place (section and offset, or instruction slot with its disassembly),
 * what was found, what was expected, and how to mend it where that is known.
 */
public final class LoadException extends Exception {
    private static final long serialVersionUID = 1L;

    /** @param message the whole message, for people */
    public LoadException(String message) {
        super(message);
    }

    /**
     * @param message the whole message, for people
     * @param cause   what was underneath
     */
    public LoadException(String message, Throwable cause) {
        super(message, cause);
    }
}
