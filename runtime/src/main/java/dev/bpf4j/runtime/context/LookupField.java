// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

/** The fields of {@code struct bpf_sk_lookup}. Offsets and sizes in bytes, from Linux {@code include/uapi/linux/bpf.h}. */
public enum LookupField implements ContextField {
    // @formatter:off
    SK(0, 8), FAMILY(8, 4), PROTOCOL(12, 4), REMOTE_IP4(16, 4), REMOTE_IP6(20, 16), REMOTE_PORT(36, 2), LOCAL_IP4(40, 4),
    LOCAL_IP6(44, 16), LOCAL_PORT(60, 4), INGRESS_IFINDEX(64, 4);
    // @formatter:on

    /** Bytes of the struct. */
    public static final int SIZE = 72;

    private final Place place;

    LookupField(int offset, int size) {
        place = new Place(offset, size);
    }

    @Override
    public Place place() {
        return place;
    }
}
