// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

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
        boolean bigEndian = lane.order() == ByteOrder.BIG_ENDIAN;
        byte[] before = lane.read(from, (int) fromSize);
        byte[] after = lane.read(to, (int) toSize);
        long start = seed & 0xffff_ffffL;
        long sum = start;
        if (before.length > 0 && after.length > 0) {
            sum = Checksum.add(Checksum.partial(after, start, bigEndian), Checksum.not(Checksum.partial(before, 0, bigEndian)));
        } else if (after.length > 0) {
            sum = Checksum.partial(after, start, bigEndian);
        } else if (before.length > 0) {
            sum = Checksum.not(Checksum.partial(before, Checksum.not(start), bigEndian));
        }
        return Checksum.narrow(sum);
    }
}
