// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.runtime.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Mutants of a class of a backend that is written by hand, or of a generated one: its source with one place changed. {@link MutatedBackend} compiles
 * them. A mutant must still compile; what the change means is up to who gives the replacements.
 */
public final class SourceMutants {
    private SourceMutants() {
    }

    /**
     * What is replaced.
     *
     * @param pattern what is looked for
     * @param instead what stands there then, as {@link Matcher#appendReplacement} takes it
     */
    public record Replacement(Fault fault, Pattern pattern, String instead) {
        /** A replacement of a text by another one. */
        public static Replacement of(Fault fault, String text, String instead) {
            return new Replacement(fault, Pattern.compile(Pattern.quote(text)), Matcher.quoteReplacement(instead));
        }
    }

    /**
     * A source with one place changed.
     *
     * @param name   line, column and what has become of what; unique in a source
     * @param source the whole
     */
    public record SourceMutant(String name, Fault fault, String source) {}

    /** Every replacement at every place, in the order of the places. Lines of comments are left alone. */
    public static List<SourceMutant> of(String source, List<Replacement> replacements) {
        List<SourceMutant> mutants = new ArrayList<>();
        String[] lines = source.split("\n", -1);
        for (int line = 0; line < lines.length; line++) {
            String text = lines[line];
            String bare = text.strip();
            if (bare.startsWith("*") || bare.startsWith("/") || bare.startsWith("import ")) {
                continue;
            }
            for (Replacement replacement : replacements) {
                Matcher matcher = replacement.pattern().matcher(text);
                while (matcher.find()) {
                    StringBuilder changed = new StringBuilder(text.substring(0, matcher.start()));
                    String there = replacement.pattern().matcher(matcher.group()).replaceFirst(replacement.instead());
                    changed.append(there).append(text.substring(matcher.end()));
                    String[] edited = lines.clone();
                    edited[line] = changed.toString();
                    mutants.add(new SourceMutant((line + 1) + ":" + (matcher.start() + 1) + " " + matcher.group() + " -> " + there,
                            replacement.fault(), String.join("\n", edited)));
                }
            }
        }
        return mutants;
    }

    /**
     * The number of random programs that it takes to tell an engine from the reference; an engine that fails in another way than a program may is
     * told. Empty if none of so many does.
     */
    public static OptionalLong programsToKill(Engine engine, long most) {
        try {
            CampaignSummary summary = new Campaign(List.of(new RfcReference(), engine), Profile.MIXED).explaining(false).run(1, most, 1);
            return summary.differing() > 0 ? OptionalLong.of(summary.programs()) : OptionalLong.empty();
        } catch (RuntimeException | LinkageError e) {
            // the engine cannot go on: whoever runs it sees that
            return OptionalLong.of(1);
        }
    }

    /** Kills by kind of fault as a Markdown table. */
    public static String table(Map<SourceMutant, Long> kills) {
        StringBuilder text = new StringBuilder("| fault | killed | median | most |\n|---|---:|---:|---:|\n");
        Map<String, List<Long>> byFault = new TreeMap<>();
        kills.forEach((mutant, programs) -> byFault.computeIfAbsent(mutant.fault().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                fault -> new ArrayList<>()).add(programs));
        byFault.forEach((fault, programs) -> {
            List<Long> sorted = programs.stream().sorted().toList();
            text.append(String.format(Locale.ROOT, "| %s | %d | %d | %d |%n", fault, sorted.size(), sorted.get(sorted.size() / 2), sorted
                    .getLast()));
        });
        return text.toString();
    }
}
