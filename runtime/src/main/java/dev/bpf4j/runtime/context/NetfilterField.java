// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

/**
 * The parts of what netfilter programs see, all 64-bit where they are pointers: {@code struct bpf_nf_ctx}, and behind it in the same memory
 * {@code struct nf_hook_state}, {@code struct sk_buff} and two of {@code struct net_device}, as the BTF of Linux 6.18 lays them out on x86-64. Everything else in them is 0.
 */
public enum NetfilterField implements ContextField {
    // @formatter:off
    STATE(0, 8), SKB(8, 8), HOOK(64, 1), PF(65, 1), IN(72, 8), OUT(80, 8), SK(88, 8), SKB_DEV(144, 8), SKB_LEN(240, 4),
    SKB_PRIORITY(268, 4), SKB_IIF(272, 4), SKB_HASH(276, 4), SKB_MARK(292, 4), SKB_PROTOCOL(304, 2), SKB_NETWORK_HEADER(308, 2),
    SKB_HEAD(320, 8), SKB_DATA(328, 8);
    // @formatter:on

    /** Bytes of all of them together. */
    public static final int SIZE = 896;
    /** Offset of {@code struct nf_hook_state}. */
    public static final int STATE_AT = 64;
    /** Offset of {@code struct sk_buff}. */
    public static final int SKB_AT = 128;
    /** Bytes of {@code struct sk_buff}. */
    public static final int SKB_SIZE = 224;
    /** Offset of the {@code struct net_device} that the packet came in on; the one that it goes out on lies behind it. */
    public static final int DEVICES_AT = 384;
    /** Bytes of the front of {@code struct net_device} that is there. */
    public static final int DEVICE_SIZE = 256;
    /** Offset of the interface's number in {@code struct net_device}. */
    public static final int DEVICE_IFINDEX = 224;
    /** Offset of its MTU. */
    public static final int DEVICE_MTU = 56;

    private final Place place;

    NetfilterField(int offset, int size) {
        place = new Place(offset, size);
    }

    @Override
    public Place place() {
        return place;
    }
}
