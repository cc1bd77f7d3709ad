// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.vectors.VectorCheck;
import dev.bpf4j.conformance.vectors.VectorRunner;
import dev.bpf4j.isa.vectors.Vector;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the table in every combination of operands that the vectors have, in several engines, against the reference. */
public abstract class VectorsComparison {
    private static final int PER_ROW = Integer.getInteger("bpf4j.vectors", Boolean.getBoolean("bpf4j.long") ? 4000 : 60);
    private static final int MOST_SHOWN = 10;

    /** The engines: one for each set of CPU features. */
    protected abstract List<? extends Engine> engines();

    @ParameterizedTest
    @EnumSource
    protected void sameAsTheReference(Policy policy) throws LoadException {
        List<String> differing = new ArrayList<>();
        int count = 0;
        for (Engine engine : engines()) {
            try (VectorCheck check = new VectorCheck(new RfcReference(), engine, policy)) {
                Iterator<Vector> vectors = VectorRunner.vectors(ByteOrder.LITTLE_ENDIAN).all(PER_ROW).iterator();
                while (vectors.hasNext() && differing.size() < MOST_SHOWN) {
                    Vector vector = vectors.next();
                    check.difference(vector).ifPresent(difference -> differing.add(vector.id() + ": " + difference));
                    count++;
                }
            }
        }
        assertThat(differing).isEmpty();
        assertThat(count).isGreaterThan(PER_ROW * 100);
    }
}
