// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Regions;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Legacy packet access ({@code LD_ABS}, {@code LD_IND}), for engines: Ruling 12. */
public final class PacketAccess {
    /** What {@link #load} gives if the packet does not have these bytes; no load gives it, since a load has at most 32 bits. */
    public static final long OUT_OF_BOUNDS = -1;

    /** Offsets from here up to 0 count from the network header (Linux SKF_NET_OFF). */
    public static final int NETWORK_OFFSET = -0x10_0000;
    /** Offsets from here up to {@link #NETWORK_OFFSET} count from the link-layer header (Linux SKF_LL_OFF). */
    public static final int LINK_OFFSET = -0x20_0000;

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private PacketAccess() {
    }

    /**
     * Reads big-endian data of the lane's packet, as Linux's {@code bpf_skb_load_helper_*}. Without a {@link PacketContext} (a packet region set
     * by hand) both kinds of negative offsets count from the packet's start.
     *
     * @param offset signed: from the start of the program's data, or from {@link #NETWORK_OFFSET} or {@link #LINK_OFFSET}
     * @param size   1, 2 or 4 bytes
     * @return the value, zero-extended, or {@link #OUT_OF_BOUNDS}
     */
    public static long load(Lane lane, int offset, int size) {
        Regions regions = lane.regions();
        long end = regions.base(Regions.PACKET) + regions.size(Regions.PACKET);
        long address = address(lane, offset);
        if (address < 0 || address + size > end) {
            return OUT_OF_BOUNDS;
        }
        MemorySegment memory = lane.memory();
        return switch (size) {
            case 1 -> memory.get(ValueLayout.JAVA_BYTE, address) & 0xffL;
            case 2 -> memory.get(SHORT, address) & 0xffffL;
            default -> memory.get(INT, address) & 0xffff_ffffL;
        };
    }

    private static long address(Lane lane, int offset) {
        PacketContext context = lane.environment() instanceof PacketContext known ? known : null;
        long start = context == null ? lane.regions().base(Regions.PACKET) : context.data();
        if (offset >= 0) {
            return start + offset;
        }
        if (offset >= NETWORK_OFFSET) {
            return (context == null ? start : context.networkHeader()) + offset - NETWORK_OFFSET;
        }
        if (offset >= LINK_OFFSET) {
            return (context == null ? start : context.linkHeader()) + offset - LINK_OFFSET;
        }
        return -1;
    }
}
