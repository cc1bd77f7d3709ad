// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.jit.nativecode.testing.FaultSoak;
import dev.bpf4j.runtime.Engine;
import java.util.ArrayList;
import java.util.List;

/** What {@link UnderQemuTest} starts in an ARM64 JVM: random programs in native code, against the evaluator. */
final class NativeRuns {
    private NativeRuns() {
    }

    /** Hardware faults for each program of a profile. */
    private static final int FAULTS = 10;

    /**
     * Arguments: how many programs of each profile. Prints a line for each, and one for hardware faults in native code; ends with 0 if there was no
     * difference and all faults were caught.
     */
    public static void main(String[] arguments) throws Exception {
        Arm64Engine engine = new Arm64Engine();
        engine.unavailable().ifPresent(NativeRuns::fail);
        if (engine.rank() == 0) {
            fail("the engine does not run natively");
        }
        long count = Long.parseLong(arguments[0]);
        for (Profile profile : Profile.ALL) {
            if (!profile.kernel()) {
                List<Engine> engines = new ArrayList<>(List.of(new EvaluatorEngine(), engine));
                CampaignSummary summary = new Campaign(engines, profile).run(0, count);
                System.out.println(profile.name() + ": " + summary.programs() + " programs, " + summary.differing() + " differing");
                if (summary.differing() > 0) {
                    fail(String.join("\n", summary.findings().stream().map(Finding::file).toList()));
                }
            }
        }
        System.out.println(FaultSoak.run(engine, count * FAULTS).faults() + " hardware faults caught");
    }

    private static void fail(String reason) {
        System.out.println(reason);
        System.exit(1);
    }
}
