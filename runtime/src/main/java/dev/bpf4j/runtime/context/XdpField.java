// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

/** The fields of {@code struct xdp_md}, all 32 bits. Offsets from Linux {@code include/uapi/linux/bpf.h}. */
public enum XdpField implements ContextField {
    /** Guest address of the packet's first byte. */
    DATA(0, 4),
    /** Guest address behind its last byte. */
    DATA_END(4, 4),
    /** Guest address of the metadata in front of it. */
    DATA_META(8, 4),
    /** Number of the interface it came in on. */
    INGRESS_IFINDEX(12, 4),
    /** Number of the receive queue. */
    RX_QUEUE_INDEX(16, 4),
    /** Number of the interface it goes out on; 0 except for programs of a device map. */
    EGRESS_IFINDEX(20, 4);

    /** Bytes of the struct. */
    public static final int SIZE = 24;

    private final Place place;

    XdpField(int offset, int size) {
        place = new Place(offset, size);
    }

    @Override
    public Place place() {
        return place;
    }
}
