// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.candidate.Candidate;
import dev.bpf4j.conformance.candidate.Result;
import dev.bpf4j.conformance.suite.TestCase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

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
        List<List<Finding>> findings = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads, Thread.ofPlatform().name("case-", 0).daemon(true).factory())) {
            List<List<Future<Finding>>> futures = new ArrayList<>();
            for (Candidate candidate : candidates) {
                futures.add(cases.stream().map(testCase -> pool.submit(() -> {
                    Finding finding = ask(candidate, testCase);
                    progress.accept(done.incrementAndGet());
                    return finding;
                })).toList());
            }
            try {
                for (List<Future<Finding>> ofCandidate : futures) {
                    List<Finding> list = new ArrayList<>();
                    for (Future<Finding> future : ofCandidate) {
                        list.add(future.get());
                    }
                    findings.add(list);
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
                .option())).toList(), cases, findings);
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
