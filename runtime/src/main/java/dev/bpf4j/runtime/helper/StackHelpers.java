// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** Call stacks of the current task, from the world. Linux {@code kernel/bpf/stackmap.c}. */
final class StackHelpers {
    private static final long SKIP = 0xff;
    private static final long USER = 1 << 8;
    private static final long FAST_COMPARE = 1 << 9;
    private static final long REUSE = 1 << 10;
    private static final long BUILD_ID = 1 << 11;

    private StackHelpers() {
    }

    /** The addresses, without those to skip. */
    private static long[] stack(Lane lane, long flags) {
        List<Long> all = (flags & USER) != 0 ? lane.machine().world().task().userStack() : lane.machine().world().task().kernelStack();
        return all.stream().skip(flags & SKIP).mapToLong(Long::longValue).toArray();
    }

    static long id(Lane lane, long context, long handle, long flags, long r4, long r5) {
        BpfMap map = MapHelpers.map(lane, handle);
        if (map.type() != MapType.STACK_TRACE || (flags & ~(SKIP | USER | FAST_COMPARE | REUSE)) != 0) {
            return -Errno.EINVAL;
        }
        long[] stack = stack(lane, flags);
        return stack.length == 0 ? -Errno.EFAULT : map.addStack(stack, (flags & FAST_COMPARE) == 0, (flags & REUSE) != 0);
    }

    /** Gives the bytes written; what is left of the place is cleared. */
    static long copy(Lane lane, long buffer, long size, long flags) {
        long bytes = size & 0xffff_ffffL;
        long target = buffer & GuestLayout.ADDRESS_MASK;
        lane.memory().asSlice(target, bytes).fill((byte) 0);
        if ((flags & ~(SKIP | USER | BUILD_ID)) != 0 || bytes % Long.BYTES != 0 || (flags & BUILD_ID) != 0) {
            return -Errno.EINVAL;
        }
        long[] stack = stack(lane, flags);
        if (stack.length == 0) {
            return -Errno.EFAULT;
        }
        long count = Math.min(stack.length, bytes / Long.BYTES);
        for (int i = 0; i < count; i++) {
            lane.memory().set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(lane.order()), target + (long) i * Long.BYTES, stack[i]);
        }
        return count * Long.BYTES;
    }
}
