// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts of source lines. clang puts them into the object only if it finds the source again at the path that it writes down; where it has not,
 * they are taken from the file that this path names, seen from where the object is: {@code src/net/drop.c} beside {@code build/drop.o} is
 * looked for as {@code build/src/net/drop.c}, {@code build/net/drop.c} and {@code build/drop.c}. For one thread.
 */
public final class SourceText {
    private static final int MOST_FILES = 64;
    private static final long LARGEST_FILE = 4 << 20;

    private final @Nullable Path folder;
    private final Map<String, List<String>> files = new HashMap<>();

    /** @param object the object file; null: only what objects say themselves */
    public SourceText(@Nullable Path object) {
        this.folder = object == null ? null : object.toAbsolutePath().getParent();
    }

    /** The text of a line, without blanks around it; empty if nobody knows it. */
    public String of(Program.Line line) {
        if (!line.text().isBlank()) {
            return line.text().strip();
        }
        if (!files.containsKey(line.file()) && files.size() < MOST_FILES) {
            files.put(line.file(), read(line.file()));
        }
        List<String> lines = files.getOrDefault(line.file(), List.of());
        return line.line() >= 1 && line.line() <= lines.size() ? lines.get(line.line() - 1).strip() : "";
    }

    private List<String> read(String name) {
        try {
            for (Path candidate : candidates(name)) {
                if (Files.isRegularFile(candidate) && Files.size(candidate) <= LARGEST_FILE) {
                    return new String(Files.readAllBytes(candidate), StandardCharsets.UTF_8).lines().toList();
                }
            }
            return List.of();
        } catch (IOException e) {
            return List.of(); // without the text a listing still names the place
        }
    }

    private List<Path> candidates(String name) {
        Path written;
        try {
            written = Path.of(name);
        } catch (InvalidPathException e) {
            return List.of();
        }
        List<Path> all = new ArrayList<>();
        if (folder != null) {
            for (int i = 0; i < written.getNameCount(); i++) {
                all.add(folder.resolve(written.subpath(i, written.getNameCount())));
            }
            if (written.isAbsolute()) {
                all.addFirst(written);
            }
        }
        return all;
    }
}
