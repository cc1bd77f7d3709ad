// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import dev.bpf4j.conformance.suite.TestCase;
import java.util.Optional;

/** Whoever can be asked to run a case. Thread-safe. */
public interface Candidate extends AutoCloseable {
    /** The name in reports; unique in a run. */
    String name();

    /** How it is reached: the engine, or the command. */
    String description();

    /** The option of {@code bpf4j conformance} that names it, to run a case again. */
    String option();

    /**
     * Why it cannot be asked anything, found out by starting it where it is a command; empty if it can.
     *
     * @throws InterruptedException if the thread is told to stop
     */
    Optional<String> unavailable() throws InterruptedException;

    /**
     * Runs a case.
     *
     * @throws InterruptedException if the thread is told to stop
     */
    Result run(TestCase testCase) throws InterruptedException;

    /** Ends processes that were started. */
    @Override
    void close();
}
