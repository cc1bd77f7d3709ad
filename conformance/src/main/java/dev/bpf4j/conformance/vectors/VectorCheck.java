// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.vectors;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.isa.vectors.Malformed;
import dev.bpf4j.isa.vectors.Vector;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Policy;
import java.util.Optional;

/** Compares an engine with a reference, vector by vector. Not thread-safe. */
public final class VectorCheck implements AutoCloseable {
    private final Engine reference;
    private final Engine candidate;
    private final VectorRunner runner;

    /** A comparison under one policy. */
    public VectorCheck(Engine reference, Engine candidate, Policy policy) {
        this.reference = reference;
        this.candidate = candidate;
        this.runner = new VectorRunner(policy);
    }

    /**
     * The first thing that is not as the reference says, in the observed form or in the one that nobody observes; empty if there is none.
     *
     * @throws LoadException if the machine or an engine refuses the program
     */
    public Optional<String> difference(Vector vector) throws LoadException {
        runner.link(vector);
        try (LoadedProgram right = runner.load(reference); LoadedProgram loaded = runner.load(candidate)) {
            VectorObservation expected = runner.observe(right);
            Optional<String> observed = expected.difference(runner.observe(loaded));
            return observed.isPresent() ? observed : expected.difference(runner.run(loaded));
        }
    }

    /** Who accepts a malformed program; empty if the machine, the engine and the RFC's prose all reject it. */
    public Optional<String> difference(Malformed malformed) {
        if (runner.rejection(candidate, malformed).isEmpty()) {
            return Optional.of("accepted");
        }
        return RfcReference.reject(malformed.code(), malformed.order()).isPresent() ? Optional.empty()
                : Optional.of("accepted by the reference, although the table does not define it");
    }

    @Override
    public void close() {
        runner.close();
    }
}
