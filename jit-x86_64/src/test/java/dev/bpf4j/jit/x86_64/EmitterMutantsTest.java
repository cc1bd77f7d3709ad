// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bpf4j.fuzz.mutant.Equivalents;
import dev.bpf4j.fuzz.mutant.Hunt;
import dev.bpf4j.fuzz.mutant.IsolatedHunt;
import dev.bpf4j.fuzz.mutant.MutantKind;
import dev.bpf4j.fuzz.mutant.Seeded;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Random programs notice what x86-64 machine code can have wrong; those that are no different are listed, and are not noticed, so that the list stays true. */
class EmitterMutantsTest {
    /** One mutant of so many is hunted; all of them in the long run. */
    private static final int EVERY = Integer.getInteger("bpf4j.mutants", Boolean.getBoolean("bpf4j.long") ? 1 : 600);
    private static final int MOST = 20_000;
    private static final int FEW = 100;

    @BeforeEach
    void processor() {
        assumeThat(MutantKind.X86_64.unavailable()).isEmpty();
    }

    @Test
    void everyMutantIsKilled() throws InterruptedException {
        Hunt hunt = Hunt.isolated(MutantKind.X86_64, EVERY, MOST, 1, (mutant, end) -> {
            // what became of them is asserted at the end
        });
        assertThat(hunt.survivors()).as(hunt.markdown()).isEmpty();
        assertThat(hunt.kills()).hasSizeGreaterThan(700 / EVERY);
        assertThat(hunt.quantile(0.5)).as("median of programs").isLessThan(100);
    }

    @Test
    void equivalentsSurvive() throws IOException, InterruptedException {
        List<? extends Seeded> mutants = MutantKind.X86_64.mutants();
        assertThat(mutants.stream().map(Seeded::name)).doesNotHaveDuplicates();
        int equivalents = 0;
        try (IsolatedHunt hunt = new IsolatedHunt(MutantKind.X86_64, FEW)) {
            for (int i = 0; i < mutants.size(); i++) {
                if (Equivalents.reason(mutants.get(i)).isPresent() && equivalents++ % EVERY == 0) {
                    assertThat(hunt.end(i).killed()).as(mutants.get(i).name()).isFalse();
                }
            }
        }
        assertThat(equivalents).isPositive();
    }
}
