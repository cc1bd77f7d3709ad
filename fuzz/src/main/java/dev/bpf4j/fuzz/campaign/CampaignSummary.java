// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import dev.bpf4j.fuzz.generate.GenerationCoverage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a campaign did.
 *
 * @param engines     names of the engines
 * @param programs    programs run in each of them
 * @param slots       slots of all programs
 * @param wallSeconds time
 * @param cpuSeconds  processor time of the campaign's threads
 * @param outcomes    how often programs ended how
 * @param coverage    what the programs were made of
 * @param missing     rows and operands that never came, without a reason
 * @param leftOut     rows that the profile leaves out, each with the reason
 * @param findings    disagreements, one of each kind
 * @param differing   programs that engines disagreed on
 */
public record CampaignSummary(List<String> engines, long programs, long slots, double wallSeconds, double cpuSeconds,
        Map<String, Long> outcomes, GenerationCoverage coverage, List<String> missing, Map<String, String> leftOut, List<Finding> findings,
        long differing) {

    /** Copies the lists and sorts the map. */
    public CampaignSummary {
        engines = List.copyOf(engines);
        outcomes = new TreeMap<>(outcomes);
        missing = List.copyOf(missing);
        leftOut = new TreeMap<>(leftOut);
        findings = List.copyOf(findings);
    }

    /** Programs per second of processor time. */
    public double perCpuSecond() {
        return programs / Math.max(cpuSeconds, 1e-9);
    }

    /** The summary and all findings as {@code .bpft} files, for the failure of a test. */
    public String report() {
        return text() + findings.stream().map(Finding::file).collect(Collectors.joining("\n"));
    }

    /** The summary as lines for people; the last one sums up. */
    public String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "engines:     %s%n", String.join(", ", engines)));
        text.append(String.format(Locale.ROOT, "programs:    %,d of %.1f slots%n", programs, (double) slots / Math.max(programs, 1)));
        text.append(String.format(Locale.ROOT, "time:        %.1f s, %.1f s of processor time%n", wallSeconds, cpuSeconds));
        text.append(String.format(Locale.ROOT, "rate:        %,.0f programs per second and core%n", perCpuSecond()));
        text.append("outcomes:    ").append(outcomes).append(System.lineSeparator());
        text.append("left out:    ").append(leftOut.isEmpty() ? "nothing" : leftOut.size() + " rows by the profile").append(System
                .lineSeparator());
        text.append("never made:  ").append(missing.isEmpty() ? "nothing" : String.join(", ", missing)).append(System.lineSeparator());
        findings.forEach(finding -> text.append("finding:     ").append(finding).append(System.lineSeparator()));
        text.append(String.format(Locale.ROOT, "%,d programs, %,d disagreements of %d kinds%n", programs, differing, findings.size()));
        return text.toString();
    }
}
