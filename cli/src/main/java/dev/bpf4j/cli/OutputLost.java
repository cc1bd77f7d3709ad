// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Standard output can no longer be written: the reader of the pipe has gone, or the disk is full. Unchecked, because
 * {@link java.io.PrintWriter} would swallow an {@link IOException} and a command would print on into the void.
 */
final class OutputLost extends RuntimeException {
    private final String reason;

    OutputLost(IOException cause) {
        super(cause);
        reason = String.valueOf(cause.getMessage());
    }

    /** What the operating system said. */
    String reason() {
        return reason;
    }

    /** Whether the reader simply stopped reading, as {@code head} does. That needs no message. */
    boolean readerHasGone() {
        return reason.contains("Broken pipe") || reason.contains("The pipe is being closed");
    }

    /** The stream given, with every failed write as {@link OutputLost}. */
    static OutputStream throwing(OutputStream stream) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                try {
                    stream.write(bytes, from, length);
                } catch (IOException e) {
                    throw new OutputLost(e);
                }
            }

            @Override
            public void flush() {
                try {
                    stream.flush();
                } catch (IOException e) {
                    throw new OutputLost(e);
                }
            }
        };
    }
}
