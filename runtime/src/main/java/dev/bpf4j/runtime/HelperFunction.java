// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/** A helper or kfunc in Java. Called by any number of lanes at the same time. */
@FunctionalInterface
public interface HelperFunction {
    /**
     * Does the helper's work. Guest memory is reached through {@link Lane}; arguments are untrusted. To end the program, set a fault with
     * {@link Lane#fault} or {@link Lane#unwind} and return anything. Must not throw for anything a program does.
     *
     * @return the value for r0
     */
    long call(Lane lane, long r1, long r2, long r3, long r4, long r5);
}
