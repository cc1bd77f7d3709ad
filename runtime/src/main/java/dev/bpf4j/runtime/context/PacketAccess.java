// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Regions;
import java.lang.foreign.ValueLayout;

/** Legacy packet access ({@code LD_ABS}, {@code LD_IND}), for engines: Ruling 12. */
public final class PacketAccess {
    /** What {@link #load} gives if the packet does not have these bytes; no load gives it, since a load has at most 32 bits. */
    public static final long OUT_OF_BOUNDS = -1;

    private PacketAccess() {
    }

    /**
     * Reads big-endian data of the lane's packet.
     *
     * @param offset signed, from the start of the packet
     * @param size   1, 2 or 4 bytes
     * @return the value, zero-extended, or {@link #OUT_OF_BOUNDS}
     */
    public static long load(Lane lane, int offset, int size) {
        long length = lane.regions().size(Regions.PACKET);
        if (offset < 0 || offset + (long) size > length) {
            return OUT_OF_BOUNDS;
        }
        long value = 0;
        for (int i = 0; i < size; i++) {
            value = value << 8 | lane.memory().get(ValueLayout.JAVA_BYTE, lane.regions().base(Regions.PACKET) + offset + i) & 0xff;
        }
        return value;
    }
}
