// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.world.World;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The context of netfilter programs: {@code struct bpf_nf_ctx} with the hook's state and the socket buffer, structures of the kernel that
 * {@link NetfilterField} places. The packet, from its network header on, is reached through {@code bpf_dynptr_from_skb}; it is open as memory
 * too, at {@code skb->data}. Defaults are those of the kernel's test run (Linux 6.18): the hook of packets that this host sends.
 */
public final class NetfilterContext extends PacketContext {
    /** Verdict: the packet is dropped. */
    public static final int DROP = 0;
    /** Verdict: the packet goes on. */
    public static final int ACCEPT = 1;
    /** The hook of packets that this host sends, {@code NF_INET_LOCAL_OUT}. */
    public static final int LOCAL_OUT = 3;
    /** The last hook, {@code NF_INET_POST_ROUTING}. */
    public static final int LAST_HOOK = 4;

    private static final int IPV6 = 0x86dd;
    private static final int NFPROTO_IPV4 = 2;
    private static final int NFPROTO_IPV6 = 10;
    private static final int MTU = 65_536;

    private int hook = LOCAL_OUT;
    private SkbContext.Meta info = SkbContext.Meta.STANDARD;

    private NetfilterContext(Lane lane) {
        super(lane, NetfilterField.SIZE);
    }

    /** The lane's netfilter context, made at the first call or if the lane had another one. */
    public static NetfilterContext of(Lane lane) {
        return of(lane, NetfilterContext.class, NetfilterContext::new);
    }

    /**
     * Prepares the lane: packet, context, entry registers.
     *
     * @param frame   from the link-layer header on; not copied, so not to be changed until the next {@code prepare}
     * @param newHook number of the hook, 0 to {@link #LAST_HOOK}
     * @param meta    what comes with the packet: the interfaces, mark, priority and hash
     * @throws IllegalArgumentException if it is too large, or there is no such hook
     */
    public void prepare(byte[] frame, int newHook, SkbContext.Meta meta, ByteOrder order) {
        if (newHook < 0 || newHook > LAST_HOOK) {
            throw new IllegalArgumentException("netfilter has the hooks 0 to " + LAST_HOOK + ", not " + newHook);
        }
        hook = newHook;
        info = meta;
        place(frame, NO_METADATA, Math.min(ETHERNET_HEADER, frame.length), order, 0);
    }

    @Override
    void describe() {
        clearContext();
        pointers();
        long base = lane().contextBase();
        byte[] type = linkHeader() + ETHERNET_HEADER <= end() ? lane().read(data() - 2, 2) : new byte[2];
        boolean ipv6 = ((type[0] & 0xff) << 8 | type[1] & 0xff) == IPV6;
        wide(NetfilterField.STATE, base + NetfilterField.STATE_AT);
        wide(NetfilterField.SKB, skb());
        lane().write(base + NetfilterField.HOOK.offset(), new byte[] {(byte) hook, (byte) (ipv6 ? NFPROTO_IPV6 : NFPROTO_IPV4)});
        device(NetfilterField.IN, 0, info.ingressIfindex());
        device(NetfilterField.OUT, 1, info.ifindex());
        wide(NetfilterField.SKB_DEV, wide(NetfilterField.OUT));
        field(NetfilterField.SKB_PRIORITY, info.priority());
        field(NetfilterField.SKB_IIF, info.ingressIfindex());
        field(NetfilterField.SKB_HASH, info.hash());
        field(NetfilterField.SKB_MARK, info.mark());
        lane().write(base + NetfilterField.SKB_PROTOCOL.offset(), type);
        lane().write(base + NetfilterField.SKB_NETWORK_HEADER.offset(), ByteBuffer.allocate(2).order(order()).putShort((short) (data()
                - lane().packetBuffer())).array());
    }

    private void device(NetfilterField pointer, int place, int ifindex) {
        if (ifindex == 0) {
            return;
        }
        int at = NetfilterField.DEVICES_AT + place * NetfilterField.DEVICE_SIZE;
        World.Interface known = lane().machine().world().find(ifindex);
        wide(pointer.offset(), lane().contextBase() + at);
        field(at + NetfilterField.DEVICE_IFINDEX, ifindex);
        field(at + NetfilterField.DEVICE_MTU, known == null ? MTU : known.mtu());
    }

    /** Guest address of the {@code struct sk_buff}. */
    public long skb() {
        return lane().contextBase() + NetfilterField.SKB_AT;
    }

    @Override
    void pointers() {
        field(NetfilterField.SKB_LEN, length());
        wide(NetfilterField.SKB_HEAD, lane().packetBuffer());
        wide(NetfilterField.SKB_DATA, data());
        lane().regions().set(Regions.PACKET, data(), end() - data());
    }

    @Override
    public int ifindex() {
        return info.ifindex();
    }

    @Override
    long linkHeader() {
        return Math.max(data() - ETHERNET_HEADER, lane().packetBuffer());
    }

    @Override
    long networkHeader() {
        return data();
    }
}
