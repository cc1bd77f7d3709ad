// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.input;

import dev.bpf4j.cli.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads whole files that the user names. */
public final class InputFile {
    private InputFile() {
    }

    /**
     * Reads a file; pipes and devices too, up to the limit.
     *
     * @param most     most bytes
     * @param expected what the file should be, for messages
     * @throws UserError   if it is a directory, empty or too large
     * @throws IOException if it cannot be read
     */
    public static byte[] read(Path file, int most, String expected) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UserError(file + ": is a directory, expected " + expected);
        }
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(file)) {
            bytes = stream.readNBytes(most);
            if (bytes.length == most && stream.read() >= 0) {
                throw new UserError(file + ": has more than " + most + " bytes, the most for " + expected);
            }
        }
        if (bytes.length == 0) {
            throw new UserError(file + ": the file is empty, expected " + expected);
        }
        return bytes;
    }
}
