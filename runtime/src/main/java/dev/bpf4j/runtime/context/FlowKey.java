// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

/** The fields of {@code struct bpf_flow_keys}, what a flow dissector fills in. Offsets and sizes in bytes, from Linux {@code include/uapi/linux/bpf.h}. */
public enum FlowKey implements ContextField {
    // @formatter:off
    NHOFF(0, 2), THOFF(2, 2), ADDR_PROTO(4, 2), IS_FRAG(6, 1), IS_FIRST_FRAG(7, 1), IS_ENCAP(8, 1), IP_PROTO(9, 1), N_PROTO(10, 2),
    SPORT(12, 2), DPORT(14, 2), IPV4_SRC(16, 4), IPV4_DST(20, 4), IPV6_SRC(16, 16), IPV6_DST(32, 16), FLAGS(48, 4), FLOW_LABEL(52, 4);
    // @formatter:on

    /** Bytes of the struct. */
    public static final int SIZE = 56;

    private final Place place;

    FlowKey(int offset, int size) {
        place = new Place(offset, size);
    }

    @Override
    public Place place() {
        return place;
    }
}
