// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.TreeMap;

/** Kernel functions, which programs call by name. Linux {@code kernel/bpf/bpf_iter.c}, {@code kernel/bpf/helpers.c}. */
final class KernelFunctions {
    private static final long U32 = 0xffff_ffffL;
    /** Most numbers of an iterator (Linux BPF_MAX_LOOPS). */
    private static final long MOST_LOOPS = 8 * 1024 * 1024;

    private KernelFunctions() {
    }

    static Map<String, HelperFunction> byName() {
        Map<String, HelperFunction> all = new TreeMap<>();
        all.put("bpf_iter_num_new", (lane, r1, r2, r3, r4, r5) -> start(lane, r1, (int) r2, (int) r3));
        all.put("bpf_iter_num_next", (lane, r1, r2, r3, r4, r5) -> next(lane, r1));
        all.put("bpf_iter_num_destroy", (lane, r1, r2, r3, r4, r5) -> set(lane, r1, 0, 0));
        for (String nothing : new String[] {"bpf_rcu_read_lock", "bpf_rcu_read_unlock", "bpf_preempt_disable", "bpf_preempt_enable"}) {
            all.put(nothing, (lane, r1, r2, r3, r4, r5) -> 0);
        }
        all.put("bpf_task_from_pid", (lane, r1, r2, r3, r4, r5) -> (int) r1 == lane.machine().world().task().pid() ? TaskHelpers.address(
                lane) : 0);
        all.put("bpf_task_acquire", (lane, r1, r2, r3, r4, r5) -> r1);
        all.put("bpf_task_release", (lane, r1, r2, r3, r4, r5) -> 0);
        all.put("bpf_arena_alloc_pages", KernelFunctions::allocatePages);
        all.put("bpf_arena_free_pages", KernelFunctions::freePages);
        DynptrHelpers.registerKernelFunctions(all);
        return all;
    }

    /** Addresses of an arena are user space's, whose lower half is the guest address (Ruling 10). */
    private static long allocatePages(Lane lane, long map, long address, long pages, long node, long flags) {
        long first = flags != 0 ? 0 : MapHelpers.map(lane, map).allocatePages(lane, address & GuestLayout.ADDRESS_MASK, pages & U32);
        return first == 0 ? 0 : lane.machine().arenaHigh() | first;
    }

    private static long freePages(Lane lane, long map, long address, long pages, long r4, long r5) {
        MapHelpers.map(lane, map).freePages(lane, address & GuestLayout.ADDRESS_MASK, pages & U32);
        return 0;
    }

    private static long set(Lane lane, long iterator, int current, int end) {
        long at = iterator & GuestLayout.ADDRESS_MASK;
        lane.memory().set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(lane.order()), at, current);
        lane.memory().set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(lane.order()), at + Integer.BYTES, end);
        return 0;
    }

    private static long start(Lane lane, long iterator, int from, int to) {
        boolean backwards = from > to;
        boolean tooMany = (long) to - from > MOST_LOOPS;
        if (backwards || tooMany) {
            set(lane, iterator, 0, 0);
            return backwards ? -Errno.EINVAL : -Errno.E2BIG;
        }
        return set(lane, iterator, from - 1, to);
    }

    /** The number stands in the iterator itself; its address, or 0 at the end. */
    private static long next(Lane lane, long iterator) {
        long at = iterator & GuestLayout.ADDRESS_MASK;
        int current = lane.memory().get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(lane.order()), at);
        int end = lane.memory().get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(lane.order()), at + Integer.BYTES);
        if (current + 1L >= end) {
            set(lane, iterator, 0, 0);
            return 0;
        }
        set(lane, iterator, current + 1, end);
        return iterator;
    }
}
