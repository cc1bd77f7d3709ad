// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

/** The two forms of a target's jumps: a short one, and a long one for what the short one does not reach. Immutable. */
public interface Jumps {
    /** Bytes of a jump. */
    int length(int condition, boolean isLong);

    /** Whether the short form reaches a target so many bytes behind its own first byte. */
    boolean reaches(int condition, int distance);

    /**
     * Appends a jump.
     *
     * @param out      a buffer of the target's kind
     * @param distance bytes from the jump's first byte to its target
     * @throws IllegalArgumentException if not even the long form reaches it
     */
    void put(CodeBuffer out, int condition, boolean isLong, int distance);

    /** The jump as text; {@code target} is an offset in the code. */
    String text(int condition, boolean isLong, int target);
}
