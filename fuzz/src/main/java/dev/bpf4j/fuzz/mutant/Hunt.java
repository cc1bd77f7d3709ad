// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.mutant.MutantEnd.How;
import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Runs mutants against a reference and counts the programs that it takes to kill each.
 *
 * @param kills      how each of those killed ended, in the order of the mutants
 * @param survivors  those that no program killed, although they must be
 * @param equivalent those that are no different from what they were made from, with the reason
 * @param most       programs that each was given, about
 */
public record Hunt(Map<Seeded, MutantEnd> kills, List<Seeded> survivors, Map<Seeded, String> equivalent, long most) {

    /** Hunts mutants in this process, with programs of the profile {@link Profile#MIXED}, from the same seed for each. */
    public static Hunt of(List<? extends Seeded> mutants, Engine reference, long most) {
        Hunt hunt = new Hunt(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>(), most);
        for (Seeded mutant : mutants) {
            String reason = Equivalents.reason(mutant).orElse("");
            if (!reason.isEmpty()) {
                hunt.equivalent.put(mutant, reason);
                continue;
            }
            long start = System.nanoTime();
            var summary = new Campaign(List.of(reference, mutant.engine()), Profile.MIXED).explaining(false).run(1, most, 1);
            hunt.add(mutant, new MutantEnd(summary.differing() > 0 ? How.DIFFERED : How.SURVIVED, summary.programs(), (System.nanoTime()
                    - start) / 1_000_000));
        }
        return hunt;
    }

    /**
     * Hunts mutants in other processes, since they may end the one that they run in, against the reference {@code rfc}; with programs of the profile
     * {@code mixed} first, then of the others.
     *
     * @param every    one of so many is hunted
     * @param jobs     processes at a time
     * @param progress told what became of each, by one thread at a time
     * @throws IllegalStateException if a process cannot be started
     */
    public static Hunt isolated(MutantKind kind, int every, long most, int jobs, BiConsumer<Seeded, MutantEnd> progress)
            throws InterruptedException {
        List<? extends Seeded> all = kind.mutants();
        List<Integer> chosen = new ArrayList<>();
        Hunt hunt = new Hunt(new LinkedHashMap<>(), new ArrayList<>(), new LinkedHashMap<>(), most);
        for (int i = 0; i < all.size(); i += every) {
            Seeded mutant = all.get(i);
            int number = i;
            Equivalents.reason(mutant).ifPresentOrElse(reason -> hunt.equivalent.put(mutant, reason), () -> chosen.add(number));
        }
        MutantEnd[] ends = new MutantEnd[chosen.size()];
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService executor = Executors.newFixedThreadPool(jobs)) {
            List<Future<?>> workers = new ArrayList<>();
            for (int job = 0; job < jobs; job++) {
                workers.add(executor.submit(() -> {
                    try (IsolatedHunt isolated = new IsolatedHunt(kind, most)) {
                        for (int i = next.getAndIncrement(); i < ends.length; i = next.getAndIncrement()) {
                            ends[i] = isolated.end(chosen.get(i));
                            synchronized (ends) {
                                progress.accept(all.get(chosen.get(i)), ends[i]);
                            }
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause() instanceof IOException io ? String.valueOf(io.getMessage()) : "the hunt failed",
                    e);
        }
        for (int i = 0; i < ends.length; i++) {
            hunt.add(all.get(chosen.get(i)), ends[i]);
        }
        return hunt;
    }

    private void add(Seeded mutant, MutantEnd end) {
        if (end.killed()) {
            kills.put(mutant, end);
        } else {
            survivors.add(mutant);
        }
    }

    /** All mutants: killed, survivors, equivalents. */
    public int count() {
        return kills.size() + survivors.size() + equivalent.size();
    }

    /** The number of programs that a share of the killed mutants needed at most, 0 if none was killed; the share from 0 to 1. */
    public long quantile(double share) {
        return quantile(kills.values().stream().map(MutantEnd::programs).sorted().toList(), share);
    }

    /** The milliseconds that a share of the killed mutants took at most, 0 if none was killed; the share from 0 to 1. */
    public long millis(double share) {
        return quantile(kills.values().stream().map(MutantEnd::millis).sorted().toList(), share);
    }

    private static long quantile(List<Long> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
    }

    /** A table by kind of fault, and the lists of equivalents and survivors, as Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%d mutants: %d killed, %d survived %,d programs, %d are equivalent.%n", count(), kills
                .size(), survivors.size(), most, equivalent.size()));
        text.append(String.format(Locale.ROOT, "Programs to kill: median %d, 90%% %d, 99%% %d, all %d.%n", quantile(0.5), quantile(0.9),
                quantile(0.99), quantile(1)));
        text.append(String.format(Locale.ROOT, "Milliseconds to make and kill one: median %d, 90%% %d, 99%% %d, all %d.%n%n", millis(0.5),
                millis(0.9), millis(0.99), millis(1)));
        ways(text);
        text.append("| fault | killed | median | most |\n|---|---:|---:|---:|\n");
        Map<String, List<Long>> byFault = new TreeMap<>();
        kills.forEach((mutant, end) -> byFault.computeIfAbsent(mutant.fault().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                fault -> new ArrayList<>()).add(end.programs()));
        byFault.forEach((fault, programs) -> {
            List<Long> sorted = programs.stream().sorted().toList();
            text.append(String.format(Locale.ROOT, "| %s | %d | %d | %d |%n", fault, sorted.size(), sorted.get(sorted.size() / 2), sorted
                    .getLast()));
        });
        if (!equivalent.isEmpty()) {
            text.append("\nEquivalent, each with its reason:\n\n");
            equivalent.forEach((mutant, reason) -> text.append("- `").append(mutant.name()).append("`: ").append(reason).append('\n'));
        }
        if (!survivors.isEmpty()) {
            text.append("\nSurvivors:\n\n");
            survivors.forEach(mutant -> text.append("- `").append(mutant.name()).append('`').append(mutant instanceof Mutant row ? ": "
                    + row.effects() : "").append('\n'));
        }
        return text.toString();
    }

    /** How mutants were found out, if not all did something else than the reference. */
    private void ways(StringBuilder text) {
        Map<How, Integer> ways = new EnumMap<>(How.class);
        kills.values().forEach(end -> ways.merge(end.how(), 1, Integer::sum));
        if (ways.keySet().stream().anyMatch(how -> how != How.DIFFERED)) {
            text.append(String.format(Locale.ROOT,
                    "%d did something else, %d threw an exception, %d took their process down, %d did not come back.%n%n", ways
                            .getOrDefault(How.DIFFERED, 0), ways.getOrDefault(How.THREW, 0), ways.getOrDefault(How.DIED, 0), ways
                                    .getOrDefault(How.HUNG, 0)));
        }
    }
}
