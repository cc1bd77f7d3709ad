// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.bpft.BpftWriter;
import dev.bpf4j.fuzz.campaign.TestBed;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Comparison;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.GenerationCoverage;
import dev.bpf4j.fuzz.shrink.Shrinker;
import dev.bpf4j.runtime.Policy;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A campaign in a folder: it can be killed at any moment and goes on where it was. Programs run in worker processes; one that ends or stops its
 * worker is a finding, and the campaign goes on behind it. One campaign holds a folder at a time. Not thread-safe.
 */
public final class StoredCampaign implements AutoCloseable {
    /** Programs of a chunk: what is run again after a kill, at most, for each worker. */
    private static final long CHUNK = 2_000;
    /** How long a program may take before its worker is stopped. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final int MOST_DEATHS = 100;
    private static final int MOST_DEATHS_SHRINKING = 30;
    private static final int MOST_SHRUNKEN = 5;

    private final CampaignSpec spec;
    private final CampaignFolder folder;
    private final FileChannel lock;
    private final StoredProgress progress;
    private final Set<Path> before;
    private int deaths;
    private long cursor;
    private long end;
    private long deadline;
    private long started;

    private StoredCampaign(CampaignSpec spec, CampaignFolder folder, FileChannel lock, StoredProgress progress) throws IOException {
        this.spec = spec;
        this.folder = folder;
        this.lock = lock;
        this.progress = progress;
        this.before = new HashSet<>(folder.findingFiles());
    }

    /**
     * Opens a campaign, or begins it if the folder has none.
     *
     * @param findings where findings go
     * @throws IOException if the folder cannot be used, belongs to another specification, or is in use; the message says so
     */
    public static StoredCampaign open(Path place, Path findings, CampaignSpec spec) throws IOException {
        CampaignFolder folder = new CampaignFolder(place, findings);
        FileChannel lock = folder.lock().orElseThrow(() -> new IOException(place + " is in use by another campaign"));
        boolean good = false;
        try {
            folder.removeUnfinished();
            Optional<String> state = folder.state();
            StoredProgress progress = state.isPresent() ? StoredProgress.parse(state.get(), spec, place.toString())
                    : new StoredProgress(spec);
            StoredCampaign campaign = new StoredCampaign(spec, folder, lock, progress);
            good = true;
            return campaign;
        } finally {
            if (!good) {
                lock.close();
            }
        }
    }

    /** The files. */
    public CampaignFolder folder() {
        return folder;
    }

    /** Adds a program to the corpus that comes from elsewhere, so that it is mutated. */
    public void addSeed(String name, TestInput input) throws IOException {
        try (TestBed bed = new TestBed(input.variant().profile(), input.variant().policy(), input.variant().order())) {
            folder.addEntry(name, BpftWriter.write(input.toCase("from_elsewhere", bed)));
        }
    }

    /** Rows and operands that the corpus has nowhere: those that were never made. */
    public List<String> missing() throws IOException {
        GenerationCoverage coverage = new GenerationCoverage();
        GeneratedProgram program = new GeneratedProgram();
        for (Path entry : folder.entries()) {
            for (BpftCase testCase : BpftFile.read(entry).cases()) {
                TestInput.of(testCase).into(program);
                coverage.count(program);
            }
        }
        return coverage.missing(Map.of());
    }

    /**
     * Goes on until so many programs have been run since the campaign began, or for so long.
     *
     * @param programs how many
     * @param time     no chunk is begun when this is over
     * @param jobs     workers
     * @param watcher  is told what has been done, after each chunk
     * @throws IOException if the folder cannot be written, or no worker can be started
     */
    public StoredSummary run(long programs, Duration time, int jobs, Consumer<StoredSummary> watcher) throws IOException,
            InterruptedException {
        cursor = 0;
        end = programs;
        started = System.nanoTime();
        deadline = time.compareTo(Duration.ofDays(365)) > 0 ? Long.MAX_VALUE : time.toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int i = 0; i < jobs; i++) {
                Path running = folder.folder().resolve("running-" + i);
                workers.add(threads.submit(() -> {
                    work(running, watcher);
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                try {
                    worker.get();
                } catch (ExecutionException e) {
                    threads.shutdownNow();
                    if (e.getCause() instanceof IOException known) {
                        throw known;
                    }
                    throw new IllegalStateException("a worker's thread failed: " + e.getCause(), e);
                }
            }
        }
        return finish(0, 0, ChunkResult.NONE);
    }

    /** A range of places. */
    private record Range(long from, long count) {}

    private synchronized Optional<Range> take() {
        cursor = progress.open(cursor);
        if (cursor >= end || System.nanoTime() - started >= deadline) {
            return Optional.empty();
        }
        Range range = new Range(cursor, Math.min(progress.room(cursor, CHUNK), end - cursor));
        cursor += range.count();
        return Optional.of(range);
    }

    private synchronized StoredSummary finish(long from, long count, ChunkResult result) throws IOException {
        if (count > 0) {
            progress.done(from, count, result);
        }
        long now = System.nanoTime();
        progress.took((now - started) / 1e9);
        if (deadline != Long.MAX_VALUE) {
            deadline -= now - started;
        }
        started = now;
        save();
        List<Path> findings = folder.findingFiles();
        return new StoredSummary(spec, progress.result(), progress.seconds(), deaths, folder.entries().size(), findings, findings.stream()
                .filter(file -> !before.contains(file)).toList());
    }

    private synchronized List<Long> deadly(Range range) {
        return progress.deadly(spec.firstSeed() + range.from(), range.count());
    }

    // ---- workers ----

    private void work(Path running, Consumer<StoredSummary> watcher) throws IOException, InterruptedException {
        WorkerProcess worker = null;
        try {
            Optional<Range> range = take();
            while (range.isPresent()) {
                worker = worker == null ? start(running) : worker;
                Optional<ChunkResult> result = ask(worker, range.get(), running);
                if (result.isPresent()) {
                    watcher.accept(finish(range.get().from(), range.get().count(), result.get()));
                    range = take();
                } else {
                    worker.close();
                    worker = null;
                }
            }
        } finally {
            if (worker != null) {
                worker.close();
            }
        }
    }

    private WorkerProcess start(Path running) throws IOException {
        Files.deleteIfExists(running);
        return new WorkerProcess(List.of(WorkerMain.CHUNKS, folder.folder().toString(), folder.findings().toString(), running.toString(),
                String.join(WorkerMain.COMMA, spec.engines()), String.join(WorkerMain.COMMA, spec.generators()), String.valueOf(spec
                        .firstSeed())));
    }

    /** Has a chunk run; empty if the worker is gone and the chunk is to be tried again, without what ended it. */
    private Optional<ChunkResult> ask(WorkerProcess worker, Range range, Path running) throws IOException, InterruptedException {
        String line = (spec.firstSeed() + range.from()) + " " + range.count() + deadly(range).stream().map(seed -> " " + seed).collect(
                Collectors.joining()) + "\n";
        worker.send(line.getBytes(StandardCharsets.UTF_8));
        long seed = -1;
        long since = System.nanoTime();
        while (true) {
            switch (worker.next(POLL)) {
                case WorkerProcess.Said.Line(String said) -> {
                    if (said.startsWith(WorkerMain.DONE)) {
                        return Optional.of(ChunkResult.parse(said.substring(WorkerMain.DONE.length())));
                    }
                    throw new IOException(said.startsWith(WorkerMain.ERROR) ? said.substring(WorkerMain.ERROR.length())
                            : "a worker says '" + said + "'");
                }
                case WorkerProcess.Said.Nothing nothing -> {
                    RunningProgram.Left left = RunningProgram.read(running);
                    if (left.seed() != seed || left.phase() != RunningProgram.RUNNING) {
                        seed = left.seed();
                        since = System.nanoTime();
                    } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                        worker.close();
                        died(left, IsolatedComparison.HUNG, "no answer within " + PATIENCE.toSeconds() + " s");
                        return Optional.empty();
                    }
                }
                case WorkerProcess.Said.Gone(String how) -> {
                    died(RunningProgram.read(running), IsolatedComparison.DIED, "its process ended: " + how);
                    return Optional.empty();
                }
            }
        }
    }

    /** Makes a finding of what a worker was running when it ended. */
    private void died(RunningProgram.Left left, String kind, String how) throws IOException, InterruptedException {
        Optional<TestInput> input = left.input();
        if (input.isEmpty() || tooMany()) {
            throw new IOException(input.isEmpty() ? "a worker ended without having run a program: " + how
                    : "workers die at one program after the other: " + how);
        }
        TestInput.Variant variant = input.get().variant();
        BpftCase whole;
        try (TestBed bed = new TestBed(variant.profile(), variant.policy(), variant.order())) {
            whole = input.get().toCase("seed" + left.seed(), bed);
        }
        Difference seen = new Difference(Aspect.OUTCOME, kind, spec.ownEngines().getFirst(), spec.ownEngines().getLast(), how);
        try (IsolatedComparison comparison = new IsolatedComparison(spec.ownEngines())) {
            Optional<Difference> again = comparison.difference(whole, variant.policy());
            boolean wanted = again.isPresent() && toShrink();
            BpftCase small = wanted ? shrink(comparison, whole, variant.policy(), again.get()) : whole;
            Path file = new FindingWriter(folder, new Comparison(CampaignSpec.engines(spec.ownEngines())), spec).writeDeath(left.seed(),
                    small,
                    again.orElse(seen), wanted);
            noteDeath(left.seed(), input.get(), file);
        }
        save();
    }

    /** Writes the state; by one worker's thread at a time, or an older one could take the place of a newer one. */
    private synchronized void save() throws IOException {
        folder.state(progress.text());
    }

    /** Shrinking a death takes as many processes as steps, so only the first ones are. */
    private synchronized boolean toShrink() {
        return deaths <= MOST_SHRUNKEN;
    }

    private synchronized boolean tooMany() {
        return ++deaths > MOST_DEATHS;
    }

    /** The seed is left out from now on; a corpus entry that does this has no place in the corpus. */
    private synchronized void noteDeath(long seed, TestInput input, Path file) throws IOException {
        if (seed >= 0) {
            progress.deadly(seed);
        }
        for (Path entry : folder.entries()) {
            if (CampaignFolder.seed(entry) == seed && BpftFile.read(entry).cases().stream().anyMatch(one -> TestInput.of(one)
                    .hash() == input
                            .hash())) {
                Files.deleteIfExists(entry);
            }
        }
        if (!Files.exists(file)) {
            throw new IOException(file + " is gone");
        }
    }

    private static BpftCase shrink(IsolatedComparison comparison, BpftCase whole, Policy policy, Difference like) {
        @Nullable IOException[] failure = new IOException[1];
        Shrinker shrinker = new Shrinker(testCase -> {
            if (failure[0] != null || comparison.deaths() > MOST_DEATHS_SHRINKING) {
                return Optional.empty();
            }
            try {
                return comparison.difference(testCase, policy).filter(like::sameAs);
            } catch (IOException e) {
                failure[0] = e;
                return Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        });
        return shrinker.difference(whole).isPresent() ? shrinker.shrink(whole) : whole;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
