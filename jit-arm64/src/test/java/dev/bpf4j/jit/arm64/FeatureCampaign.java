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
 * Random programs of all profiles, each in the reference and in machine code with and without LSE, half of them strict and half in the sandbox.
 * Says after every thousand programs how far it is, so that it can be stopped at any time and gone on with from a later seed.
 */
final class FeatureCampaign {
    /** Programs of one profile under one policy between two lines. */
    private static final long ROUND = 1_000;

    private final List<Engine> engines;
    private final Map<String, Long> outcomes = new TreeMap<>();
    private final Map<String, Long> programs = new TreeMap<>();
    private double seconds;

    FeatureCampaign(List<? extends Engine> engines) {
        this.engines = new ArrayList<>(List.of(new RfcReference()));
        this.engines.addAll(engines);
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
     * Runs so many programs, the same number of each profile under each policy, seeds ascending; stops at the end of a round that has differences.
     *
     * @return the differences, as files
     */
    List<String> run(long firstSeed, long count, PrintStream progress) {
        List<Profile> profiles = Profile.ALL.stream().filter(profile -> !profile.kernel()).toList();
        long seed = firstSeed;
        long done = 0;
        while (done < count) {
            long round = Math.min(ROUND, Math.ceilDiv(count - done, (long) profiles.size() * Policy.values().length));
            for (Profile profile : profiles) {
                for (Policy policy : Policy.values()) {
                    CampaignSummary summary = new Campaign(engines, profile).under(policy).run(seed, round);
                    add(summary, profile.name() + " " + policy);
                    done += round;
                    if (summary.differing() > 0) {
                        return summary.findings().stream().map(Finding::file).collect(Collectors.toCollection(ArrayList::new));
                    }
                }
            }
            seed += round;
            progress.printf("%,d programs, next seed %d, %.0f s of processor time: %s %s%n", done, seed, seconds, programs, outcomes);
        }
        return List.of();
    }

    private void add(CampaignSummary summary, String kind) {
        programs.merge(kind, summary.programs(), Long::sum);
        summary.outcomes().forEach((outcome, times) -> outcomes.merge(outcome, times, Long::sum));
        seconds += summary.cpuSeconds();
    }
}
