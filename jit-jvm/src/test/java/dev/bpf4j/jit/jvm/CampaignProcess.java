// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.interpreter.EvaluatorEngine;
import java.util.List;

/** A campaign in a JVM of its own, which is started with options of HotSpot. */
final class CampaignProcess {
    private CampaignProcess() {
    }

    /** Runs as many programs as the first argument says, and prints the summary; exit code 0 if nothing differed. */
    public static void main(String[] arguments) {
        CampaignSummary summary = new Campaign(List.of(new EvaluatorEngine(), new JvmEngine()), Profile.MIXED).run(5000, Long.parseLong(
                arguments[0]));
        System.out.print(summary.text());
        System.exit(summary.differing() == 0 ? 0 : 4);
    }
}
