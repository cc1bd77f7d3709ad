// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

/** The switches of this engine; those that it shares are in {@link dev.bpf4j.jit.nativecode.Tuning}. None of them changes a result. */
final class Tuning {
    /** Whether bounds of regions are kept in registers. */
    static final boolean BOUNDS_IN_REGISTERS = true;
    /** Accesses, weighted by loops, that make it worth to save a register and to load a bound at every entry. */
    static final long WORTH_A_REGISTER = 4;

    private Tuning() {
    }
}
