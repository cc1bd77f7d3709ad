// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A Java process that runs {@link WorkerMain}, with the class path and the {@code bpf4j.} properties of this one. For one thread. */
final class WorkerProcess implements AutoCloseable {
    /** Exit codes above this say which signal it was. */
    private static final int SIGNALS = 128;

    private final Process process;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();

    /** Starts a worker. */
    WorkerProcess(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx768m",
                "-XX:+UseSerialGC", "-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash", "--enable-native-access=ALL-UNNAMED"));
        for (Map.Entry<Object, Object> property : System.getProperties().entrySet()) {
            if (property.getKey().toString().startsWith("bpf4j.")) {
                command.add("-D" + property.getKey() + "=" + property.getValue());
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), WorkerMain.class.getName()));
        command.addAll(arguments);
        this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        Thread.ofPlatform().daemon().name("worker's output").start(() -> {
            process.inputReader(StandardCharsets.UTF_8).lines().forEach(line -> lines.add(Optional.of(line)));
            lines.add(Optional.empty());
        });
    }

    /** Sends bytes; if the worker is gone, reading says so. */
    void send(byte[] bytes) {
        try {
            OutputStream out = process.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            process.destroy();
        }
    }

    /** What can be read of a worker. */
    sealed interface Said {
        /** A line. */
        record Line(String text) implements Said {}

        /** Nothing yet. */
        record Nothing() implements Said {}

        /** It is gone. */
        record Gone(String how) implements Said {}
    }

    /** The next line, waited for so long. */
    Said next(Duration most) throws InterruptedException {
        Optional<String> line = lines.poll(most.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null) {
            return new Said.Nothing();
        }
        if (line.isPresent()) {
            return new Said.Line(line.get());
        }
        int code = process.waitFor();
        return new Said.Gone(code > SIGNALS ? "signal " + (code - SIGNALS) : "exit code " + code);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
