// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.vectors.VectorCheck;
import dev.bpf4j.conformance.vectors.VectorRunner;
import dev.bpf4j.fuzz.mutant.Equivalents;
import dev.bpf4j.fuzz.mutant.Mutant;
import dev.bpf4j.fuzz.mutant.Mutants;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.vectors.Vectors;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The vectors of a row alone catch an engine that is wrong in that row, whatever is wrong. */
class MutantsOfTheTableTest {
    private static final int VECTORS = 2_000;
    private static final int EVERY = Boolean.getBoolean("bpf4j.long") ? 1 : 6;

    @Test
    void vectorsCatchEveryMutant() throws LoadException {
        List<Mutant> all = Mutants.of(Isa.system()).stream().filter(mutant -> Equivalents.reason(mutant).isEmpty()).toList();
        List<String> survivors = new ArrayList<>();
        int hunted = 0;
        for (int i = 0; i < all.size(); i += EVERY) {
            hunted++;
            if (!caught(all.get(i))) {
                survivors.add(all.get(i).name());
            }
        }
        assertThat(survivors).isEmpty();
        assertThat(hunted).isGreaterThan(200);
    }

    private static boolean caught(Mutant mutant) throws LoadException {
        Instruction row = Isa.bpf().get(mutant.row().name());
        for (Policy policy : Policy.values()) {
            for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
                Vectors vectors = VectorRunner.vectors(order);
                try (VectorCheck check = new VectorCheck(new RfcReference(), mutant.engine(), policy)) {
                    for (int number = 0; number < VECTORS; number++) {
                        if (check.difference(vectors.vector(row, number)).isPresent()) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }
}
