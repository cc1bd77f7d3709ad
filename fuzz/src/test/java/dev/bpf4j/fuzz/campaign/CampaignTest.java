// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.Results;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All engines of the project over random programs; {@code -Dbpf4j.programs=N} makes it more or fewer. */
class CampaignTest {
    private static final long PROGRAMS = Long.getLong("bpf4j.programs", 300_000);
    private static final long LONG_PROGRAMS = Long.getLong("bpf4j.programs", 100_000_000);
    private static final long KERNEL_PROGRAMS = Long.getLong("bpf4j.kernelPrograms", 5_000);
    private static final long LONG_KERNEL_PROGRAMS = Long.getLong("bpf4j.kernelPrograms", 1_000_000);

    static Stream<Profile> profiles() {
        return Profile.ALL.stream().filter(profile -> !profile.kernel());
    }

    /** The reference, then all others but the kernel; those that are not found as services yet are named. */
    static List<Engine> engines() {
        List<Engine> engines = new ArrayList<>(List.of(new RfcReference(), new EvaluatorEngine()));
        ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(engine -> !engine.name().equals("linux")
                && engines.stream().noneMatch(known -> known.name().equals(engine.name()))).forEach(engines::add);
        return engines;
    }

    /** The fastest engine, for the comparison with the kernel. */
    private static Engine fastest() {
        return engines().stream().filter(engine -> engine.name().equals("interpreter")).findFirst().orElseGet(EvaluatorEngine::new);
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void enginesAgree(Profile profile) {
        CampaignSummary summary = new Campaign(engines(), profile).run(1, PROGRAMS / 5);
        assertThat(summary.differing()).as(report(summary)).isZero();
        assertThat(summary.outcomes().keySet()).contains("returned");
        assertThat(summary.programs()).isEqualTo(PROGRAMS / 5);
    }

    private static String report(CampaignSummary summary) {
        return summary.text() + summary.findings().stream().map(Finding::file).collect(Collectors.joining("\n"));
    }

    @Test
    void engineAgreesWithTheKernel() {
        try (KernelCampaign campaign = new KernelCampaign(fastest())) {
            KernelCampaign.Summary summary = campaign.run(1, KERNEL_PROGRAMS);
            assumeThat(summary.unavailable()).isEmpty();
            assertThat(summary.differing()).as(summary.text()).isZero();
            assertThat(summary.results()).containsOnlyKeys("ran");
        }
    }

    /** Which programs are run does not depend on the number of threads. */
    @Test
    void parallelCampaignDoesTheSame() {
        CampaignSummary alone = new Campaign(engines(), Profile.SINGLE).run(1, 3000);
        CampaignSummary together = new ParallelCampaign(CampaignTest::engines, Profile.SINGLE, 2).run(1, 3000, done -> assertThat(done
                .programs()).isPositive());
        assertThat(together.outcomes()).isEqualTo(alone.outcomes());
        assertThat(together.slots()).isEqualTo(alone.slots());
        assertThat(together.coverage().instructions()).isEqualTo(alone.coverage().instructions());
    }

    @Test
    @Tag("long")
    void enginesAgreeOnAHundredMillionPrograms() throws IOException {
        int jobs = Runtime.getRuntime().availableProcessors();
        CampaignSummary summary = new ParallelCampaign(CampaignTest::engines, Profile.MIXED, jobs).run(1, LONG_PROGRAMS, done -> {
            // the summary is written at the end
        });
        Results.write("campaign.md", "# Engines against the reference, random programs\n\nProfile `mixed`, seeds from 1.\n\n```\n" + summary
                .text() + "```\n");
        assertThat(summary.differing()).as(report(summary)).isZero();
        assertThat(summary.missing()).isEmpty();
    }

    @Test
    @Tag("long")
    void engineAgreesWithTheKernelOnAMillionPrograms() throws IOException {
        try (KernelCampaign campaign = new KernelCampaign(fastest())) {
            KernelCampaign.Summary summary = campaign.run(1, LONG_KERNEL_PROGRAMS);
            assumeThat(summary.unavailable()).isEmpty();
            Results.write("kernel-campaign.md", "# The engine " + fastest().name()
                    + " against the running Linux kernel\n\nPrograms of the profile `kernel`, seeds from 1; r0 to r9 and 1 KiB of memory are compared.\n\n```\n"
                    + summary.text() + "```\n");
            assertThat(summary.differing()).as(summary.text()).isZero();
        }
    }
}
