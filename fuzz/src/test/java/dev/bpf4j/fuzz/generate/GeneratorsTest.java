// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.interpreter.InterpreterEngine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The generators that have a purpose reach it, and engines agree on what they make. */
class GeneratorsTest {
    private static CampaignSummary run(Profile profile, long programs) {
        CampaignSummary summary = new Campaign(List.of(new RfcReference(), new EvaluatorEngine(), new InterpreterEngine()), profile).run(1,
                programs);
        assertThat(summary.differing()).as(summary.report()).isZero();
        return summary;
    }

    @Test
    void outOfBoundsOnPurpose() {
        CampaignSummary summary = run(Profile.BOUNDS, 1_000);
        assertThat(summary.outcomes().get("BAD_ACCESS")).isGreaterThan(300);
        assertThat(summary.outcomes().get("MISALIGNED")).isPositive();
    }

    @Test
    void jumpsOfEveryRange() {
        run(Profile.JUMPS, 600);
        GeneratedProgram program = new GeneratedProgram();
        Entropy entropy = new Entropy();
        ProgramGenerator generator = new ProgramGenerator(Profile.JUMPS);
        int longest = 0;
        for (long seed = 1; seed < 600; seed++) {
            entropy.seed(seed);
            generator.generate(entropy, program);
            longest = Math.max(longest, program.slots());
        }
        assertThat(longest).isGreaterThan(16_000);
    }

    @Test
    void tailCallsUpToTheLimit() {
        assertThat(run(Profile.TAIL, 1_000).outcomes().get("returned")).isGreaterThan(500);
    }

    @Test
    void callbacks() {
        assertThat(run(Profile.CALLBACKS, 1_000).outcomes().get("returned")).isGreaterThan(500);
    }

    @Test
    void mapsWithState() {
        assertThat(run(Profile.MAPS, 1_000).outcomes().get("returned")).isGreaterThan(500);
    }

    @Test
    void bigPrograms() {
        CampaignSummary summary = run(Profile.BIG, 30);
        assertThat(summary.slots() / summary.programs()).isGreaterThan(3_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void wildProgramsAreTheSameForTheSameBytes(long seed) {
        ProgramSource source = ProgramSource.named("wild");
        GeneratedProgram one = new GeneratedProgram();
        GeneratedProgram other = new GeneratedProgram();
        Entropy entropy = new Entropy();
        entropy.seed(seed);
        source.generate(entropy, one);
        entropy.seed(seed);
        source.generate(entropy, other);
        assertThat(one.code()).isEqualTo(other.code()).isNotEmpty();
    }

    @Test
    void unknownGenerators() {
        assertThatThrownBy(() -> ProgramSource.named("nothing")).hasMessageContaining("there is no profile 'nothing'").hasMessageContaining(
                "bounds");
    }
}
