// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Region;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.Map;

/** Helpers that call functions of the program. A fault in the callback ends the helper at once. */
final class CallbackHelpers {
    /** Most iterations of {@code bpf_loop} (Linux BPF_MAX_LOOPS). */
    private static final long MOST_LOOPS = 1 << 23;
    /** Distance between the keys of nested {@code for_each_map_elem} calls; more than the largest key. */
    private static final long KEY_STRIDE = 8192;
    private static final int MOST_NESTED = 64;
    /** BPF_RB_NO_WAKEUP and BPF_RB_FORCE_WAKEUP: nobody waits here. */
    private static final long WAKE_UP_FLAGS = 3;

    private CallbackHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("loop", CallbackHelpers::loop);
        all.put("for_each_map_elem", CallbackHelpers::forEach);
        all.put("user_ringbuf_drain", CallbackHelpers::drain);
    }

    private static long loop(Lane lane, long count, long function, long context, long flags, long r5) {
        long loops = count & 0xffff_ffffL;
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        if (loops > MOST_LOOPS) {
            return -Errno.E2BIG;
        }
        for (long i = 0; i < loops; i++) {
            long result = lane.call(function, i, context, 0, 0, 0);
            if (result != 0 || lane.interrupted()) {
                return i + 1;
            }
        }
        return loops;
    }

    private static long forEach(Lane lane, long handle, long function, long context, long flags, long r5) {
        BpfMap map = MapHelpers.map(lane, handle);
        int keySize = map.definition().keySize();
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        long keys = scratch(lane);
        if (keys == 0) {
            return -Errno.EBUSY;
        }
        if (keySize > 0) {
            lane.openRegion(new Region(map.definition().name() + " key", keys, keySize, false));
        }
        try {
            return map.visit(lane, (key, value) -> {
                lane.write(keys, key);
                long result = lane.call(function, handle, keys, value, context, 0);
                return result == 0 && !lane.interrupted();
            });
        } finally {
            if (keySize > 0) {
                lane.closeRegion(keys);
            }
        }
    }

    /** The callback gets each record as a dynamic pointer. */
    private static long drain(Lane lane, long handle, long function, long context, long flags, long r5) {
        if ((flags & ~WAKE_UP_FLAGS) != 0) {
            return -Errno.EINVAL;
        }
        long pointer = scratch(lane);
        if (pointer == 0) {
            return -Errno.EBUSY;
        }
        return MapHelpers.map(lane, handle).drain(lane, (data, size) -> {
            DynptrHelpers.local(lane, pointer, data, size);
            lane.openRegion(new Region("dynamic pointer", pointer, DynptrHelpers.SIZE, false));
            try {
                long result = lane.call(function, pointer, context, 0, 0, 0);
                return result == 0 && !lane.interrupted();
            } finally {
                lane.closeRegion(pointer);
            }
        });
    }

    /** A place for keys that no outer call uses; 0 if there is none. */
    private static long scratch(Lane lane) {
        long base = GuestLayout.lane(lane.cpu()) + GuestLayout.SCRATCH;
        for (int nested = 0; nested < MOST_NESTED; nested++) {
            long place = base + nested * KEY_STRIDE;
            if (lane.regions().find(place, 1, false) < 0) {
                return place;
            }
        }
        return 0;
    }
}
