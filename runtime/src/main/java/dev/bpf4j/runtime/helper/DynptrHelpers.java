// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.map.Reservation;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/**
 * Dynamic pointers: 16 bytes on the stack that say where data is, how much, of which kind, and whether it may be written. Linux
 * {@code kernel/bpf/helpers.c}. Linux's verifier keeps programs from writing into them; here whatever stands there is taken for what it says, and
 * the memory is checked as an access at every use.
 *
 * <p>
 * Layout: address (64 bit), size with the kind in bits 28 to 30 and "read-only" in bit 31 (32 bit), 0 (32 bit). All zero is the null pointer.
 */
final class DynptrHelpers {
    /** Bytes of a dynamic pointer. */
    static final int SIZE = 16;
    private static final int SIZE_BITS = 0xff_ffff;
    private static final int KIND_SHIFT = 28;
    private static final int READ_ONLY = 1 << 31;
    private static final int LOCAL = 1;
    private static final int RING = 2;
    private static final int PACKET = 3;
    private static final long MOST = SIZE_BITS;

    private DynptrHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("dynptr_from_mem", DynptrHelpers::fromMemory);
        all.put("ringbuf_reserve_dynptr", DynptrHelpers::reserve);
        all.put("ringbuf_submit_dynptr", (lane, r1, r2, r3, r4, r5) -> finish(lane, r1, true));
        all.put("ringbuf_discard_dynptr", (lane, r1, r2, r3, r4, r5) -> finish(lane, r1, false));
        all.put("dynptr_read", (lane, r1, r2, r3, r4, r5) -> r5 != 0 ? -Errno.EINVAL : read(lane, r1, r2, r3, r4));
        all.put("dynptr_write", DynptrHelpers::write);
        all.put("dynptr_data", (lane, r1, r2, r3, r4, r5) -> kind(lane, r1) == PACKET ? 0 : part(lane, r1, r2, r3, true));
    }

    static void registerKernelFunctions(Map<String, HelperFunction> all) {
        all.put("bpf_dynptr_from_skb", (lane, r1, r2, r3, r4, r5) -> fromPacket(lane, r2, r3));
        all.put("bpf_dynptr_from_xdp", (lane, r1, r2, r3, r4, r5) -> fromPacket(lane, r2, r3));
        all.put("bpf_dynptr_slice", (lane, r1, r2, r3, r4, r5) -> part(lane, r1, r2, r4, false));
        all.put("bpf_dynptr_slice_rdwr", (lane, r1, r2, r3, r4, r5) -> part(lane, r1, r2, r4, true));
        all.put("bpf_dynptr_size", (lane, r1, r2, r3, r4, r5) -> address(lane, r1) == 0 ? -Errno.EINVAL : size(lane, r1));
        all.put("bpf_dynptr_is_null", (lane, r1, r2, r3, r4, r5) -> address(lane, r1) == 0 ? 1 : 0);
        all.put("bpf_dynptr_is_rdonly", (lane, r1, r2, r3, r4, r5) -> address(lane, r1) != 0 && readOnly(lane, r1) ? 1 : 0);
        all.put("bpf_dynptr_adjust", DynptrHelpers::adjust);
        all.put("bpf_dynptr_clone", (lane, r1, r2, r3, r4, r5) -> {
            lane.write(r2, lane.read(r1, 16));
            return address(lane, r1) == 0 ? -Errno.EINVAL : 0;
        });
    }

    // ---- the 16 bytes ----

    private static long address(Lane lane, long pointer) {
        return lane.memory().get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(lane.order()), pointer & GuestLayout.ADDRESS_MASK);
    }

    private static int word(Lane lane, long pointer) {
        return lane.memory().get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(lane.order()), (pointer & GuestLayout.ADDRESS_MASK) + 8);
    }

    private static long size(Lane lane, long pointer) {
        return word(lane, pointer) & SIZE_BITS;
    }

    private static int kind(Lane lane, long pointer) {
        return word(lane, pointer) >>> KIND_SHIFT & 7;
    }

    private static boolean readOnly(Lane lane, long pointer) {
        return word(lane, pointer) < 0;
    }

    private static void set(Lane lane, long pointer, long address, long size, int kind, boolean readOnly) {
        long at = pointer & GuestLayout.ADDRESS_MASK;
        int word = address == 0 ? 0 : (int) size | kind << KIND_SHIFT | (readOnly ? READ_ONLY : 0);
        lane.memory().set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(lane.order()), at, address);
        lane.memory().set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(lane.order()), at + 8, word);
        lane.memory().set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(lane.order()), at + 12, 0);
    }

    // ---- making them ----

    /** Makes one for memory of the machine's own. */
    static void local(Lane lane, long pointer, long data, int size) {
        set(lane, pointer, data, size, LOCAL, false);
    }

    private static long fromMemory(Lane lane, long data, long size, long flags, long pointer, long r5) {
        long bytes = size & 0xffff_ffffL;
        boolean bad = flags != 0 || bytes > MOST;
        set(lane, pointer, bad ? 0 : data, bytes, LOCAL, false);
        return flags != 0 ? -Errno.EINVAL : bytes > MOST ? -Errno.E2BIG : 0;
    }

    private static long fromPacket(Lane lane, long flags, long pointer) {
        if (!(lane.environment() instanceof PacketContext packet)) {
            lane.fault(FaultKind.HELPER_FAILED, 0, 0, false, "the run has no packet");
            return 0;
        }
        boolean bad = flags != 0;
        set(lane, pointer, bad ? 0 : packet.data(), packet.length(), PACKET, false);
        return bad ? -Errno.EINVAL : 0;
    }

    private static long reserve(Lane lane, long handle, long size, long flags, long pointer, long r5) {
        long bytes = size & 0xffff_ffffL;
        set(lane, pointer, 0, 0, 0, false);
        if (flags != 0 || bytes > MOST) {
            return flags != 0 ? -Errno.EINVAL : -Errno.E2BIG;
        }
        long record = MapHelpers.map(lane, handle).reserve(lane, bytes);
        set(lane, pointer, record, bytes, RING, false);
        return record == 0 ? -Errno.EINVAL : 0;
    }

    private static long finish(Lane lane, long pointer, boolean submit) {
        long record = address(lane, pointer);
        if (record != 0 && lane.holds(record) && lane.drop(record) instanceof Reservation open) {
            if (submit) {
                open.submit();
            } else {
                open.run();
            }
        } else if (record != 0) {
            lane.fault(FaultKind.HELPER_FAILED, record, 0, false, "there is no open record of a ring buffer at this address");
        }
        set(lane, pointer, 0, 0, 0, false);
        return 0;
    }

    // ---- using them ----

    private static long read(Lane lane, long to, long length, long pointer, long offset) {
        long bytes = length & 0xffff_ffffL;
        long at = offset & 0xffff_ffffL;
        long error = range(lane, pointer, at, bytes);
        if (error != 0 || !Arguments.check(lane, address(lane, pointer) + at, bytes, false)) {
            return error;
        }
        MemorySegment memory = lane.memory();
        GuestBytes.copy(memory, address(lane, pointer) + at & GuestLayout.ADDRESS_MASK, memory, to & GuestLayout.ADDRESS_MASK, bytes);
        return 0;
    }

    private static long write(Lane lane, long pointer, long offset, long from, long length, long flags) {
        long bytes = length & 0xffff_ffffL;
        long at = offset & 0xffff_ffffL;
        if (readOnly(lane, pointer) || flags != 0 && kind(lane, pointer) != PACKET) {
            return -Errno.EINVAL;
        }
        long error = range(lane, pointer, at, bytes);
        if (error != 0 || !Arguments.check(lane, address(lane, pointer) + at, bytes, true)) {
            return error;
        }
        MemorySegment memory = lane.memory();
        GuestBytes.copy(memory, from & GuestLayout.ADDRESS_MASK, memory, address(lane, pointer) + at & GuestLayout.ADDRESS_MASK, bytes);
        return 0;
    }

    private static long range(Lane lane, long pointer, long offset, long bytes) {
        return address(lane, pointer) == 0 ? -Errno.EINVAL : offset + bytes > size(lane, pointer) ? -Errno.E2BIG : 0;
    }

    /** The address of a part of the data; 0 if it is not all there. */
    private static long part(Lane lane, long pointer, long offset, long length, boolean write) {
        long at = offset & 0xffff_ffffL;
        boolean there = range(lane, pointer, at, length & 0xffff_ffffL) == 0 && !(write && readOnly(lane, pointer));
        return there ? address(lane, pointer) + at : 0;
    }

    private static long adjust(Lane lane, long pointer, long start, long end, long r4, long r5) {
        long from = start & 0xffff_ffffL;
        long to = end & 0xffff_ffffL;
        if (address(lane, pointer) == 0 || from > to) {
            return -Errno.EINVAL;
        }
        if (from > size(lane, pointer) || to > size(lane, pointer)) {
            return -Errno.ERANGE;
        }
        set(lane, pointer, address(lane, pointer) + from, to - from, kind(lane, pointer), readOnly(lane, pointer));
        return 0;
    }
}
