// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

/**
 * What a value is taken for: a number, or a pointer into some region. {@link Frame}, {@link Fixed} and {@link Scalar} with a value are certain; all
 * else are guesses, good for choosing which region to try first.
 */
public sealed interface Origin {

    /** Nothing has been seen yet. */
    record None() implements Origin {}

    /**
     * A number.
     *
     * @param known whether the value is certain
     * @param value the value if it is
     */
    record Scalar(boolean known, long value) implements Origin {}

    /** Certainly r10 of the running function plus a constant. */
    record Frame(long offset) implements Origin {}

    /** A pointer into the stack, perhaps into a caller's frame. */
    record Stack() implements Origin {}

    /** A pointer into the context or raw memory. */
    record Context() implements Origin {}

    /** A pointer into the packet. */
    record Packet() implements Origin {}

    /**
     * A pointer into a region that all lanes share: map values, a global section.
     *
     * @param base first address of the region
     */
    record Shared(long base) implements Origin {}

    /**
     * Certainly this address, in a region that all lanes share.
     *
     * @param base    first address of the region
     * @param address the address
     */
    record Fixed(long base, long address) implements Origin {}

    /** A pointer to who knows what. */
    record Unknown() implements Origin {}

    /** A number that is not known. */
    static Origin number() {
        return new Scalar(false, 0);
    }

    /** What a value is taken for that is this on one path and the other on another one. Numbers yield to pointers, because of null. */
    default Origin join(Origin other) {
        if (equals(other) || other instanceof None) {
            return this;
        }
        if (this instanceof None) {
            return other;
        }
        if (this instanceof Scalar) {
            return other instanceof Scalar ? number() : other.blurred();
        }
        if (other instanceof Scalar) {
            return blurred();
        }
        return blurred().equals(other.blurred()) ? blurred() : new Unknown();
    }

    /** The same as a guess. */
    default Origin blurred() {
        return switch (this) {
            case Frame f -> new Stack();
            case Fixed f -> new Shared(f.base());
            case Scalar n -> number();
            case None n -> this;
            case Stack s -> this;
            case Context c -> this;
            case Packet p -> this;
            case Shared s -> this;
            case Unknown u -> this;
        };
    }
}
