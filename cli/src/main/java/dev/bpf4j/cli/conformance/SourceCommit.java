// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.conformance;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The commit that this program was built from, if it runs from the build folder of a checkout. */
final class SourceCommit {
    private SourceCommit() {
    }

    /** The commit, with {@code -dirty} behind it if files were changed since; empty if it cannot be known. */
    static Optional<String> find() {
        CodeSource source = SourceCommit.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Path place = Path.of(source.getLocation().toURI());
            Path target = place.getParent();
            return target != null && target.endsWith(Path.of("cli", "target")) ? describe(target.toFile()) : Optional.empty();
        } catch (URISyntaxException | IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<String> describe(File folder) throws IOException, InterruptedException {
        Process git = new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*").directory(folder)
                .redirectError(
                        ProcessBuilder.Redirect.DISCARD).start();
        git.getOutputStream().close();
        String said = new String(git.getInputStream().readNBytes(100), StandardCharsets.UTF_8).strip();
        return git.waitFor(10, TimeUnit.SECONDS) && git.exitValue() == 0 && !said.isEmpty() ? Optional.of(said) : Optional.empty();
    }
}
