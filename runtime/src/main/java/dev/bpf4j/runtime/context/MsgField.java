// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

/** The fields of {@code struct sk_msg_md}. Offsets and sizes in bytes, from Linux {@code include/uapi/linux/bpf.h}. */
public enum MsgField implements ContextField {
    // @formatter:off
    DATA(0, 8), DATA_END(8, 8), FAMILY(16, 4), REMOTE_IP4(20, 4), LOCAL_IP4(24, 4), REMOTE_IP6(28, 16), LOCAL_IP6(44, 16),
    REMOTE_PORT(60, 4), LOCAL_PORT(64, 4), LENGTH(68, 4), SK(72, 8);
    // @formatter:on

    /** Bytes of the struct. */
    public static final int SIZE = 80;

    private final Place place;

    MsgField(int offset, int size) {
        place = new Place(offset, size);
    }

    @Override
    public Place place() {
        return place;
    }
}
