// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.doctor;

import dev.bpf4j.emulation.Architecture;
import dev.bpf4j.emulation.UnicornLibraries;
import dev.bpf4j.conformance.linux.Kernel;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.vm.Engines;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the checks ask of the machine. */
interface Host {
    /** A system property of this JVM; empty if it is not set. */
    String property(String name);

    /** Whether this program may call native code. */
    boolean nativeAccess();

    /** The text of a file; empty if it cannot be read. */
    Optional<String> text(String file);

    /** Where a command is on the PATH. */
    Optional<String> command(String name);

    /** What a command prints, both streams; empty if it fails or takes more than ten seconds. */
    Optional<String> output(String... command);

    /** The emulator for an architecture; empty if there is none. */
    Optional<String> unicorn(Architecture architecture);

    /** Why there is no emulator for an architecture; empty if there is one. */
    Optional<String> withoutUnicorn(Architecture architecture);

    /** Why bpf(2) cannot be used, with its errno; empty if it can. */
    Optional<String> kernelRefusal();

    /** All engines. */
    List<Engine> engines();

    /** The machine that this JVM runs on. */
    final class Here implements Host {
        private static final int MOST_TEXT = 1 << 20;

        @Override
        public String property(String name) {
            return System.getProperty(name, "");
        }

        @Override
        public boolean nativeAccess() {
            return Host.class.getModule().isNativeAccessEnabled();
        }

        @Override
        public Optional<String> text(String file) {
            try (var stream = Files.newInputStream(Path.of(file))) {
                return Optional.of(new String(stream.readNBytes(MOST_TEXT), StandardCharsets.UTF_8));
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        @Override
        public Optional<String> command(String name) {
            for (String folder : Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator, -1)) {
                File candidate = new File(folder, name);
                if (!folder.isEmpty() && candidate.isFile() && candidate.canExecute()) {
                    return Optional.of(candidate.getPath());
                }
            }
            return Optional.empty();
        }

        @Override
        public Optional<String> output(String... command) {
            try {
                Path output = Files.createTempFile("bpf4j-doctor-", ".txt");
                try {
                    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
                    process.getOutputStream().close();
                    if (!process.waitFor(10, TimeUnit.SECONDS)) {
                        process.destroyForcibly();
                        return Optional.empty();
                    }
                    return process.exitValue() == 0 ? text(output.toString()) : Optional.empty();
                } finally {
                    Files.delete(output);
                }
            } catch (IOException e) {
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }

        @Override
        public Optional<String> unicorn(Architecture architecture) {
            return UnicornLibraries.describe(architecture);
        }

        @Override
        public Optional<String> withoutUnicorn(Architecture architecture) {
            return UnicornLibraries.unavailable(architecture);
        }

        @Override
        public Optional<String> kernelRefusal() {
            return Kernel.unavailable();
        }

        @Override
        public List<Engine> engines() {
            return Engines.all();
        }
    }
}
