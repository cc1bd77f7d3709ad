// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/**
 * How a helper calls back into the program that called it ({@code bpf_loop}, {@code bpf_for_each_map_elem}). The engine that runs the lane
 * provides it for the duration of the helper call.
 */
@FunctionalInterface
public interface Callback {
    /**
     * Calls a function of the running program in a new frame, one unit of budget each (Ruling 5). If it faults, {@link Lane#pending()} is set
     * and the helper must return at once.
     *
     * @param codePointer the function, as {@link GuestLayout#codePointer}; anything else is a {@link FaultKind#BAD_TARGET}
     * @return the function's r0; meaningless if a fault is pending
     */
    long call(long codePointer, long r1, long r2, long r3, long r4, long r5);
}
