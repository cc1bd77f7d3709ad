// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.vectors;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.vectors.Malformed;
import dev.bpf4j.isa.vectors.Vector;
import dev.bpf4j.isa.vectors.Vectors;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** All vectors of every row, in an engine: what each engine's tests run. */
public final class VectorSuite {
    /** Vectors per row in the profile {@code long}; otherwise one in a hundred of them. */
    public static final int FULL = 2_000;

    private static final int STRIDE = 101;
    private static final int MOST_DIFFERENCES = 20;

    private final Engine engine;
    private final Policy policy;
    private final ByteOrder order;
    private final int perRow;

    /**
     * A suite as large as the profile says.
     *
     * @param engine what is compared with {@link RfcReference}
     */
    public VectorSuite(Engine engine, Policy policy, ByteOrder order) {
        this(engine, policy, order, Boolean.getBoolean("bpf4j.long") ? FULL : FULL / 100);
    }

    /** A suite with some of each row's vectors. */
    public VectorSuite(Engine engine, Policy policy, ByteOrder order, int perRow) {
        this.engine = engine;
        this.policy = policy;
        this.order = order;
        this.perRow = perRow;
    }

    /** How many vectors are run. */
    public long size() {
        return (long) perRow * Isa.bpf().instructions().size();
    }

    /** The first differences; empty if the engine agrees with the reference everywhere. */
    public List<String> differences() throws LoadException {
        Vectors vectors = VectorRunner.vectors(order);
        List<String> differences = new ArrayList<>();
        try (VectorCheck check = new VectorCheck(new RfcReference(), engine, policy)) {
            for (Instruction row : Isa.bpf().instructions()) {
                for (int i = 0; i < perRow && differences.size() < MOST_DIFFERENCES; i++) {
                    Vector vector = vectors.vector(row, i * STRIDE % FULL);
                    check.difference(vector).ifPresent(difference -> differences.add(vector.id() + ": " + difference));
                }
            }
        }
        return differences;
    }

    /** Malformed programs that somebody accepts; empty if nobody does. */
    public List<String> accepted() {
        Vectors vectors = VectorRunner.vectors(order);
        List<String> accepted = new ArrayList<>();
        try (VectorCheck check = new VectorCheck(new RfcReference(), engine, policy)) {
            for (Instruction row : Isa.bpf().instructions()) {
                for (Malformed malformed : vectors.malformed(row)) {
                    check.difference(malformed).ifPresent(difference -> accepted.add(malformed.id() + ": " + difference));
                }
            }
        }
        return accepted;
    }
}
