// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.context.XdpContext;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Helpers of XDP programs, and redirects. Linux {@code net/core/filter.c}. */
final class XdpHelpers {
    /** Largest offset and length of the helpers that copy. */
    private static final long MOST = 0xffff;

    private XdpHelpers() {
    }

    /** What a helper does with the run's XDP context. */
    @FunctionalInterface
    private interface Work {
        long apply(XdpContext xdp, long r2, long r3, long r4);
    }

    static void register(Map<String, HelperFunction> all) {
        put(all, "xdp_adjust_head", (xdp, r2, r3, r4) -> xdp.adjustHead((int) r2));
        put(all, "xdp_adjust_tail", (xdp, r2, r3, r4) -> xdp.adjustTail((int) r2));
        put(all, "xdp_adjust_meta", (xdp, r2, r3, r4) -> xdp.adjustMeta((int) r2));
        put(all, "xdp_get_buff_len", (xdp, r2, r3, r4) -> xdp.length());
        put(all, "xdp_load_bytes", (xdp, r2, r3, r4) -> copy(xdp, r2, r3, r4, false));
        put(all, "xdp_store_bytes", (xdp, r2, r3, r4) -> copy(xdp, r2, r3, r4, true));
    }

    private static void put(Map<String, HelperFunction> all, String name, Work work) {
        all.put(name, (lane, r1, r2, r3, r4, r5) -> {
            XdpContext xdp = context(lane);
            return xdp == null ? 0 : work.apply(xdp, r2, r3, r4);
        });
    }

    private static @Nullable XdpContext context(Lane lane) {
        if (lane.environment() instanceof XdpContext xdp) {
            return xdp;
        }
        lane.fault(FaultKind.HELPER_FAILED, 0, 0, false, "the run has no XDP context");
        return null;
    }

    private static long copy(XdpContext xdp, long offset, long buffer, long length, boolean store) {
        long from = offset & 0xffff_ffffL;
        long bytes = length & 0xffff_ffffL;
        if (from > MOST || bytes > MOST) {
            return -Errno.EFAULT;
        }
        if (from + bytes > xdp.length()) {
            return -Errno.EINVAL;
        }
        MemorySegment memory = xdp.lane().memory();
        long place = xdp.data() + from;
        long other = buffer & GuestLayout.ADDRESS_MASK;
        GuestBytes.copy(memory, store ? other : place, memory, store ? place : other, bytes);
        return 0;
    }
}
