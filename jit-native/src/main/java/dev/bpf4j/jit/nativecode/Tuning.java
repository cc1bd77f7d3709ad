// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

/** The switches that all native backends share. None of them changes a result. */
public final class Tuning {
    /** Units of budget that machine code takes at once; a stop request is seen at the latest when they are used up. */
    public static final int CHUNK = 1 << 16;
    /** Bytes of address space for machine code of all programs; memory is taken as it is used. */
    static final long CODE_SPACE = 256L << 20;
    /** Whether the region of an access is predicted by what the analysis knows of its address; otherwise the context is tried first. */
    static final boolean PREDICT = true;
    /** Whether the budget is counted in a register where the program leaves one. */
    static final boolean FUEL_IN_REGISTER = true;
    /** Whether code that cannot run for long is called without telling the JVM that the thread is outside. */
    static final boolean CRITICAL_CALLS = true;
    /** Whether sequences of instructions become address forms and rotations. */
    static final boolean SEQUENCES = true;

    /** Whether rotations are found whose parts lie apart, and what only they would read is left out. */
    static final boolean ROTATIONS = true;

    /** Whether small loops get a copy without checks, for as many rounds as certainly need none. */
    static final boolean FAST_LOOPS = true;
    /** Instructions of the largest loop that gets one. */
    static final int LOOP_STEPS = 64;
    /** Most ranges of addresses, and most values of 32 bits, that are looked at before it runs. */
    static final int LOOP_CONDITIONS = 4;
    /** Bytes from the first to the last of a range in one round, at most. */
    static final int RANGE_SPAN = 512;

    private Tuning() {
    }
}
