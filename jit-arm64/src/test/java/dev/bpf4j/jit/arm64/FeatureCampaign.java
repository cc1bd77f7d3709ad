// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Policy;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Random programs of all profiles, each in the reference and in machine code: half of them with LSE and half without, four of five strict and one in
 * the sandbox, whose machine has to be reset for every run. Says after every round how far it is, so that it can be stopped at any time, and gone on
 * with from the seed that it names.
 */
final class FeatureCampaign {
    /** Programs of one profile between two lines. */
    private static final int ROUND = 1_000;
    /** One program of so many runs in the sandbox. */
    private static final int SANDBOX_EVERY = 5;

    private final List<? extends Engine> engines;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Map<String, Long> programs = new TreeMap<>();
    private double seconds;

    /** @param engines one for each set of features */
    FeatureCampaign(List<? extends Engine> engines) {
        this.engines = List.copyOf(engines);
    }

    /** Arguments: how many programs, and the first seed, 1 unless given. Ends with 1 if there was a difference. */
    public static void main(String[] arguments) {
        long count = Long.parseLong(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        List<String> differing = new FeatureCampaign(FeatureSets.engines()).run(seed, count, System.out);
        differing.forEach(System.out::println);
        System.exit(differing.isEmpty() ? 0 : 1);
    }

    /**
     * Runs at least so many programs, the same number of each profile, seeds ascending; stops at the first difference.
     *
     * @return the differences, as files
     */
    List<String> run(long firstSeed, long count, PrintStream progress) {
        List<Profile> profiles = Profile.ALL.stream().filter(profile -> !profile.kernel()).toList();
        long share = Math.ceilDiv(Math.min(ROUND, Math.ceilDiv(count, (long) profiles.size())), (long) SANDBOX_EVERY * engines.size());
        long first = firstSeed;
        long done = 0;
        while (done < count) {
            long seed = first;
            for (Profile profile : profiles) {
                seed = first;
                for (int i = 0; i < engines.size(); i++) {
                    String engine = profile.name() + ", features " + i;
                    for (Policy policy : Policy.values()) {
                        long size = policy == Policy.SANDBOX ? share : share * (SANDBOX_EVERY - 1);
                        CampaignSummary summary = new Campaign(List.of(new RfcReference(), engines.get(i)), profile).under(policy).run(seed,
                                size);
                        add(summary, engine + " " + policy);
                        seed += size;
                        done += size;
                        if (summary.differing() > 0) {
                            return summary.findings().stream().map(Finding::file).collect(Collectors.toCollection(ArrayList::new));
                        }
                    }
                }
            }
            first = seed;
            progress.printf("%,d programs, next seed %d, %.0f s of processor time: %s %s%n", done, first, seconds, programs, outcomes);
        }
        return List.of();
    }

    private void add(CampaignSummary summary, String kind) {
        programs.merge(kind, summary.programs(), Long::sum);
        summary.outcomes().forEach((outcome, times) -> outcomes.merge(outcome, times, Long::sum));
        seconds += summary.cpuSeconds();
    }
}
