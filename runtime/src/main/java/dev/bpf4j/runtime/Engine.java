// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import java.util.Optional;

/**
 * One way to execute programs. Engines are found by {@link java.util.ServiceLoader}, are stateless and thread-safe, and give the same
 * {@link Outcome} and the same memory for the same program and input.
 */
public interface Engine {
    /** The name for {@code --engine}: {@code interpreter}, {@code x86-64}, {@code arm64}, {@code jvm}, … */
    String name();

    /** Why this engine cannot run on this host, with what would mend it; empty if it can. */
    default Optional<String> unavailable() {
        return Optional.empty();
    }

    /** What is missing on this host although the engine can run, and what follows from it; empty if nothing is. Asked only if it is available. */
    default Optional<String> limitation() {
        return Optional.empty();
    }

    /**
     * How fast hot programs run in this engine, for the automatic choice: higher is faster, and also dearer to load. 0: never chosen by itself.
     * The interpreter is 10, the JVM engine 20, native code 30.
     */
    default int rank() {
        return 0;
    }

    /**
     * Prepares a linked program. Expensive work (code generation) is done here or at the first run.
     *
     * @throws LoadException if this engine refuses the program, with the reason
     */
    LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException;

    /**
     * What this engine makes of a program, for people: each instruction, and below it the code that it has become.
     *
     * @throws LoadException if this engine makes no code that could be shown, or refuses the program
     */
    default String listing(Machine machine, LinkedProgram program) throws LoadException {
        throw new LoadException("engine " + name() + " makes no machine code");
    }
}
