// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.context.FlowDissectorContext;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.SkbField;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;

/** Helpers of socket filters and tc programs. Linux {@code net/core/filter.c}. */
final class SkbHelpers {
    private static final long FIELD_SIZE = 0xf;
    private static final long PSEUDO_HEADER = 0x10;
    private static final long MARK_MANGLED_0 = 0x20;
    private static final long MARK_ENFORCE = 0x40;
    private static final long IPV6 = 0x80;
    private static final long RECOMPUTE_CSUM = 1;
    private static final long INVALIDATE_HASH = 2;
    private static final int MANGLED_0 = 0xffff;
    private static final long MOST_OFFSET = 0xffff;

    private SkbHelpers() {
    }

    /** What a helper does with the run's socket buffer. */
    @FunctionalInterface
    interface Work {
        long apply(SkbContext skb, long r2, long r3, long r4, long r5);
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("skb_load_bytes", SkbHelpers::load);
        put(all, "skb_load_bytes_relative", SkbHelpers::loadRelative);
        put(all, "skb_store_bytes", SkbHelpers::store);
        put(all, "l3_csum_replace", SkbHelpers::replaceNetworkChecksum);
        put(all, "l4_csum_replace", SkbHelpers::replaceTransportChecksum);
        put(all, "skb_pull_data", (skb, r2, r3, r4, r5) -> (r2 & 0xffff_ffffL) > skb.length() ? -Errno.ENOMEM : 0);
        put(all, "get_hash_recalc", (skb, r2, r3, r4, r5) -> flowHash(skb));
        put(all, "set_hash_invalid", (skb, r2, r3, r4, r5) -> setHash(skb, 0));
        put(all, "set_hash", (skb, r2, r3, r4, r5) -> setHash(skb, (int) r2));
    }

    static void put(Map<String, HelperFunction> all, String name, Work work) {
        all.put(name, (lane, r1, r2, r3, r4, r5) -> {
            if (lane.environment() instanceof SkbContext skb) {
                return work.apply(skb, r2, r3, r4, r5);
            }
            return noBuffer(lane);
        });
    }

    private static long load(Lane lane, long context, long offset, long to, long length, long r5) {
        if (lane.environment() instanceof PacketContext packet && (packet instanceof SkbContext
                || packet instanceof FlowDissectorContext)) {
            return copyOut(lane, packet.data() + (offset & 0xffff_ffffL), packet.end(), to, length & 0xffff_ffffL);
        }
        return noBuffer(lane);
    }

    private static long noBuffer(Lane lane) {
        lane.fault(FaultKind.HELPER_FAILED, 0, 0, false, "the run has no socket buffer");
        return 0;
    }

    private static long loadRelative(SkbContext skb, long offset, long to, long length, long startHeader) {
        long header = skb.header(startHeader & 0xffff_ffffL);
        long at = (offset & 0xffff_ffffL) > MOST_OFFSET || header < 0 ? skb.end() + 1 : header + (offset & 0xffff_ffffL);
        return copyOut(skb.lane(), at, skb.end(), to, length & 0xffff_ffffL);
    }

    /** Copies bytes of the packet; if it does not have them all, zeros and -EFAULT. */
    private static long copyOut(Lane lane, long at, long end, long to, long bytes) {
        MemorySegment memory = lane.memory();
        long target = to & GuestLayout.ADDRESS_MASK;
        if (at + bytes > end) {
            GuestBytes.clear(memory, target, bytes);
            return -Errno.EFAULT;
        }
        GuestBytes.copy(memory, at, memory, target, bytes);
        return 0;
    }

    private static long store(SkbContext skb, long offset, long from, long length, long flags) {
        long at = offset & 0xffff_ffffL;
        long bytes = length & 0xffff_ffffL;
        if ((flags & ~(RECOMPUTE_CSUM | INVALIDATE_HASH)) != 0) {
            return -Errno.EINVAL;
        }
        if (at + bytes > skb.length()) {
            return -Errno.EFAULT;
        }
        MemorySegment memory = skb.lane().memory();
        GuestBytes.copy(memory, from & GuestLayout.ADDRESS_MASK, memory, skb.data() + at, bytes);
        if ((flags & INVALIDATE_HASH) != 0) {
            setHash(skb, 0);
        }
        return 0;
    }

    private static int checksum(SkbContext skb, long offset) {
        return skb.lane().memory().get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(skb.order()), skb.data() + offset) & 0xffff;
    }

    private static long checksum(SkbContext skb, long offset, int value) {
        skb.lane().memory().set(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(skb.order()), skb.data() + offset, (short) value);
        return 0;
    }

    private static boolean outside(SkbContext skb, long offset) {
        return offset > MOST_OFFSET || (offset & 1) != 0 || offset + 2 > skb.length();
    }

    private static long replaceNetworkChecksum(SkbContext skb, long r2, long from, long to, long flags) {
        long offset = r2 & 0xffff_ffffL;
        if ((flags & ~FIELD_SIZE) != 0) {
            return -Errno.EINVAL;
        }
        if (outside(skb, offset)) {
            return -Errno.EFAULT;
        }
        int old = checksum(skb, offset);
        long size = flags & FIELD_SIZE;
        if (size == 0 && from == 0) {
            return checksum(skb, offset, Checksum.replaceByDifference(old, to & 0xffff_ffffL));
        }
        if (size == 2) {
            return checksum(skb, offset, Checksum.replace2(old, (int) from & 0xffff, (int) to & 0xffff));
        }
        if (size == 4) {
            return checksum(skb, offset, Checksum.replace4(old, from & 0xffff_ffffL, to & 0xffff_ffffL));
        }
        return -Errno.EINVAL;
    }

    private static long replaceTransportChecksum(SkbContext skb, long r2, long from, long to, long flags) {
        long offset = r2 & 0xffff_ffffL;
        if ((flags & ~(FIELD_SIZE | PSEUDO_HEADER | MARK_MANGLED_0 | MARK_ENFORCE | IPV6)) != 0) {
            return -Errno.EINVAL;
        }
        if (outside(skb, offset)) {
            return -Errno.EFAULT;
        }
        int old = checksum(skb, offset);
        boolean mangled = (flags & MARK_MANGLED_0) != 0;
        if (mangled && (flags & MARK_ENFORCE) == 0 && old == 0) {
            return 0;
        }
        long size = flags & FIELD_SIZE;
        int fresh;
        if (size == 0 && from == 0) {
            fresh = Checksum.replaceByDifference(old, to & 0xffff_ffffL);
        } else if (size == 2) {
            fresh = Checksum.replace4(old, from & 0xffff, to & 0xffff);
        } else if (size == 4) {
            fresh = Checksum.replace4(old, from & 0xffff_ffffL, to & 0xffff_ffffL);
        } else {
            return -Errno.EINVAL;
        }
        return checksum(skb, offset, mangled && fresh == 0 ? MANGLED_0 : fresh);
    }

    private static long setHash(SkbContext skb, int hash) {
        skb.set(SkbField.HASH, hash);
        return 0;
    }

    /** The packet's hash, made if it has none. */
    private static long flowHash(SkbContext skb) {
        int hash = skb.get(SkbField.HASH);
        if (hash == 0) {
            long start = Math.max(skb.header(1), skb.data());
            hash = FlowHash.of(skb.lane().read(start, Math.clamp(skb.end() - start, 0, 64)));
            setHash(skb, hash);
        }
        return hash & 0xffff_ffffL;
    }
}
