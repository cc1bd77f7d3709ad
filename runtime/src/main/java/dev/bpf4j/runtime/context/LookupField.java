// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import java.util.Locale;

/** The fields of {@code struct bpf_sk_lookup}. Offsets and sizes in bytes, from Linux {@code include/uapi/linux/bpf.h}. */
public enum LookupField {
    // @formatter:off
    SK(0, 8), FAMILY(8, 4), PROTOCOL(12, 4), REMOTE_IP4(16, 4), REMOTE_IP6(20, 16), REMOTE_PORT(36, 2), LOCAL_IP4(40, 4),
    LOCAL_IP6(44, 16), LOCAL_PORT(60, 4), INGRESS_IFINDEX(64, 4);
    // @formatter:on

    /** Bytes of the struct. */
    public static final int SIZE = 72;

    private final int offset;
    private final int size;

    LookupField(int offset, int size) {
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
