// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.candidate.Candidate;
import dev.bpf4j.conformance.candidate.Result;
import dev.bpf4j.conformance.suite.TestCase;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Asks every candidate every case, several at a time; the report's order does not depend on which comes first. */
public final class Campaign {
    private final List<Candidate> candidates;
    private final List<TestCase> cases;
    private final KnownFailures known;
    private final int threads;

    /**
     * A campaign.
     *
     * @param threads how many cases run at the same time, at least 1
     */
    public Campaign(List<? extends Candidate> candidates, List<TestCase> cases, KnownFailures known, int threads) {
        this.candidates = List.copyOf(candidates);
        this.cases = List.copyOf(cases);
        this.known = known;
        this.threads = threads;
    }

    /**
     * Runs all.
     *
     * @param progress gets the number of results so far, from any thread
     * @throws InterruptedException if the thread is told to stop
     */
    public Report run(Header header, IntConsumer progress) throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        Finding[] findings = new Finding[candidates.size() * cases.size()];
        Shares shares = new Shares(findings.length, threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("case-", 0).daemon(true).factory())) {
            List<Future<?>> workers = IntStream.range(0, threads).<Future<?>>mapToObj(worker -> pool.submit(() -> {
                for (int next = shares.take(worker); next >= 0; next = shares.take(worker)) {
                    findings[next] = ask(candidates.get(next / cases.size()), cases.get(next % cases.size()));
                    progress.accept(done.incrementAndGet());
                }
                return null;
            })).toList();
            try {
                for (Future<?> worker : workers) {
                    worker.get();
                }
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw new IllegalStateException("a candidate failed", e.getCause());
            } catch (InterruptedException e) {
                pool.shutdownNow();
                throw e;
            }
        }
        return new Report(header, candidates.stream().map(candidate -> new Report.Asked(candidate.name(), candidate.description(), candidate
                .option())).toList(), cases, IntStream.range(0, candidates.size()).mapToObj(candidate -> List.of(findings).subList(candidate
                        * cases.size(), (candidate + 1) * cases.size())).toList());
    }

    private Finding ask(Candidate candidate, TestCase testCase) throws InterruptedException {
        Result result;
        try {
            result = candidate.run(testCase);
        } catch (RuntimeException e) {
            // An engine of ours that throws has crashed; the run goes on, and the report says where it was.
            result = Result.of(Result.Kind.CRASH, e + Arrays.stream(e.getStackTrace()).limit(1).map(frame -> " at " + frame).findFirst()
                    .orElse(
                            ""));
        }
        return new Finding(result, known.reason(candidate.name(), testCase, result.kind()));
    }
}
