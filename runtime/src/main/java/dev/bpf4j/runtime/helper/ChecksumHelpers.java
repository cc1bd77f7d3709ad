// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import java.nio.ByteOrder;
import java.util.Map;

/** {@code bpf_csum_diff}, as in Linux 6.18: any sizes, result in 16 bits. */
final class ChecksumHelpers {
    private ChecksumHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("csum_diff", ChecksumHelpers::difference);
    }

    private static long difference(Lane lane, long from, long fromSize, long to, long toSize, long seed) {
        ByteOrder order = lane.order();
        long before = fromSize & 0xffff_ffffL;
        long after = toSize & 0xffff_ffffL;
        long start = seed & 0xffff_ffffL;
        long sum = start;
        if (before > 0 && after > 0) {
            sum = Checksum.add(partial(lane, to, after, start, order), Checksum.not(partial(lane, from, before, 0, order)));
        } else if (after > 0) {
            sum = partial(lane, to, after, start, order);
        } else if (before > 0) {
            sum = Checksum.not(partial(lane, from, before, Checksum.not(start), order));
        }
        return Checksum.narrow(sum);
    }

    private static long partial(Lane lane, long address, long bytes, long start, ByteOrder order) {
        return Checksum.partial(lane.memory(), address & GuestLayout.ADDRESS_MASK, bytes, start, order);
    }
}
