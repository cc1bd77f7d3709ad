// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a command once: bytes in, bytes out, a time limit, nothing left behind. Streams of processes are read by threads of the system: a virtual
 * thread that waits for one keeps its carrier, and there are few of these.
 */
final class ChildProcess {
    /** What is kept of each stream; the rest is read and dropped, so that a process that prints without end runs into its time limit. */
    private static final int MOST_OUTPUT = 1 << 20;
    /** A process ended by signal n has this exit code plus n, as shells say it. */
    private static final int SIGNAL = 128;

    private ChildProcess() {
    }

    /**
     * How it ended.
     *
     * @param timedOut whether it was killed because of the time limit
     * @param code     its exit code; if a signal ended it, {@code 128 + signal}
     */
    record Ended(boolean timedOut, int code, String out, String err) {
        /** The signal that ended it; empty if none did. */
        Optional<String> signal() {
            return code > SIGNAL && code <= SIGNAL + 64 ? Optional.of(ChildProcess.signal(code - SIGNAL)) : Optional.empty();
        }
    }

    /** The name of a signal, where it is one that crashes have. */
    static String signal(int number) {
        return "signal " + number + switch (number) {
            case 4 -> " (SIGILL)";
            case 6 -> " (SIGABRT)";
            case 7 -> " (SIGBUS)";
            case 8 -> " (SIGFPE)";
            case 9 -> " (SIGKILL)";
            case 11 -> " (SIGSEGV)";
            case 15 -> " (SIGTERM)";
            default -> "";
        };
    }

    /**
     * Runs a command.
     *
     * @throws IOException          if it cannot be started
     * @throws InterruptedException if the thread is told to stop; the process is ended then
     */
    static Ended run(List<String> command, byte[] input, Duration limit) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        try {
            AtomicReference<String> out = new AtomicReference<>("");
            AtomicReference<String> err = new AtomicReference<>("");
            Thread reader = Thread.ofPlatform().daemon().start(() -> out.set(read(process.getInputStream())));
            Thread errors = Thread.ofPlatform().daemon().start(() -> err.set(read(process.getErrorStream())));
            Thread writer = Thread.ofPlatform().daemon().start(() -> write(process.getOutputStream(), input));
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                kill(process);
                process.waitFor();
            }
            // Grandchildren may hold the streams open; what they still say does not count.
            reader.join(Duration.ofSeconds(1));
            errors.join(Duration.ofSeconds(1));
            writer.interrupt();
            return new Ended(!ended, process.exitValue(), Objects.requireNonNull(out.get()), Objects.requireNonNull(err.get()));
        } finally {
            kill(process);
        }
    }

    /** Why a command cannot be started; empty if it can. */
    static Optional<String> unavailable(List<String> command) {
        try {
            kill(new ProcessBuilder(command).start());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be started: " + e.getMessage());
        }
    }

    /** Ends a process and what it has started. */
    static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private static String read(InputStream stream) {
        try (stream) {
            byte[] first = stream.readNBytes(MOST_OUTPUT);
            stream.transferTo(OutputStream.nullOutputStream());
            return new String(first, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    private static void write(OutputStream stream, byte[] input) {
        try (stream) {
            stream.write(input);
        } catch (IOException e) {
            // It ended without reading everything; how it ended says more.
        }
    }
}
