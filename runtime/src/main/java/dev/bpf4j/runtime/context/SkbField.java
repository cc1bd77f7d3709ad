// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

/** The fields of {@code struct __sk_buff}. Offsets and sizes in bytes, from Linux {@code include/uapi/linux/bpf.h}. */
public enum SkbField implements ContextField {
    // @formatter:off
    LEN(0, 4), PKT_TYPE(4, 4), MARK(8, 4), QUEUE_MAPPING(12, 4), PROTOCOL(16, 4), VLAN_PRESENT(20, 4), VLAN_TCI(24, 4), VLAN_PROTO(28, 4),
    PRIORITY(32, 4), INGRESS_IFINDEX(36, 4), IFINDEX(40, 4), TC_INDEX(44, 4), CB(48, 20), HASH(68, 4), TC_CLASSID(72, 4), DATA(76, 4),
    DATA_END(80, 4), NAPI_ID(84, 4), FAMILY(88, 4), REMOTE_IP4(92, 4), LOCAL_IP4(96, 4), REMOTE_IP6(100, 16), LOCAL_IP6(116, 16),
    REMOTE_PORT(132, 4), LOCAL_PORT(136, 4), DATA_META(140, 4), FLOW_KEYS(144, 8), TSTAMP(152, 8), WIRE_LEN(160, 4), GSO_SEGS(164, 4),
    SK(168, 8), GSO_SIZE(176, 4), TSTAMP_TYPE(180, 1), HWTSTAMP(184, 8);
    // @formatter:on

    /** Bytes of the struct. */
    public static final int SIZE = 192;

    private final Place place;

    SkbField(int offset, int size) {
        place = new Place(offset, size);
    }

    @Override
    public Place place() {
        return place;
    }
}
