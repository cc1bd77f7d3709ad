// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.fuzz;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.json.JsonOutput;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.mutant.Equivalents;
import dev.bpf4j.fuzz.mutant.Hunt;
import dev.bpf4j.fuzz.mutant.MutantKind;
import dev.bpf4j.fuzz.mutant.NamedMutant;
import dev.bpf4j.fuzz.mutant.Seeded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code fuzz mutants}: engines with one thing wrong, each of which random programs must notice.
 *
 * @param kinds what is mutated; empty: everything that can be hunted here
 * @param every one mutant of so many is hunted
 * @param most  programs that a mutant gets at most; null: as many as is usual for its kind
 * @param jobs  processes at a time
 */
record MutantsReport(List<String> kinds, int every, @Nullable Long most, int jobs) {
    /** Programs that a row of the table is given, unless said otherwise: it takes less than the others. */
    private static final long MOST_OF_TABLE = 100_000;
    private static final long MOST = 20_000;

    /** Names of all mutants, what is wrong, and of those that nothing can kill, why. */
    ExitCode list(Console console) {
        for (MutantKind kind : chosen()) {
            List<? extends Seeded> mutants = kind.mutants();
            for (int i = 0; i < mutants.size(); i += every) {
                Seeded mutant = mutants.get(i);
                String detail = mutant instanceof NamedMutant named ? named.source() + ": " + named.bug() + " (here: " + named.mutant()
                        .name() + ")" : mutant.fault().name().toLowerCase(Locale.ROOT).replace('_', ' ');
                console.out().println(kind.word() + "\t" + mutant.name() + "\t" + detail + Equivalents.reason(mutant).map(
                        reason -> "; equivalent: " + reason).orElse(""));
            }
        }
        return ExitCode.OK;
    }

    private List<MutantKind> chosen() {
        try {
            return kinds.isEmpty() ? Arrays.asList(MutantKind.values()) : kinds.stream().map(MutantKind::named).toList();
        } catch (IllegalArgumentException e) {
            throw new UserError("--kind: " + e.getMessage(), e);
        }
    }

    /** Hunts mutants; the exit code says whether every one that is not a listed equivalent was killed. */
    ExitCode run(Console console, OutputFormat format) throws InterruptedException {
        Map<MutantKind, Hunt> hunts = new LinkedHashMap<>();
        Map<MutantKind, String> unavailable = new LinkedHashMap<>();
        long start = System.nanoTime();
        for (MutantKind kind : chosen()) {
            kind.unavailable().ifPresent(reason -> unavailable.put(kind, reason));
            if (!unavailable.containsKey(kind)) {
                hunts.put(kind, hunt(console, kind));
            } else if (!kinds.isEmpty()) {
                throw new UserError("--kind " + kind.word() + ": the engine " + unavailable.get(kind));
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        switch (format) {
            case TEXT -> text(console, hunts, unavailable, seconds);
            case JSON -> json(console, hunts, unavailable, seconds);
        }
        return hunts.values().stream().allMatch(hunt -> hunt.survivors().isEmpty()) ? ExitCode.OK : ExitCode.DISAGREEMENT;
    }

    private Hunt hunt(Console console, MutantKind kind) throws InterruptedException {
        long programs = most != null ? most : kind == MutantKind.TABLE ? MOST_OF_TABLE : MOST;
        if (kind == MutantKind.TABLE) {
            List<Seeded> mutants = new ArrayList<>();
            for (int i = 0; i < kind.mutants().size(); i += every) {
                mutants.add(kind.mutants().get(i));
            }
            return Hunt.of(mutants, new RfcReference(), programs);
        }
        int[] done = {0, 0};
        return Hunt.isolated(kind, every, programs, jobs, (mutant, end) -> {
            done[0]++;
            done[1] += end.killed() ? 0 : 1;
            if (console.interactive() && done[0] % 20 == 0) {
                console.err().println("bpf4j: " + done[0] + " mutants of " + kind.description() + ", " + done[1] + " survived");
            }
        });
    }

    private static void text(Console console, Map<MutantKind, Hunt> hunts, Map<MutantKind, String> unavailable, double seconds) {
        hunts.forEach((kind, hunt) -> {
            console.out().println("## " + kind.word() + ": " + kind.description() + System.lineSeparator());
            console.out().println(hunt.markdown());
        });
        unavailable.forEach((kind, reason) -> console.out().println("left out: " + kind.word() + ", whose engine " + reason));
        int kills = hunts.values().stream().mapToInt(hunt -> hunt.kills().size()).sum();
        int count = hunts.values().stream().mapToInt(Hunt::count).sum();
        int equivalent = hunts.values().stream().mapToInt(hunt -> hunt.equivalent().size()).sum();
        List<Long> programs = hunts.values().stream().flatMap(hunt -> hunt.kills().values().stream()).map(end -> end.programs()).sorted()
                .toList();
        console.out().println(String.format(Locale.ROOT,
                "%d of %d mutants killed in %.1f s, median %d programs, %d equivalent, %d survived", kills, count, seconds, programs
                        .isEmpty() ? 0 : programs.get(programs.size() / 2), equivalent, count - kills - equivalent));
    }

    private static void json(Console console, Map<MutantKind, Hunt> hunts, Map<MutantKind, String> unavailable, double seconds) {
        try (JsonOutput json = new JsonOutput(console.out())) {
            json.object(() -> {
                json.field("mutants", hunts.values().stream().mapToInt(Hunt::count).sum());
                json.field("seconds", seconds);
                json.object("kinds", () -> hunts.forEach((kind, hunt) -> json.object(kind.word(), () -> {
                    json.field("mutants", hunt.count());
                    json.field("most", hunt.most());
                    json.field("median", hunt.quantile(0.5));
                    json.object("killed", () -> hunt.kills().forEach((mutant, end) -> json.field(mutant.name(), end.programs())));
                    json.object("equivalent", () -> hunt.equivalent().forEach((mutant, reason) -> json.field(mutant.name(), reason)));
                    json.array("survived", () -> hunt.survivors().forEach(mutant -> json.value(mutant.name())));
                })));
                json.object("unavailable", () -> unavailable.forEach((kind, reason) -> json.field(kind.word(), reason)));
            });
        }
    }
}
