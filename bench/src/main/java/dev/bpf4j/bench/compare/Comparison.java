// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.runtime.LoadException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Runs contenders side by side. Order: all programs are prepared in all contenders and their results compared; then all are warmed up, and the
 * number of passes is found that makes a batch long enough; then rounds are run, in each of which every program runs in every contender, one
 * contender after the other, for a number of batches. For one thread.
 */
public final class Comparison implements AutoCloseable {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int MOST_PASSES = 50_000_000;
    /** Runs of one input that follow each other at least, so that reading the clock does not count. */
    private static final int LEAST_OF_MANY = 50;
    /** Laps of warming up, at most: on a machine with much else to do, something is always faster than before. */
    private static final int MOST_LAPS = 8;
    /** Warming up lasts at least so many laps of one program: a large method needs a second until it is compiled, and does not change till then. */
    private static final int LEAST_LAPS_OF_TIME = 12;

    private final Plan plan;
    private final Consumer<String> progress;
    private final List<Contender> contenders;
    private final List<Entry> entries = new ArrayList<>();
    private final List<Report.Refusal> refusals = new ArrayList<>();
    private final Map<String, Execution> executions = new LinkedHashMap<>();
    private final List<String> unsettled = new ArrayList<>();
    private int laps;

    /**
     * What is run.
     *
     * @param programs     the programs
     * @param cpu          which of their objects
     * @param rounds       at least 1
     * @param batches      per round, program and contender; at least 1
     * @param batchMillis  how long a batch lasts at least
     * @param warmUpMillis how long each program runs in each contender in a lap of warming up
     */
    public record Plan(List<CorpusProgram> programs, Cpu cpu, int rounds, int batches, double batchMillis, double warmUpMillis) {
        /** Copies the list. */
        public Plan { programs = List.copyOf(programs); }

        /**
         * Three rounds of 101 batches of 0.2 ms, after laps of 150 ms. A batch is shorter than the time that a system gives a thread at once, so
         * that on a busy machine few batches are interrupted, and the median is none of these.
         */
        public static Plan standard(List<CorpusProgram> programs, Cpu cpu) {
            return new Plan(programs, cpu, 3, 101, 0.2, 150);
        }

        /** This plan with another number of rounds. */
        public Plan withRounds(int number) {
            return new Plan(programs, cpu, number, batches, batchMillis, warmUpMillis);
        }
    }

    /** A program in a contender. */
    private static final class Entry {
        final CorpusProgram program;
        final Contender contender;
        final Contender.Prepared prepared;
        final List<Double> rounds = new ArrayList<>();
        final WarmUp warmUp = new WarmUp();
        int passes = 1;

        Entry(CorpusProgram program, Contender contender, Contender.Prepared prepared) {
            this.program = program;
            this.contender = contender;
            this.prepared = prepared;
        }
    }

    private Comparison(Plan plan, List<Contender> contenders, Consumer<String> progress) {
        this.plan = plan;
        this.contenders = List.copyOf(contenders);
        this.progress = progress;
    }

    /**
     * Runs a plan.
     *
     * @param contenders closed afterwards
     * @param progress   gets a line now and then
     * @throws Disagreement  if a result differs from what the corpus' table and the evaluator say; then nothing was timed
     * @throws LoadException if an object of the corpus is malformed
     */
    public static Report run(Plan plan, List<Contender> contenders, Consumer<String> progress) throws Disagreement, LoadException {
        try (Comparison comparison = new Comparison(plan, contenders, progress)) {
            List<Double> loads = new ArrayList<>(List.of(Host.load()));
            comparison.agree();
            comparison.warmUp();
            for (int round = 1; round <= plan.rounds(); round++) {
                comparison.round(round);
                loads.add(Host.load());
            }
            return comparison.report(loads);
        }
    }

    private void agree() throws Disagreement, LoadException {
        for (CorpusProgram program : plan.programs()) {
            progress.accept("checking " + program.name());
            Execution execution = Execution.of(program, plan.cpu());
            if (execution.observation().result() != program.result()) {
                throw new Disagreement("evaluator", program, "result 0x" + Long.toHexString(execution.observation().result())
                        + ", expected 0x" + Long.toHexString(program.result()));
            }
            executions.put(program.name(), execution);
            for (Contender contender : contenders) {
                agree(program, contender, execution.observation());
            }
        }
    }

    private void agree(CorpusProgram program, Contender contender, Observation expected) throws Disagreement {
        try {
            Contender.Prepared prepared = contender.prepare(program, plan.cpu());
            boolean keep = false;
            try {
                for (int pass = 0; pass < 2; pass++) {
                    Optional<String> difference = prepared.observe().differenceTo(expected);
                    if (difference.isPresent()) {
                        throw new Disagreement(contender.name(), program, difference.get());
                    }
                }
                entries.add(new Entry(program, contender, prepared));
                keep = true;
            } finally {
                if (!keep) {
                    prepared.close();
                }
            }
        } catch (CannotRun e) {
            refusals.add(new Report.Refusal(contender.name(), program.name(), e.reason()));
        }
    }

    /**
     * In laps over all programs, so that what an engine learns from later programs has been learnt when a figure counts: until a lap makes
     * nothing faster.
     */
    private void warmUp() throws Disagreement {
        long start = System.nanoTime();
        for (laps = 1;; laps++) {
            unsettled.clear();
            for (Entry entry : List.copyOf(entries)) {
                progress.accept("warming up " + entry.program.name() + " in " + entry.contender.name() + ", lap " + laps);
                attempt(entry, () -> {
                    if (entry.warmUp.lap(warmUp(entry))) {
                        unsettled.add(entry.program.name() + " in " + entry.contender.name());
                    }
                });
            }
            boolean enough = laps > 1 && (System.nanoTime() - start) / NANOS_PER_MILLI >= LEAST_LAPS_OF_TIME * plan.warmUpMillis();
            if (laps == MOST_LAPS || enough && unsettled.isEmpty()) {
                return;
            }
        }
    }

    /**
     * A lap of one program, by the clock on the wall, since a contender's own time may leave out most of what it does.
     *
     * @return nanoseconds of a pass in the fastest batch
     */
    private double warmUp(Entry entry) throws CannotRun, Disagreement {
        double left = plan.warmUpMillis();
        double fastest = Double.POSITIVE_INFINITY;
        int passes = entry.passes;
        while (true) {
            long start = System.nanoTime();
            fastest = Math.min(fastest, entry.prepared.time(passes));
            double spent = (System.nanoTime() - start) / NANOS_PER_MILLI;
            left -= spent;
            if (left <= 0 && (spent >= plan.batchMillis() || passes == MOST_PASSES)) {
                break;
            }
            if (spent < plan.batchMillis()) {
                double factor = spent > 0 ? plan.batchMillis() / spent * 1.1 : 10;
                passes = (int) Math.clamp(passes * Math.clamp(factor, 1.1, 10) + 1, 1, MOST_PASSES);
            }
        }
        int least = entry.program.inputs().size() > 1 ? LEAST_OF_MANY : 1;
        entry.passes = Math.max(passes, least);
        return fastest;
    }

    private void round(int round) throws Disagreement {
        for (Entry entry : List.copyOf(entries)) {
            progress.accept("round " + round + " of " + plan.rounds() + ": " + entry.program.name() + " in " + entry.contender.name());
            attempt(entry, () -> {
                double[] batches = new double[plan.batches()];
                for (int i = 0; i < batches.length; i++) {
                    batches[i] = entry.prepared.time(entry.passes);
                }
                entry.rounds.add(Measurement.median(batches));
            });
        }
    }

    /** Something timed. */
    @FunctionalInterface
    private interface Timed {
        void run() throws CannotRun, Disagreement;
    }

    /** What turns out not to run is taken out. */
    private void attempt(Entry entry, Timed timed) throws Disagreement {
        try {
            timed.run();
        } catch (CannotRun e) {
            refusals.add(new Report.Refusal(entry.contender.name(), entry.program.name(), e.reason()));
            entries.remove(entry);
            entry.prepared.close();
        }
    }

    private Report report(List<Double> loads) {
        List<Report.Row> rows = new ArrayList<>();
        for (CorpusProgram program : plan.programs()) {
            Map<String, Measurement> measurements = new LinkedHashMap<>();
            for (Entry entry : entries) {
                if (entry.program.name().equals(program.name())) {
                    measurements.put(entry.contender.name(), new Measurement(entry.rounds));
                }
            }
            Execution execution = Objects.requireNonNull(executions.get(program.name()));
            rows.add(new Report.Row(program.name(), program.family(), program.kind(), execution.slots(), execution.instructions(), execution
                    .observation().memories().size(), measurements));
        }
        Map<String, String> host = Host.describe();
        host.put("load averages", Host.loads(loads));
        host.put("measured", plan.rounds() + " rounds of " + plan.batches() + " batches of at least " + plan.batchMillis() + " ms");
        host.put("warmed up", laps + " laps" + (unsettled.isEmpty() ? ""
                : "; the last still made faster: " + String.join(", ", unsettled)));
        List<Report.Column> columns = contenders.stream().map(contender -> new Report.Column(contender.name(), contender.description()))
                .toList();
        return new Report(host, plan.cpu(), columns, rows, refusals);
    }

    @Override
    public void close() {
        entries.forEach(entry -> entry.prepared.close());
        contenders.forEach(Contender::close);
    }
}
