// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import java.util.Locale;

/** The fields of {@code struct sk_msg_md}. Offsets and sizes in bytes, from Linux {@code include/uapi/linux/bpf.h}. */
public enum MsgField {
    // @formatter:off
    DATA(0, 8), DATA_END(8, 8), FAMILY(16, 4), REMOTE_IP4(20, 4), LOCAL_IP4(24, 4), REMOTE_IP6(28, 16), LOCAL_IP6(44, 16),
    REMOTE_PORT(60, 4), LOCAL_PORT(64, 4), LENGTH(68, 4), SK(72, 8);
    // @formatter:on

    /** Bytes of the struct. */
    public static final int SIZE = 80;

    private final int offset;
    private final int size;

    MsgField(int offset, int size) {
        this.offset = offset;
        this.size = size;
    }

    /** Offset in bytes. */
    public int offset() {
        return offset;
    }

    /** Size in bytes: the access that Linux allows. */
    public int size() {
        return size;
    }

    /** The C name. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
