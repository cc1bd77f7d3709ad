// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * {@code bpf_csum_diff} as Linux 6.18 has it (net/core/filter.c): one's complement sums of 32 bits, the carry brought round at every addition,
 * which is how the kernel does it and the routine does not.
 */
final class HostChecksum {
    private static final long MASK = 0xffff_ffffL;
    /** The helper refuses sizes from here on where nothing is checked. */
    private static final long TOO_LARGE = 1L << 29;
    private static final long EINVAL = -22;

    private HostChecksum() {
    }

    /** The sum of what is at {@code to}, and the seed, without what is at {@code from}, in 16 bits. Sizes are 32-bit numbers. */
    static long difference(Lane lane, long from, long fromSize, long to, long toSize, long seed) {
        long before = fromSize & MASK;
        long after = toSize & MASK;
        long start = seed & MASK;
        if (before > 0 && !lane.check(from, size(before), false) || after > 0 && !lane.check(to, size(after), false)) {
            return 0;
        }
        if (before >= TOO_LARGE || after >= TOO_LARGE) {
            return EINVAL;
        }
        long sum = start;
        if (before > 0 && after > 0) {
            sum = add(partial(lane, to, after, start), not(partial(lane, from, before, 0)));
        } else if (after > 0) {
            sum = partial(lane, to, after, start);
        } else if (before > 0) {
            sum = not(partial(lane, from, before, not(start)));
        }
        long folded = (sum & 0xffff) + (sum >>> 16);
        return (folded & 0xffff) + (folded >>> 16);
    }

    private static int size(long bytes) {
        return (int) Math.min(bytes, Integer.MAX_VALUE);
    }

    /** Adds memory, in words of 4 as the program's byte order has them; what is missing in the last word is 0. */
    private static long partial(Lane lane, long address, long bytes, long start) {
        boolean big = lane.order() == ByteOrder.BIG_ENDIAN;
        long at = address & GuestLayout.ADDRESS_MASK;
        long sum = start;
        for (long i = 0; i < bytes; i += 4) {
            long word = 0;
            for (long j = i; j < Math.min(i + 4, bytes); j++) {
                long octet = lane.memory().get(ValueLayout.JAVA_BYTE, at + j & GuestLayout.ADDRESS_MASK) & 0xffL;
                word |= octet << 8 * (big ? 3 - (j - i) : j - i);
            }
            sum = add(sum, word);
        }
        return sum;
    }

    private static long add(long a, long b) {
        long sum = a + b;
        return (sum & MASK) + (sum >>> 32);
    }

    private static long not(long sum) {
        return ~sum & MASK;
    }
}
