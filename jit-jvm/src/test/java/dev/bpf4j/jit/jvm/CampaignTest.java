// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.campaign.ParallelCampaign;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Random programs of the fuzzer here and in the evaluator, also where HotSpot does not compile, or only with its first compiler. */
class CampaignTest {
    private static final long PROGRAMS = Long.getLong("bpf4j.jvm.campaign", 1_500);
    private static final long LONG_PROGRAMS = 1_000_000;
    static final List<Profile> PROFILES = Profile.ALL.stream().filter(profile -> !profile.kernel()).toList();

    private static List<Engine> engines() {
        return List.of(new EvaluatorEngine(), new JvmEngine());
    }

    @ParameterizedTest
    @FieldSource("PROFILES")
    void enginesAgree(Profile profile) {
        check(new Campaign(engines(), profile).run(1, PROGRAMS), PROGRAMS);
    }

    private static void check(CampaignSummary summary, long programs) {
        assertThat(summary.differing()).as(summary.text() + summary.findings().stream().map(Finding::file).collect(Collectors.joining(
                "\n"))).isZero();
        assertThat(summary.programs()).isEqualTo(programs);
        assertThat(summary.outcomes()).containsKey("returned");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-Xcomp"})
    void enginesAgreeHoweverTheJvmRuns(String option) throws IOException, InterruptedException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), option, "-Xmx1g", "-cp", System
                .getProperty("java.class.path"), CampaignProcess.class.getName(), "120");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("evaluator, jvm").contains("120 programs, 0 disagreements");
    }

    @Test
    @Tag("long")
    void enginesAgreeOnAMillionPrograms() {
        check(new ParallelCampaign(CampaignTest::engines, Profile.MIXED, Runtime.getRuntime().availableProcessors()).run(1, LONG_PROGRAMS,
                done -> assertThat(done.programs()).isPositive()), LONG_PROGRAMS);
    }
}
