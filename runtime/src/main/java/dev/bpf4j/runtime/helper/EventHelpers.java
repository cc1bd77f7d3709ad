// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import dev.bpf4j.runtime.map.Reservation;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Map;

/** Data for the host: perf event arrays and ring buffers. Linux {@code kernel/bpf/ringbuf.c}, {@code net/core/filter.c}. */
final class EventHelpers {
    private static final long INDEX_MASK = 0xffff_ffffL;
    private static final int LENGTH_SHIFT = 32;
    private static final long LENGTH_MASK = 0xf_ffffL << LENGTH_SHIFT;
    private static final long WAKEUP_FLAGS = 3;
    /** Most bytes of a perf event: its header counts them in 16 bits. */
    private static final long MOST_EVENT = 0xffff;

    private EventHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("perf_event_output", EventHelpers::perfEventOutput);
        all.put("skb_output", EventHelpers::perfEventOutput);
        all.put("xdp_output", EventHelpers::perfEventOutput);
        all.put("perf_event_read", (lane, r1, r2, r3, r4, r5) -> -Errno.ENOENT);
        all.put("perf_event_read_value", (lane, r1, r2, r3, r4, r5) -> noCounter(lane, r3, r4));
        all.put("ringbuf_output", EventHelpers::output);
        all.put("ringbuf_reserve", EventHelpers::reserve);
        all.put("ringbuf_submit", (lane, r1, r2, r3, r4, r5) -> finish(lane, r1, true));
        all.put("ringbuf_discard", (lane, r1, r2, r3, r4, r5) -> finish(lane, r1, false));
        all.put("ringbuf_query", EventHelpers::query);
    }

    /** Bits 32 to 51 of the flags say how many bytes of the packet follow the data, for programs that have one. */
    private static long perfEventOutput(Lane lane, long context, long handle, long flags, long data, long size) {
        boolean packet = lane.environment() instanceof PacketContext;
        if ((flags & ~(packet ? INDEX_MASK | LENGTH_MASK : INDEX_MASK)) != 0) {
            return -Errno.EINVAL;
        }
        if ((size & 0xffff_ffffL) > MOST_EVENT) {
            return -Errno.E2BIG;
        }
        int length = (int) ((flags & LENGTH_MASK) >>> LENGTH_SHIFT);
        byte[] bytes = lane.read(data, (int) size);
        if (lane.environment() instanceof PacketContext frame && length > 0) {
            if (length > frame.length()) {
                return -Errno.EFAULT;
            }
            byte[] front = lane.read(frame.data(), length);
            bytes = Arrays.copyOf(bytes, bytes.length + length);
            System.arraycopy(front, 0, bytes, bytes.length - length, length);
        }
        return type(lane, handle) == MapType.PERF_EVENT_ARRAY ? MapHelpers.map(lane, handle).output(lane, flags & INDEX_MASK, bytes)
                : -Errno.EINVAL;
    }

    /** There are no counters: their values are zeros. */
    private static long noCounter(Lane lane, long buffer, long size) {
        lane.memory().asSlice(buffer & GuestLayout.ADDRESS_MASK, size & 0xffff_ffffL).fill((byte) 0);
        return (size & 0xffff_ffffL) == 24 ? -Errno.ENOENT : -Errno.EINVAL;
    }

    private static MapType type(Lane lane, long handle) {
        return MapHelpers.map(lane, handle).type();
    }

    private static long output(Lane lane, long handle, long data, long size, long flags, long r5) {
        if ((flags & ~WAKEUP_FLAGS) != 0 || type(lane, handle) != MapType.RINGBUF) {
            return -Errno.EINVAL;
        }
        BpfMap ring = MapHelpers.map(lane, handle);
        long bytes = size & 0xffff_ffffL;
        long sample = ring.reserve(lane, bytes);
        if (sample == 0) {
            return -Errno.EAGAIN;
        }
        MemorySegment.copy(lane.memory(), data & GuestLayout.ADDRESS_MASK, lane.memory(), sample, bytes);
        return finish(lane, sample, true);
    }

    private static long reserve(Lane lane, long handle, long size, long flags, long r4, long r5) {
        return flags != 0 ? 0 : MapHelpers.map(lane, handle).reserve(lane, size);
    }

    private static long finish(Lane lane, long sample, boolean submit) {
        if (lane.holds(sample) && lane.drop(sample) instanceof Reservation open) {
            if (submit) {
                open.submit();
            } else {
                open.run();
            }
        } else {
            lane.fault(FaultKind.HELPER_FAILED, sample, 0, false, "there is no open record of a ring buffer at this address");
        }
        return 0;
    }

    private static long query(Lane lane, long handle, long what, long r3, long r4, long r5) {
        return MapHelpers.map(lane, handle).query(what);
    }
}
