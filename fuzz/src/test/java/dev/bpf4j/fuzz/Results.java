// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Figures of long runs, which are committed under docs/results. */
public final class Results {
    private Results() {
    }

    /** Writes a file of results. */
    public static void write(String name, String text) throws IOException {
        Path folder = Path.of(Objects.requireNonNull(System.getProperty("bpf4j.root"), "-Dbpf4j.root")).resolve("docs/results");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name), text);
    }
}
