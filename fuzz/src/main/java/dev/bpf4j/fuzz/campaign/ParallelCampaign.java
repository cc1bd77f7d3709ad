// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import dev.bpf4j.fuzz.generate.GenerationCoverage;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A campaign on several threads, in chunks, with a word now and then. Which programs are run depends on seed and count only. */
public final class ParallelCampaign {
    /** Programs of a chunk. */
    private static final long CHUNK = 50_000;

    private final Supplier<List<Engine>> engines;
    private final Profile profile;
    private final int jobs;

    /** @param engines new engines for a thread; the first one is what the others are compared with */
    public ParallelCampaign(Supplier<List<Engine>> engines, Profile profile, int jobs) {
        this.engines = engines;
        this.profile = profile;
        this.jobs = jobs;
    }

    /**
     * Runs the programs of so many seeds, from the first one on.
     *
     * @param progress is told the summary of all that has been done, after each chunk
     */
    public CampaignSummary run(long firstSeed, long count, Consumer<CampaignSummary> progress) {
        long start = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(jobs)) {
            List<Future<CampaignSummary>> chunks = new ArrayList<>();
            for (long from = 0; from < count; from += CHUNK) {
                long seed = firstSeed + from;
                long size = Math.min(CHUNK, count - from);
                chunks.add(threads.submit(() -> new Campaign(engines.get(), profile).run(seed, size)));
            }
            CampaignSummary all = null;
            for (Future<CampaignSummary> chunk : chunks) {
                all = all == null ? chunk.get() : merge(all, chunk.get(), start);
                progress.accept(all);
            }
            return Objects.requireNonNull(all, "no programs");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the campaign was interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the campaign failed: " + e.getCause(), e.getCause());
        }
    }

    private static CampaignSummary merge(CampaignSummary a, CampaignSummary b, long start) {
        Map<String, Long> outcomes = new LinkedHashMap<>(a.outcomes());
        b.outcomes().forEach((outcome, times) -> outcomes.merge(outcome, times, Long::sum));
        GenerationCoverage coverage = new GenerationCoverage();
        coverage.add(a.coverage());
        coverage.add(b.coverage());
        List<Finding> findings = new ArrayList<>(a.findings());
        findings.addAll(b.findings());
        return new CampaignSummary(a.engines(), a.programs() + b.programs(), a.slots() + b.slots(), (System.nanoTime() - start) / 1e9, a
                .cpuSeconds() + b.cpuSeconds(), outcomes, coverage, coverage.missing(a.leftOut()), a.leftOut(), findings, a.differing() + b
                        .differing());
    }
}
