// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/** A program that an engine is ready to run. Any number of lanes may run it at the same time, each lane from one thread at a time. */
public interface LoadedProgram extends AutoCloseable {
    /** What was loaded. */
    LinkedProgram program();

    /**
     * Runs the program from the lane's entry registers on the lane's context, packet and memory. Never throws for anything a program does.
     *
     * @param lane a lane of the machine that the program was linked for, not running anything else
     */
    Outcome run(Lane lane);

    /**
     * Like {@link #run}, and leaves r0 to r9 as they were at the {@code exit} of main in {@link Lane#exitRegisters()}. A run that ended otherwise
     * (a fault, a packet load out of bounds, a helper that ends the program) leaves its result, or 0, in r0 and 0 in all others.
     */
    Outcome observe(Lane lane);

    /** Waits for running calls and frees what the engine holds for the program. */
    @Override
    void close();
}
