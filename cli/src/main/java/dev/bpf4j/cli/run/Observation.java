// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.runtime.Outcome;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What can be seen of a run from outside, maps excepted.
 *
 * @param outcome  how it ended
 * @param bytes    the packet, the memory or the context afterwards
 * @param metadata what lies in front of the packet; empty if there is nothing, or no packet
 * @param effects  what the program did beside, as its context tells; empty if nothing
 */
record Observation(Outcome outcome, byte[] bytes, byte[] metadata, String effects) {
    private static final int SHOWN = 16;

    /** What differs between two engines' runs of the same input; null if nothing does. */
    @Nullable
    Difference difference(Observation other) {
        if (!outcome.sameAs(other.outcome)) {
            return new Difference("outcome", outcome.toString(), other.outcome.toString());
        }
        Difference found = bytes("byte", bytes, other.bytes);
        if (found == null) {
            found = bytes("metadata byte", metadata, other.metadata);
        }
        return found != null || effects.equals(other.effects) ? found : new Difference("effects", effects, other.effects);
    }

    /**
     * A difference.
     *
     * @param what   what differs
     * @param first  how it is in the first engine
     * @param second how it is in the other
     */
    record Difference(String what, String first, String second) {}

    private static @Nullable Difference bytes(String what, byte[] mine, byte[] theirs) {
        int at = Arrays.mismatch(mine, theirs);
        if (at < 0) {
            return null;
        }
        if (mine.length != theirs.length) {
            return new Difference("length", mine.length + " bytes", theirs.length + " bytes");
        }
        return new Difference(what + " " + at + " and on", from(mine, at), from(theirs, at));
    }

    private static String from(byte[] bytes, int at) {
        int end = Math.min(bytes.length, at + SHOWN);
        return HexFormat.ofDelimiter(" ").formatHex(bytes, at, end) + (end < bytes.length ? " …" : "");
    }
}
