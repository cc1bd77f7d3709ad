// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import java.util.Locale;

/** The fields of {@code struct xdp_md}, all 32 bits. Offsets from Linux {@code include/uapi/linux/bpf.h}. */
public enum XdpField {
    /** Guest address of the packet's first byte. */
    DATA(0),
    /** Guest address behind its last byte. */
    DATA_END(4),
    /** Guest address of the metadata in front of it. */
    DATA_META(8),
    /** Number of the interface it came in on. */
    INGRESS_IFINDEX(12),
    /** Number of the receive queue. */
    RX_QUEUE_INDEX(16),
    /** Number of the interface it goes out on; 0 except for programs of a device map. */
    EGRESS_IFINDEX(20);

    /** Bytes of the struct. */
    public static final int SIZE = 24;

    private final int offset;

    XdpField(int offset) {
        this.offset = offset;
    }

    /** Offset in bytes. */
    public int offset() {
        return offset;
    }

    /** The C name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
