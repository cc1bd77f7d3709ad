// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Hunts mutants of a kind, one after the other, in a process of its own, which is started again when it ends. For one thread. */
public final class IsolatedHunt implements AutoCloseable {
    /** Processor time without another program after which a mutant hangs, and the same in time, should it wait for something. */
    private static final Duration COMPUTING = Duration.ofSeconds(2);
    private static final Duration WAITING = Duration.ofMinutes(5);
    private static final int POLL_SECONDS = 1;
    /** In place of the number of programs: the process has not begun. */
    private static final long NOT_YET = -1;

    private final MutantKind kind;
    private final long most;
    private final Path counter;
    private @Nullable Hunter hunter;

    /** A process, and what it writes. */
    private record Hunter(Process process, BlockingQueue<Optional<String>> lines) {}

    /**
     * A hunt.
     *
     * @param most programs that a mutant gets at most, about
     */
    public IsolatedHunt(MutantKind kind, long most) throws IOException {
        this.kind = kind;
        this.most = most;
        this.counter = Files.createTempFile("bpf4j-mutants", ".count");
        Files.write(counter, new byte[Long.BYTES]);
    }

    /** Hunts the mutant with a number. */
    public MutantEnd end(int number) throws IOException, InterruptedException {
        Hunter running = hunter == null ? start() : hunter;
        hunter = running;
        long start = System.nanoTime();
        write(NOT_YET);
        running.process().getOutputStream().write((number + "\n").getBytes(StandardCharsets.UTF_8));
        running.process().getOutputStream().flush();
        Since since = new Since(NOT_YET, computed(running), start);
        while (true) {
            Optional<String> line = running.lines().poll(POLL_SECONDS, TimeUnit.SECONDS);
            if (line != null && line.isPresent()) {
                String[] words = line.get().split(" ");
                MutantEnd end = new MutantEnd(MutantEnd.How.valueOf(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2]));
                if (kind.alone() && end.killed()) {
                    end();
                }
                return end;
            }
            long now = read();
            if (line != null && now == NOT_YET) {
                throw new IOException("the process that runs mutants cannot be started");
            }
            if (line != null || now == since.programs() && since.tooLong(computed(running))) {
                end();
                return new MutantEnd(line == null ? MutantEnd.How.HUNG : MutantEnd.How.DIED, Math.max(now, 0), (System.nanoTime() - start)
                        / 1_000_000);
            }
            if (now != since.programs()) {
                since = new Since(now, computed(running), System.nanoTime());
            }
        }
    }

    /** How many programs there were at a time, and the processor time at it; the machine may be too busy to start any. */
    private record Since(long programs, Duration computed, long nanos) {
        boolean tooLong(Duration now) {
            return programs != NOT_YET && now.minus(computed).compareTo(COMPUTING) > 0 || System.nanoTime() - nanos > WAITING.toNanos();
        }
    }

    private static Duration computed(Hunter hunter) {
        return hunter.process().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private Hunter start() throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+SuppressFatalErrorMessage", "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED"));
        for (Map.Entry<Object, Object> property : System.getProperties().entrySet()) {
            if (property.getKey().toString().startsWith("bpf4j.")) {
                command.add("-D" + property.getKey() + "=" + property.getValue());
            }
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), MutantProcess.class.getName(), kind.name(), String.valueOf(
                most), counter.toString()));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().name("mutants' output").start(() -> {
            try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
                reader.lines().forEach(line -> lines.add(Optional.of(line)));
            } catch (IOException | UncheckedIOException e) {
                // the process is gone, which the next line says
            }
            lines.add(Optional.empty());
        });
        return new Hunter(process, lines);
    }

    private long read() throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(counter)).order(ByteOrder.BIG_ENDIAN).getLong();
    }

    private void write(long value) throws IOException {
        try (var file = Files.newByteChannel(counter, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
        }
    }

    private void end() throws InterruptedException {
        Hunter running = hunter;
        if (running != null) {
            running.process().destroyForcibly();
            running.process().waitFor();
            hunter = null;
        }
    }

    @Override
    public void close() throws IOException {
        Hunter running = hunter;
        if (running != null) {
            running.process().destroyForcibly();
            hunter = null;
        }
        Files.deleteIfExists(counter);
    }
}
