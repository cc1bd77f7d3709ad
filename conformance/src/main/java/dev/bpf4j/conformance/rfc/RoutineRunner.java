// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.helper.Helper;

/**
 * Executes hot helpers. The runtime keeps these as <em>routines</em>, eBPF code in the form of its instruction table, which the reference does not
 * read; so somebody else does their work for it.
 */
@FunctionalInterface
public interface RoutineRunner {
    /**
     * Does a hot helper's work. To end the program instead, raise a fault with {@link Lane#fault}, which carries the place of the call, and return
     * anything.
     *
     * @param helper one whose {@link Helper#routine()} is not null
     * @return r0
     */
    long run(Lane lane, Helper helper, long r1, long r2, long r3, long r4, long r5);
}
