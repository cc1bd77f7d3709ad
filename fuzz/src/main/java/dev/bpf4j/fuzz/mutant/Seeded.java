// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import dev.bpf4j.fuzz.mutant.Mutant.Fault;
import dev.bpf4j.runtime.Engine;

/** A bug put in on purpose. */
public sealed interface Seeded permits Mutant, ClassMutant, NamedMutant {
    /** A name that no other one of its kind has. */
    String name();

    /** What is wrong. */
    Fault fault();

    /** An engine that has it. */
    Engine engine();
}
