// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.outside;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.compare.Aspect;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.generate.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which disagreements of an outside runtime are taken for one bug. */
class CausesTest {
    private static final BpftCase CASE = Campaign.program(Profile.SINGLE, 1);
    private final Causes causes = new Causes();

    private int add(Aspect aspect, String kind, String... rows) {
        return causes.add(new Finding(1, "outside", new Difference(aspect, kind, "rfc", "outside", ""), CASE, 9), List.of(rows));
    }

    @Test
    void formsAndWidthsOfAnOperationAreOneCause() {
        assertThat(add(Aspect.REGISTERS, "", "lddw", "sdiv32_imm", "exit")).isEqualTo(1);
        assertThat(add(Aspect.REGISTERS, "", "mov64_imm", "lddw", "smod64_reg", "exit")).isEqualTo(2);
        assertThat(add(Aspect.OUTCOME, "returned/returned", "sdiv64_reg", "exit")).isEqualTo(3);
        assertThat(add(Aspect.MEMORY, "", "sdiv32_reg", "stx64", "exit")).isEqualTo(4);
        assertThat(add(Aspect.REGISTERS, "", "atomic_fetch_add32", "exit")).isEqualTo(1);
        assertThat(add(Aspect.REGISTERS, "", "xchg64", "exit")).isEqualTo(2);
        assertThat(causes.findings()).hasSize(2);
    }

    @Test
    void otherOperationsAndOtherEndsAreOthers() {
        assertThat(add(Aspect.REGISTERS, "", "le16", "exit")).isEqualTo(1);
        assertThat(add(Aspect.REGISTERS, "", "be16", "exit")).isEqualTo(1);
        assertThat(add(Aspect.REGISTERS, "", "mov32_reg", "exit")).isEqualTo(1);
        assertThat(add(Aspect.OUTCOME, "returned/CRASH", "le16", "exit")).isEqualTo(1);
        assertThat(causes.findings()).hasSize(4);
    }

    /** What comes with more is the same; what was found with more before is replaced. */
    @Test
    void whatIsBehindOtherInstructionsIsTheSame() {
        assertThat(add(Aspect.REGISTERS, "", "jgt32_imm", "le16", "exit")).isEqualTo(1);
        assertThat(add(Aspect.REGISTERS, "", "le32", "exit")).isEqualTo(1);
        assertThat(add(Aspect.REGISTERS, "", "jeq64_reg", "le64", "exit")).isEqualTo(2);
        assertThat(causes.findings()).hasSize(1);
    }

    @Test
    void rowsThatOnlySetSomethingUpAreNotToBlame() {
        assertThat(Causes.culprits(List.of("lddw", "mov64_reg", "movsx8_32", "stx64", "exit"))).containsExactly("movsx8_32");
        assertThat(Causes.culprits(List.of("mov64_imm", "mov32_reg", "exit"))).containsExactly("mov32_reg");
    }
}
