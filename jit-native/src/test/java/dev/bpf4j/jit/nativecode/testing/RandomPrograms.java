// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random programs of every profile, in several engines, against the evaluator. */
public abstract class RandomPrograms {
    private static final long PROGRAMS = Long.getLong("bpf4j.programs", Boolean.getBoolean("bpf4j.long") ? 200_000 : 4_000);

    /** The engines: one for each set of CPU features. */
    protected abstract List<? extends Engine> engines();

    static Stream<Profile> profiles() {
        return Profile.ALL.stream().filter(profile -> !profile.kernel());
    }

    @ParameterizedTest
    @MethodSource("profiles")
    protected void strictPrograms(Profile profile) {
        for (Engine engine : engines()) {
            CampaignSummary summary = campaign(engine, profile).run(1, PROGRAMS);
            assertThat(summary.differing()).as(report(summary)).isZero();
            assertThat(summary.outcomes()).as("a little-endian program is refused").doesNotContainKey("rejected");
            assertThat(summary.outcomes().getOrDefault("refused by " + engine.name(), 0L)).as("refused: the big-endian ones").isLessThan(
                    PROGRAMS
                            / 8);
        }
    }

    @ParameterizedTest
    @MethodSource("profiles")
    protected void sandboxedPrograms(Profile profile) {
        for (Engine engine : engines()) {
            CampaignSummary summary = campaign(engine, profile).under(Policy.SANDBOX).run(0, PROGRAMS / 16);
            assertThat(summary.differing()).as(report(summary)).isZero();
        }
    }

    private static Campaign campaign(Engine engine, Profile profile) {
        List<Engine> engines = new ArrayList<>(List.of(new EvaluatorEngine(), engine));
        return new Campaign(engines, profile);
    }

    private static String report(CampaignSummary summary) {
        return summary.text() + summary.findings().stream().map(Finding::file).collect(Collectors.joining("\n"));
    }
}
