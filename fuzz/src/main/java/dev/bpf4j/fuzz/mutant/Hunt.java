// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs mutants against a reference and counts the programs that it takes to kill each.
 *
 * @param kills      programs to kill, by mutant, of those killed
 * @param survivors  those that no program killed, although they must
 * @param equivalent those that are the same as the row, with the reason
 * @param most       programs that each was given
 */
public record Hunt(Map<Mutant, Long> kills, List<Mutant> survivors, Map<Mutant, String> equivalent, long most) {

    /** Hunts mutants with programs of the profile {@link Profile#MIXED}, from the same seed for each. */
    public static Hunt of(List<Mutant> mutants, Engine reference, long most) {
        Map<Mutant, Long> kills = new LinkedHashMap<>();
        List<Mutant> survivors = new ArrayList<>();
        Map<Mutant, String> equivalent = new LinkedHashMap<>();
        for (Mutant mutant : mutants) {
            String reason = Equivalents.reason(mutant).orElse("");
            if (!reason.isEmpty()) {
                equivalent.put(mutant, reason);
                continue;
            }
            var summary = new Campaign(List.of(reference, mutant.engine()), Profile.MIXED).explaining(false).run(1, most, 1);
            if (summary.differing() > 0) {
                kills.put(mutant, summary.programs());
            } else {
                survivors.add(mutant);
            }
        }
        return new Hunt(kills, survivors, equivalent, most);
    }

    /** The number of programs that a share of the killed mutants needed at most; the share from 0 to 1. */
    public long quantile(double share) {
        List<Long> sorted = kills.values().stream().sorted().toList();
        return sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * share)));
    }

    /** A table by kind of fault, and the lists of equivalents and survivors, as Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%d mutants: %d killed, %d survived %,d programs, %d are equivalent.%n", kills.size()
                + survivors.size() + equivalent.size(), kills.size(), survivors.size(), most, equivalent.size()));
        text.append(String.format(Locale.ROOT, "Programs to kill: median %d, 90%% %d, 99%% %d, all %d.%n%n", quantile(0.5), quantile(0.9),
                quantile(0.99), quantile(1)));
        text.append("| fault | killed | median | most |\n|---|---:|---:|---:|\n");
        Map<String, List<Long>> byFault = new TreeMap<>();
        kills.forEach((mutant, programs) -> byFault.computeIfAbsent(mutant.fault().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                fault -> new ArrayList<>()).add(programs));
        byFault.forEach((fault, programs) -> {
            List<Long> sorted = programs.stream().sorted().toList();
            text.append(String.format(Locale.ROOT, "| %s | %d | %d | %d |%n", fault, sorted.size(), sorted.get(sorted.size() / 2), sorted
                    .getLast()));
        });
        text.append("\nEquivalent, each with its reason:\n\n");
        equivalent.forEach((mutant, reason) -> text.append("- `").append(mutant.name()).append("`: ").append(reason).append('\n'));
        if (!survivors.isEmpty()) {
            text.append("\nSurvivors:\n\n");
            survivors.forEach(mutant -> text.append("- `").append(mutant.name()).append("`: ").append(mutant.effects()).append('\n'));
        }
        return text.toString();
    }
}
