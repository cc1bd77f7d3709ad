// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.shrink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.bpft.BpftRunner;
import dev.bpf4j.conformance.bpft.BpftWriter;
import dev.bpf4j.conformance.bpft.CaseResult;
import dev.bpf4j.conformance.bpft.Verdict;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Comparison;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.mutant.Mutant;
import dev.bpf4j.fuzz.mutant.Mutants;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Policy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a random program on which an engine is wrong to a few instructions that name the row. */
class ShrinkerTest {

    private static Mutant mutant(String row, Mutant.Fault fault) {
        return Mutants.of(Isa.bpf().get(row)).stream().filter(mutant -> mutant.fault() == fault).findFirst().orElseThrow();
    }

    private static Finding find(Engine wrong) {
        CampaignSummary summary = new Campaign(List.of(new RfcReference(), wrong), Profile.MIXED).run(1, 20_000, 1);
        assertThat(summary.findings()).hasSize(1);
        return summary.findings().getFirst();
    }

    @ParameterizedTest
    @CsvSource({"add32_reg, NO_ZERO_EXTENSION", "arsh64_imm, SIGNEDNESS", "jsgt32_reg, SIGNEDNESS", "ldxsx16, EXTENSION", "stx32, WIDTH",
        "cmpxchg64, SWAPPED_OPERANDS", "atomic_fetch_xor32, OPERATOR", "be32, DROPPED_OPERATOR"})
    void findingIsSmallExplainedAndReplayable(String row, Mutant.Fault fault) {
        Engine wrong = mutant(row, fault).engine();
        Finding finding = find(wrong);
        BpftCase small = finding.testCase();

        assertThat(Listing.rows(small.program())).contains(row).hasSizeLessThanOrEqualTo(8);
        assertThat(small.program().slots()).isLessThan(finding.slots());
        assertThat(String.join("\n", small.comments())).contains("First diverging instruction: slot " + Listing.of(small.program())
                .orElseThrow().slot(Listing.rows(small.program()).lastIndexOf(row)));

        BpftCase again = BpftFile.parse("finding.bpft", finding.file()).cases().getFirst();
        List<CaseResult> results = new BpftRunner(List.of(new RfcReference(), wrong)).run(again);
        assertThat(results.get(0).verdict()).isEqualTo(new Verdict.Pass());
        assertThat(results.get(1).verdict()).as(finding.file()).isNotEqualTo(new Verdict.Pass());
    }

    @Test
    void kindOfDifferenceStays() {
        Engine wrong = mutant("stx64", Mutant.Fault.DROPPED_EFFECT).engine();
        BpftCase testCase = BpftFile.parse("test", """
                context: 00*64
                registers: r2=5 r3=6
                program:
                    r4 = r2
                    *(u64 *)(r1 + 16) = r3
                    r0 = *(u64 *)(r1 + 16)
                    r0 += r4
                    exit
                expect: returned 11
                """).cases().getFirst();
        Comparison comparison = new Comparison(List.of(new RfcReference(), wrong));
        Difference memory = new Difference(Aspect.MEMORY, "", "rfc", "mutant", "");
        Difference outcome = comparison.differences(testCase, Policy.STRICT).getFirst();
        assertThat(outcome.aspect()).isEqualTo(Aspect.OUTCOME);

        BpftCase small = new Shrinker(comparison, Policy.STRICT, outcome).shrink(testCase);
        assertThat(Listing.rows(small.program())).containsExactly("stx64", "ldx64", "exit");
        assertThat(comparison.recurs(small, Policy.STRICT, outcome)).isPresent();
        assertThatThrownBy(() -> new Shrinker(comparison, Policy.STRICT, memory).shrink(testCase)).isInstanceOf(
                IllegalArgumentException.class);
    }

    /** Who judges may not look at the maps that a program declares: what the run starts from keeps its map all the same. */
    @Test
    void filledMapStaysDeclared() {
        BpftCase testCase = BpftFile.parse("test", """
                map state: array key=4 value=8 max=1
                map other: array key=4 value=8 max=1
                entries state:
                    00*4 = 05 00*7
                program:
                    r0 = map_val(map_by_idx(0)) + 0
                    r0 = *(u64 *)(r0 + 0)
                    exit
                expect: returned 5
                """).cases().getFirst();
        Difference same = new Difference(Aspect.MAPS, "", "kernel", "mutant", "");

        BpftCase small = new Shrinker(candidate -> Optional.of(same).filter(difference -> !candidate.start().entries().isEmpty())).shrink(
                testCase);

        assertThat(small.program().maps()).extracting(MapDefinition::name).containsExactly("state");
        assertThat(BpftFile.parse("again", BpftWriter.write(small)).cases()).hasSize(1);
    }
}
