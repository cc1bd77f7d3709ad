// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.Results;
import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The comparison of engines over random programs notices every wrong table. */
class MutantsTest {
    private static final long MOST = 20_000;
    private static final List<Mutant> ALL = Mutants.of(Isa.system());

    @Test
    void everyRowAndEveryKindOfFaultHasMutants() {
        Set<Instruction> rows = ALL.stream().map(Mutant::row).collect(Collectors.toSet());
        List<Instruction> without = Isa.bpf().instructions().stream().filter(row -> !rows.contains(Isa.system().get(row.name()))).toList();
        assertThat(without.stream().map(Instruction::name)).containsExactly("exit");
        assertThat(ALL.stream().map(Mutant::fault).collect(Collectors.toCollection(() -> EnumSet.noneOf(Fault.class)))).isEqualTo(
                EnumSet.complementOf(EnumSet.of(Fault.BYTE_ORDER, Fault.DISPLACEMENT, Fault.RESTORE)));
        assertThat(ALL.stream().map(Mutant::name)).doesNotHaveDuplicates();
        assertThat(ALL.stream().filter(mutant -> Equivalents.reason(mutant).isEmpty())).hasSizeGreaterThan(1000);
    }

    @Test
    void mutantsAreKilled() {
        List<Mutant> sample = new ArrayList<>();
        for (int i = 0; i < ALL.size(); i += 15) {
            sample.add(ALL.get(i));
        }
        Hunt hunt = Hunt.of(sample, new RfcReference(), MOST);
        assertThat(hunt.survivors()).as(hunt.markdown()).isEmpty();
        assertThat(hunt.kills()).hasSizeGreaterThan(80);
    }

    /** A mutant that is the same as its row survives: the hunt can tell. */
    @Test
    void equivalentMutantsSurvive() {
        Mutant same = ALL.stream().filter(mutant -> mutant.name().equals("jset64_imm condition 2")).findFirst().orElseThrow();
        assertThat(Equivalents.reason(same)).isPresent();
        Mutant renamed = new Mutant(same.row(), Fault.GUARD, 99, same.effects());
        assertThat(Hunt.of(List.of(renamed), new RfcReference(), 2000).survivors()).containsExactly(renamed);
    }

    @Test
    @Tag("long")
    void allMutantsAreKilled() throws IOException {
        Hunt hunt = Hunt.of(ALL, new RfcReference(), 100_000);
        Results.write("table-mutants.md", "Mutants of the instruction table", "MutantsTest#allMutantsAreKilled",
                """
                        Every row of the table, changed mechanically in one place, runs in the evaluator against the reference `rfc` over random programs of the
                        profile `mixed`. A mutant is killed by the first program on which the two differ.

                        """
                        + hunt.markdown());
        assertThat(hunt.survivors()).as(hunt.markdown()).isEmpty();
    }
}
