// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftWriter;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.runtime.Policy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares engines over cases in a process of its own. An engine that ends that process, or does not come back, differs from the first one. Not
 * thread-safe.
 */
public final class IsolatedComparison implements AutoCloseable {
    /** The kind of a difference that is the end of the process. */
    public static final String DIED = "died";
    /** The kind of a difference that is no end. */
    public static final String HUNG = "hung";
    private static final Duration MOST = Duration.ofSeconds(30);

    private final List<String> engines;
    private @Nullable WorkerProcess worker;
    private int deaths;

    /** A comparison of engines, by their names as {@link CampaignSpec} has them. */
    public IsolatedComparison(List<String> engines) {
        this.engines = List.copyOf(engines);
    }

    /** Processes that have ended by a case, or were ended because of one. */
    public int deaths() {
        return deaths;
    }

    /**
     * The first difference that a case shows.
     *
     * @throws IOException              if no process can be started
     * @throws IllegalArgumentException if there is no engine with one of the names
     */
    public Optional<Difference> difference(BpftCase testCase, Policy policy) throws IOException, InterruptedException {
        WorkerProcess process = worker;
        if (process == null) {
            process = new WorkerProcess(List.of(WorkerMain.CASES, String.join(WorkerMain.COMMA, engines)));
            worker = process;
        }
        byte[] text = BpftWriter.write(testCase).getBytes(StandardCharsets.UTF_8);
        process.send((policy.name() + " " + text.length + "\n").getBytes(StandardCharsets.UTF_8));
        process.send(text);
        String at = "";
        while (true) {
            switch (process.next(MOST)) {
                case WorkerProcess.Said.Line(String line) -> {
                    if (line.equals(WorkerMain.SAME)) {
                        return Optional.empty();
                    }
                    if (line.startsWith(WorkerMain.DIFFERS)) {
                        String[] words = line.split("\t", -1);
                        return Optional.of(new Difference(Aspect.valueOf(words[1]), words[2], words[3], words[4], words[5]));
                    }
                    if (line.startsWith(WorkerMain.ERROR)) {
                        close();
                        throw new IllegalArgumentException(line.substring(WorkerMain.ERROR.length()));
                    }
                    at = line.startsWith(WorkerMain.AT) ? line.substring(WorkerMain.AT.length()) : at;
                }
                case WorkerProcess.Said.Nothing nothing -> {
                    return ended(HUNG, at, "no answer within " + MOST.toSeconds() + " s");
                }
                case WorkerProcess.Said.Gone(String how) -> {
                    if (at.isEmpty()) {
                        close();
                        throw new IOException("the process that compares engines cannot be started: " + how);
                    }
                    return ended(DIED, at, "its process ended: " + how);
                }
            }
        }
    }

    private Optional<Difference> ended(String kind, String engine, String detail) {
        close();
        deaths++;
        return Optional.of(new Difference(Aspect.OUTCOME, kind, engines.getFirst(), engine, detail));
    }

    @Override
    public void close() {
        WorkerProcess process = worker;
        if (process != null) {
            process.close();
            worker = null;
        }
    }
}
