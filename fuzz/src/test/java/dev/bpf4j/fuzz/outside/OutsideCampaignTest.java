// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.candidate.EngineAdapter;
import dev.bpf4j.conformance.candidate.OutsideRuntime;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.rfc.SeededReference;
import dev.bpf4j.conformance.bpft.BpftRunner;
import dev.bpf4j.conformance.bpft.Verdict;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.edit.Listing;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Campaigns against a runtime in another process. */
class OutsideCampaignTest {
    private static OutsideRuntime adapter(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), EngineAdapter.class.getName()));
        command.addAll(List.of(arguments));
        return new OutsideRuntime("outside", command, true, Duration.ofSeconds(30));
    }

    @Test
    void sameEngineAgrees() throws InterruptedException {
        try (OutsideRuntime runtime = adapter("rfc"); OutsideCampaign campaign = new OutsideCampaign(new RfcReference(), runtime)) {
            OutsideCampaign.Summary summary = campaign.run(1, 300, Duration.ofMinutes(5), progress -> {
                // nobody watches
            });
            assertThat(summary.findings()).isEmpty();
            assertThat(summary.differing()).isZero();
            assertThat(summary.outcomes().get("returned")).isGreaterThan(290);
        }
    }

    @Test
    void wrongRuntimeIsFoundOutAndTheFindingShowsIt() throws InterruptedException {
        try (OutsideRuntime runtime = adapter(SeededReference.SHIFT_MASK.name());
                OutsideCampaign campaign = new OutsideCampaign(
                        new RfcReference(), runtime)) {
            OutsideCampaign.Summary summary = campaign.run(1, 40, Duration.ofMinutes(5), progress -> {
                // nobody watches
            });
            assertThat(summary.findings()).isNotEmpty();
            Finding finding = summary.findings().getFirst();
            assertThat(finding.testCase().program().slots()).isLessThan(20);
            assertThat(String.join("\n", Listing.rows(finding.testCase().program()))).containsPattern("(lsh|rsh|arsh)32");
            assertThat(new BpftRunner(List.of(new RfcReference())).run(finding.testCase())).allMatch(result -> result
                    .verdict() instanceof Verdict.Pass);
        }
    }

    @Test
    void rowsThatARuntimeDoesNotTakeAreLeftOut() throws InterruptedException {
        try (OutsideRuntime runtime = new OutsideRuntime("nothing", List.of("false"), true, Duration.ofSeconds(5))) {
            assertThat(runtime.unavailable()).isPresent();
            assertThat(runtime.ask(new byte[8], new byte[8]).ended()).isEqualTo(OutsideRuntime.Ended.CRASH);
        }
    }
}
