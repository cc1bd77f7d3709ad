// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;

/** Figures of long runs, which are committed under docs/results. */
public final class Results {
    private Results() {
    }

    /**
     * Writes a file of results, with the commit, the date and the machine.
     *
     * @param name  of the file
     * @param title its heading
     * @param test  the test that makes it, as {@code -Dtest} names it
     * @param text  what follows
     */
    public static void write(String name, String title, String test, String text) throws IOException {
        Path root = Path.of(Objects.requireNonNull(System.getProperty("bpf4j.root"), "-Dbpf4j.root"));
        Path folder = root.resolve("docs/results");
        Files.createDirectories(folder);
        String head = """
                # %s

                To run again: `./mvnw verify -Plong -pl fuzz -am -Dtest='%s' -Dsurefire.failIfNoSpecifiedTests=false`.
                Commit %s, %s, %s.

                """.formatted(title, test, commit(root), LocalDate.now(ZoneOffset.UTC), machine());
        Files.writeString(folder.resolve(name), head + text);
    }

    private static String commit(Path root) throws IOException {
        Process git = new ProcessBuilder("git", "rev-parse", "--short=12", "HEAD").directory(root.toFile()).redirectError(
                ProcessBuilder.Redirect.DISCARD).start();
        String hash = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        return hash.isEmpty() ? "not known" : hash;
    }

    /** Processor, number of cores, system and Java. */
    private static String machine() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        String processor = System.getProperty("os.arch");
        if (Files.isReadable(info)) {
            processor = Files.readString(info).lines().filter(line -> line.startsWith("model name")).map(line -> line.substring(line
                    .indexOf(':') + 1).trim()).findFirst().orElse(processor);
        }
        return processor + ", " + Runtime.getRuntime().availableProcessors() + " cores shared with other work, " + System.getProperty(
                "os.name") + " " + System.getProperty("os.version") + ", Java " + Runtime.version();
    }
}
