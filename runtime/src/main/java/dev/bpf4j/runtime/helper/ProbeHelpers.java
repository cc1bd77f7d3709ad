// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Policy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * Reads of memory that may not be there: what the program may not read gives -EFAULT and zeros, not a fault (Ruling 14). Linux
 * {@code kernel/trace/bpf_trace.c}.
 */
final class ProbeHelpers {
    private ProbeHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("probe_read", ProbeHelpers::read);
        all.put("probe_read_kernel", ProbeHelpers::read);
        all.put("probe_read_user", ProbeHelpers::read);
        all.put("copy_from_user", ProbeHelpers::read);
        all.put("copy_from_user_task", (lane, r1, r2, r3, r4, r5) -> r5 != 0 ? -Errno.EINVAL : read(lane, r1, r2, r3, 0, 0));
        all.put("probe_write_user", ProbeHelpers::write);
        all.put("probe_read_user_str", ProbeHelpers::readText);
        all.put("probe_read_str", ProbeHelpers::readText);
        all.put("probe_read_kernel_str", ProbeHelpers::readText);
    }

    private static long read(Lane lane, long to, long size, long from, long r4, long r5) {
        long bytes = size & 0xffff_ffffL;
        if (!Arguments.readable(lane, from, bytes)) {
            return clear(lane, to, bytes);
        }
        MemorySegment memory = lane.memory();
        GuestBytes.copy(memory, from & GuestLayout.ADDRESS_MASK, memory, to & GuestLayout.ADDRESS_MASK, bytes);
        return 0;
    }

    /** Memory of users is what the program may write itself. */
    private static long write(Lane lane, long to, long from, long size, long r4, long r5) {
        long bytes = size & 0xffff_ffffL;
        boolean strict = lane.machine().policy() == Policy.STRICT;
        if (!Arguments.readable(lane, to, bytes) || strict && lane.regions().find(to, (int) bytes, true) < 0) {
            return -Errno.EFAULT;
        }
        MemorySegment memory = lane.memory();
        GuestBytes.copy(memory, from & GuestLayout.ADDRESS_MASK, memory, to & GuestLayout.ADDRESS_MASK, bytes);
        return 0;
    }

    private static long clear(Lane lane, long to, long bytes) {
        lane.memory().asSlice(to & GuestLayout.ADDRESS_MASK, bytes).fill((byte) 0);
        return -Errno.EFAULT;
    }

    /** Copies up to and with a zero byte; the last byte of the place is zero if the text is longer. Gives the bytes written. */
    private static long readText(Lane lane, long to, long size, long from, long r4, long r5) {
        long bytes = size & 0xffff_ffffL;
        MemorySegment memory = lane.memory();
        long target = to & GuestLayout.ADDRESS_MASK;
        long readable = 0;
        for (long i = 0; i < bytes; i++) {
            if (i == readable) {
                readable += Arguments.readableFrom(lane, from + i, bytes - i);
            }
            if (i == readable) {
                return clear(lane, to, bytes);
            }
            byte octet = memory.get(ValueLayout.JAVA_BYTE, from + i & GuestLayout.ADDRESS_MASK);
            boolean last = octet == 0 || i == bytes - 1;
            memory.set(ValueLayout.JAVA_BYTE, target + i, last ? 0 : octet);
            if (last) {
                return i + 1;
            }
        }
        return 0;
    }
}
