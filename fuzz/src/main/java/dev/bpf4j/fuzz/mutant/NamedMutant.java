// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.runtime.Engine;

/**
 * A bug that a JIT compiler or a verifier once had, put into one of our engines.
 *
 * @param name   what it is known by here
 * @param source where it was: project and commit or issue
 * @param bug    what was wrong
 * @param mutant the same here
 */
public record NamedMutant(String name, String source, String bug, Seeded mutant) implements Seeded {
    @Override
    public Fault fault() {
        return mutant.fault();
    }

    @Override
    public Engine engine() {
        return mutant.engine();
    }
}
