// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

/**
 * Internet checksums as the kernel computes them, bit for bit, the two forms of zero included. Sums are unsigned 32-bit numbers in a
 * {@code long}. Linux {@code include/net/checksum.h}; compared with {@code bpf_csum_diff}, {@code bpf_l3_csum_replace} and
 * {@code bpf_l4_csum_replace} of Linux 6.18.
 */
final class Checksum {
    private static final long MASK = 0xffff_ffffL;

    private Checksum() {
    }

    /** Adds with the carry brought round. */
    static long add(long a, long b) {
        long sum = a + b;
        return (sum & MASK) + (sum >>> 32);
    }

    /** The sum's 16-bit form. */
    static long narrow(long sum) {
        long folded = (sum & 0xffff) + (sum >>> 16);
        return (folded & 0xffff) + (folded >>> 16);
    }

    /** A header's checksum from a sum: narrow and inverted. */
    static int fold(long sum) {
        return (int) (~narrow(sum) & 0xffff);
    }

    static long not(long sum) {
        return ~sum & MASK;
    }

    /** A header's checksum after a 32-bit field changed. */
    static int replace4(int checksum, long from, long to) {
        return fold(add(add(not(checksum), not(from)), to));
    }

    /** A header's checksum after a 16-bit field changed. */
    static int replace2(int checksum, int from, int to) {
        return ~add16(add16(~checksum & 0xffff, ~from & 0xffff), to & 0xffff) & 0xffff;
    }

    private static int add16(int a, int b) {
        int sum = a + b;
        return (sum & 0xffff) + (sum >>> 16) & 0xffff;
    }

    /** A header's checksum after something changed whose difference is known. */
    static int replaceByDifference(int checksum, long difference) {
        return fold(add(difference, not(checksum)));
    }
}
