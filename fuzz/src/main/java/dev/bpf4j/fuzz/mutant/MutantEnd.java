// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

/**
 * What became of a mutant.
 *
 * @param how      how it was found out, or that it was not
 * @param programs that it was given
 * @param millis   milliseconds that it took: making it, and all programs
 */
public record MutantEnd(How how, long programs, long millis) {
    /** Ways to end. */
    public enum How {
        /** It did something else than the reference. */
        DIFFERED,
        /** It threw an exception. */
        THREW,
        /** It took its process down. */
        DIED,
        /** It did not come back. */
        HUNG,
        /** No program told it from the reference. */
        SURVIVED
    }

    /** Whether it was found out. */
    public boolean killed() {
        return how != How.SURVIVED;
    }
}
