// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import java.util.Optional;

/** Finds a processor for hosts that are of another architecture; found by {@link java.util.ServiceLoader}. Thread-safe. */
public interface ProcessorProvider {
    /** What it is a processor of, in the words of {@code --engine}: {@code arm64}, {@code x86-64}. */
    String architecture();

    /** What it is, for people: {@code Unicorn 2.0.1}. */
    String name();

    /** Why it cannot be had on this host, with what would mend it; empty if it can. */
    Optional<String> unavailable();

    /**
     * The processor, the same one at every call.
     *
     * @throws IllegalStateException if it cannot be had
     */
    Processor processor();
}
