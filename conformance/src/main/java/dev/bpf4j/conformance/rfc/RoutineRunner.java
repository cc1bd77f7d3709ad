// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;

/**
 * Executes a <em>routine</em>: a hot helper that the runtime keeps as eBPF code in the form of its instruction table (see
 * {@link LinkedProgram}). The reference does not read that table, so somebody else runs the routine for it, as a helper like any other.
 */
@FunctionalInterface
public interface RoutineRunner {
    /**
     * Runs a routine to its end. To end the program instead, raise a fault with {@link Lane#fault}, which carries the place of the call, and
     * return anything.
     *
     * @param program the program that calls
     * @param routine the routine's first slot in it
     * @return r0
     */
    long run(Lane lane, LinkedProgram program, int routine, long r1, long r2, long r3, long r4, long r5);
}
