// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import java.io.IOException;

/** A capture file is malformed, or is none. The message names the file, the offset, what was found and what was expected. */
public final class CaptureException extends IOException {
    private static final long serialVersionUID = 1L;

    /** @param message the whole message, for people */
    CaptureException(String message) {
        super(message);
    }
}
