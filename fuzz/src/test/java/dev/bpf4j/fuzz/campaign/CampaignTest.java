// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bpf4j.conformance.bpft.BpftRunner;
import dev.bpf4j.conformance.bpft.Verdict;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.Results;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.mutant.Equivalents;
import dev.bpf4j.fuzz.mutant.Mutant;
import dev.bpf4j.fuzz.mutant.Mutants;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
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
        assertThat(summary.differing()).as(summary.report()).isZero();
        assertThat(summary.outcomes().keySet()).contains("returned");
        assertThat(summary.programs()).isEqualTo(PROGRAMS / 5);
    }

    @Test
    void engineAgreesWithTheKernel() {
        try (KernelCampaign campaign = new KernelCampaign(List.of(fastest()))) {
            KernelCampaign.Summary summary = campaign.run(1, KERNEL_PROGRAMS);
            assumeThat(summary.unavailable()).isEmpty();
            assertThat(summary.differing()).as(summary.text()).isZero();
            assertThat(summary.results()).containsOnlyKeys("ran");
        }
    }

    /** The comparison with the kernel can fail: it kills mutants of the table, and each finding is a small case that shows it again. */
    @Test
    void kernelKillsMutants() {
        List<Mutant> mutants = Mutants.of(Isa.system());
        for (String name : List.of("sdiv64_imm", "lsh32_reg", "jslt64_reg", "ldxsx16", "atomic_fetch_add64")) {
            Mutant mutant = mutants.stream().filter(one -> one.row().name().equals(name) && Equivalents.reason(one).isEmpty()).findFirst()
                    .orElseThrow();
            try (KernelCampaign campaign = new KernelCampaign(List.of(mutant.engine()))) {
                KernelCampaign.Summary summary = campaign.run(1, 2);
                for (long seed = 3; summary.differing() == 0 && seed < 300; seed += 2) {
                    summary = campaign.run(seed, 2);
                }
                assumeThat(summary.unavailable()).isEmpty();
                assertThat(summary.differing()).as(mutant.name()).isPositive();
                Finding first = summary.findings().getFirst();
                assertThat(Listing.rows(first.testCase().program())).as(first.file()).contains(name).hasSizeLessThanOrEqualTo(16);
                List<Boolean> passed = new BpftRunner(List.of(new RfcReference(), mutant.engine())).run(first.testCase()).stream().map(
                        result -> result.verdict() instanceof Verdict.Pass).toList();
                assertThat(passed).as(first.file())
                        .endsWith(false);
            }
        }
    }

    /** Memory that programs reach is set before each run: one program leaves nothing for the next one. */
    @Test
    void severalEnginesAgreeWithTheKernel() {
        try (KernelCampaign campaign = new KernelCampaign(engines())) {
            KernelCampaign.Summary summary = campaign.run(1, KERNEL_PROGRAMS / 5);
            assumeThat(summary.unavailable()).isEmpty();
            assertThat(summary.differing()).as(summary.text()).isZero();
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
        Results.write("campaign.md", "Engines against the reference, random programs", "CampaignTest#enginesAgreeOnAHundredMillionPrograms",
                "Profile `mixed`, seeds from 1.\n\n```\n" + summary.text() + "```\n");
        assertThat(summary.differing()).as(summary.report()).isZero();
        assertThat(summary.missing()).isEmpty();
    }

    @Test
    @Tag("long")
    void engineAgreesWithTheKernelOnAMillionPrograms() throws IOException {
        try (KernelCampaign campaign = new KernelCampaign(List.of(fastest()))) {
            KernelCampaign.Summary summary = campaign.run(1, LONG_KERNEL_PROGRAMS);
            assumeThat(summary.unavailable()).isEmpty();
            Results.write("kernel-campaign.md", "The engine " + fastest().name() + " against the running Linux kernel",
                    "CampaignTest#engineAgreesWithTheKernelOnAMillionPrograms",
                    "Programs of the profile `kernel`, seeds from 1; r0 to r9 and " + Profile.KERNEL.memory()
                            + " bytes of memory are compared.\n\n```\n" + summary.text() + "```\n");
            assertThat(summary.differing()).as(summary.text()).isZero();
        }
    }
}
