// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

/**
 * Features that have been seen, as bits at places that their hash gives. Two may share a place; then one of them is taken for seen. Not
 * thread-safe.
 */
public final class Coverage {
    private static final int BITS = 1 << 20;

    private final long[] words = new long[BITS / Long.SIZE];
    private int count;

    /** Number of features seen. */
    public int count() {
        return count;
    }

    /** Notes a feature; whether it is new. */
    public boolean see(long feature) {
        int place = place(feature);
        long bit = 1L << place;
        if ((words[place >>> 6] & bit) != 0) {
            return false;
        }
        words[place >>> 6] |= bit;
        count++;
        return true;
    }

    /** Whether a feature has been seen. */
    public boolean has(long feature) {
        int place = place(feature);
        return (words[place >>> 6] & 1L << place) != 0;
    }

    private static int place(long feature) {
        long mixed = (feature ^ feature >>> 31) * 0x94d0_49bb_1331_11ebL;
        return (int) (mixed >>> 44) & BITS - 1;
    }
}
