// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.Lane;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The context of socket filters and tc programs: {@code struct __sk_buff} and a packet. The packet lies in one piece, so that all of it is
 * between {@code data} and {@code data_end}.
 *
 * <p>
 * A field follows the kernel's test run (Linux 6.18) where that has a value for it: {@code len}, {@code protocol}, {@code pkt_type} come from
 * the frame, VLAN tags stay in the frame. One difference: a frame to a unicast address counts as sent to this host.
 */
public final class SkbContext extends PacketContext {
    /** tc verdict: go on as the configuration says. */
    public static final int TC_ACT_UNSPEC = -1;
    /** tc verdict: accept the packet. */
    public static final int TC_ACT_OK = 0;
    /** tc verdict: drop the packet. */
    public static final int TC_ACT_SHOT = 2;
    /** tc verdict: send it where {@link #redirect()} says. */
    public static final int TC_ACT_REDIRECT = 7;

    private static final int FIRST_ETHERTYPE = 0x600;
    private static final int ETH_P_802_3 = 1;
    private static final int ETH_P_802_2 = 4;
    private static final int PACKET_BROADCAST = 1;
    private static final int PACKET_MULTICAST = 2;
    private static final int TAILROOM = 20_480;

    /** Longest packet that helpers make (Linux BPF_SKB_MAX_LEN with pages of 4096 bytes). */
    public static final int LONGEST = 16_064;
    private static final ValueLayout.OfShort NETWORK_SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Meta info = Meta.STANDARD;
    private byte @Nullable [] tunnelKey;
    private boolean tunnelIpv6;
    private byte[] tunnelOptions = NO_METADATA;
    private long linkHeader;
    private long networkHeader;

    /** Where the program's data starts in the frame. */
    public enum Start {
        /** At the link-layer header: tc, and socket filters on packet sockets. */
        LINK,
        /** Behind the Ethernet header: socket filters in the kernel's test run. */
        NETWORK
    }

    /**
     * What comes with a packet. All numbers are unsigned.
     *
     * @param ifindex        number of the interface that the packet is on
     * @param ingressIfindex number of the interface that it came in on; 0 if it was made here
     * @param mark           {@code mark}
     * @param priority       {@code priority}
     * @param hash           {@code hash}
     * @param cb             {@code cb[0]} and on; at most 5
     * @param tstamp         {@code tstamp}, nanoseconds
     * @param gsoSize        {@code gso_size}
     */
    public record Meta(int ifindex, int ingressIfindex, int mark, int priority, int hash, List<Integer> cb, long tstamp, int gsoSize) {
        /** On the loopback interface, everything else 0. */
        public static final Meta STANDARD = new Meta(1, 1, 0, 0, 0, List.of(), 0, 0);

        /** @throws IllegalArgumentException if there are more than 5 cb words */
        public Meta {
            cb = List.copyOf(cb);
            if (cb.size() > 5) {
                throw new IllegalArgumentException("cb has 5 words, not " + cb.size());
            }
        }
    }

    private SkbContext(Lane lane) {
        super(lane, SkbField.SIZE);
    }

    /** The lane's socket buffer, made at the first call or if the lane had another context. */
    public static SkbContext of(Lane lane) {
        return of(lane, SkbContext.class, SkbContext::new);
    }

    /** Prepares the lane for a little-endian program and a frame seen from its link-layer header, with {@link Meta#STANDARD}. */
    public void prepare(byte[] frame) {
        prepare(frame, Start.LINK, Meta.STANDARD, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Prepares the lane: packet, context, entry registers.
     *
     * @param frame from the link-layer header on; not copied, so not to be changed until the next {@code prepare}
     * @param start where the program's data starts; if the frame is too short for that, at its end
     * @param meta  what comes with it
     * @param order byte order of the program
     * @throws IllegalArgumentException if the frame is too large
     */
    public void prepare(byte[] frame, Start start, Meta meta, ByteOrder order) {
        info = meta;
        place(frame, NO_METADATA, start == Start.LINK ? 0 : Math.min(ETHERNET_HEADER, frame.length), order, TAILROOM);
        describe();
    }

    @Override
    void describe() {
        linkHeader = frameStart();
        networkHeader = linkHeader + Math.min(ETHERNET_HEADER, frameLength());
        tunnelKey = null;
        tunnelOptions = NO_METADATA;
        tunnelIpv6 = false;
        clearContext();
        pointers();
        set(SkbField.PKT_TYPE, packetType());
        set(SkbField.PROTOCOL, networkOrder(etherType()));
        set(SkbField.MARK, info.mark());
        set(SkbField.PRIORITY, info.priority());
        set(SkbField.IFINDEX, info.ifindex());
        set(SkbField.INGRESS_IFINDEX, info.ingressIfindex());
        set(SkbField.HASH, info.hash());
        set(SkbField.GSO_SIZE, info.gsoSize());
        wide(SkbField.TSTAMP, info.tstamp());
        for (int i = 0; i < info.cb().size(); i++) {
            field(SkbField.CB.offset() + 4 * i, info.cb().get(i));
        }
    }

    @Override
    void pointers() {
        set(SkbField.LEN, length());
        set(SkbField.WIRE_LEN, length());
        set(SkbField.DATA, (int) data());
        set(SkbField.DATA_END, (int) end());
        set(SkbField.DATA_META, (int) meta());
    }

    private int octet(long address) {
        return address < end() ? lane().memory().get(ValueLayout.JAVA_BYTE, address) & 0xff : 0;
    }

    /**
     * The ethertype; for frames with a length in its place that of LLC, or of raw 802.3 (Linux {@code eth_type_trans}, 6.18); 0 for frames too
     * short to have one.
     */
    private int etherType() {
        if (end() - linkHeader < ETHERNET_HEADER) {
            return 0;
        }
        int type = octet(linkHeader + 12) << 8 | octet(linkHeader + 13);
        if (type >= FIRST_ETHERTYPE) {
            return type;
        }
        return octet(linkHeader + 14) == 0xff && octet(linkHeader + 15) == 0xff ? ETH_P_802_3 : ETH_P_802_2;
    }

    private int packetType() {
        for (int i = 0; i < 6; i++) {
            if (octet(linkHeader + i) != 0xff) {
                return (octet(linkHeader) & 1) != 0 ? PACKET_MULTICAST : 0;
            }
        }
        return PACKET_BROADCAST;
    }

    /** A 16-bit number whose bytes stand in network order, as a program that reads them as a number sees it. */
    private int networkOrder(int number) {
        return order() == ByteOrder.BIG_ENDIAN ? number : Short.toUnsignedInt(Short.reverseBytes((short) number));
    }

    /** A field of 32 bits as it is now. */
    public int get(SkbField field) {
        return field(field.offset());
    }

    /** A field of 64 bits as it is now. */
    public long getWide(SkbField field) {
        return wide(field.offset());
    }

    /** Word {@code index} of {@code cb} as it is now; 0 to 4. */
    public int cb(int index) {
        return field(SkbField.CB.offset() + 4 * Objects.checkIndex(index, 5));
    }

    /** Sets a field of 32 bits, as a helper does. */
    public void set(SkbField field, int value) {
        field(field.offset(), value);
    }

    @Override
    public int ifindex() {
        return info.ifindex();
    }

    // ---- what helpers change ----

    /** Bytes from the packet's start to its network header. */
    public int networkOffset() {
        return Math.toIntExact(networkHeader - data());
    }

    /** The protocol of the network header, in the host's order. */
    public int protocol() {
        return fromNetworkOrder(get(SkbField.PROTOCOL) & 0xffff);
    }

    /** Sets the protocol of the network header, given in the host's order. */
    public void protocol(int number) {
        set(SkbField.PROTOCOL, networkOrder(number));
    }

    /** The number that a program means by 16 bits in network order. */
    public int fromNetworkOrder(int number) {
        return networkOrder(number);
    }

    /** 16 bits in network order as a program sees them. */
    public int toNetworkOrder(int number) {
        return networkOrder(number);
    }

    /** The 16 bits at an offset of the packet, which has them. */
    public int bigEndian(int offset) {
        return lane().memory().get(NETWORK_SHORT, data() + offset) & 0xffff;
    }

    /** Sets the 16 bits at an offset of the packet, which has them. */
    public void bigEndian(int offset, int value) {
        lane().memory().set(NETWORK_SHORT, data() + offset, (short) value);
    }

    /** Makes the packet so long; what is added is zero. At most {@link #LONGEST}. */
    public void tail(int length) {
        long stop = data() + length;
        if (stop > end()) {
            GuestBytes.clear(lane().memory(), end(), stop - end());
        }
        bounds(data(), data(), stop);
        pointers();
    }

    /** Puts zeros in front of the packet, where its link-layer header then starts. */
    public void pushLinkHeader(int bytes) {
        insert(0, bytes);
        linkHeader = data();
        networkHeader += bytes;
    }

    /** Puts zeros into the packet; what stands before them stays before. The network header stays as far from the start as it was. */
    public void insert(int offset, int bytes) {
        MemorySegment memory = lane().memory();
        long start = data() - bytes;
        if (start >= lane().packetBuffer()) {
            GuestBytes.copy(memory, data(), memory, start, offset);
            move(-bytes);
        } else {
            GuestBytes.copy(memory, data() + offset, memory, data() + offset + bytes, (long) length() - offset);
            bounds(data(), data(), end() + bytes);
        }
        GuestBytes.clear(memory, data() + offset, bytes);
        pointers();
    }

    /** Takes bytes out of the packet; what stands before them is kept. */
    public void remove(int offset, int bytes) {
        MemorySegment memory = lane().memory();
        GuestBytes.copy(memory, data(), memory, data() + bytes, offset);
        move(bytes);
        pointers();
    }

    private void move(int bytes) {
        linkHeader += bytes;
        networkHeader += bytes;
        bounds(data() + bytes, data() + bytes, end());
    }

    /** Puts a VLAN tag into the packet. */
    public void insertTag(int offset, int protocol, int tag) {
        insert(offset, 4);
        bigEndian(offset, protocol);
        bigEndian(offset + 2, tag);
    }

    /** Sets the time stamp and its kind. */
    public void timestamp(long time, int type) {
        wide(SkbField.TSTAMP, time);
        lane().memory().set(ValueLayout.JAVA_BYTE, at(SkbField.TSTAMP_TYPE), (byte) type);
    }

    /** The tunnel key that came with the packet or was given to it, {@code struct bpf_tunnel_key}; null if there is none. A copy. */
    public byte @Nullable [] tunnelKey() {
        return tunnelKey == null ? null : tunnelKey.clone();
    }

    /** Whether the tunnel's addresses are IPv6. */
    public boolean tunnelIsIpv6() {
        return tunnelIpv6;
    }

    /** Gives the packet a tunnel key. */
    public void tunnelKey(byte[] key, boolean ipv6) {
        tunnelKey = key.clone();
        tunnelIpv6 = ipv6;
        tunnelOptions = NO_METADATA;
    }

    /** The tunnel's options; empty if there are none. */
    public byte[] tunnelOptions() {
        return tunnelOptions.clone();
    }

    /** Gives the tunnel options. */
    public void tunnelOptions(byte[] options) {
        tunnelOptions = options.clone();
    }

    @Override
    long linkHeader() {
        return linkHeader;
    }

    @Override
    long networkHeader() {
        return networkHeader;
    }

    /** Guest address that a helper's start header means: 0 is the link-layer header, 1 the network header; -1 for anything else. */
    public long header(long startHeader) {
        return startHeader == 0 ? linkHeader : startHeader == 1 ? networkHeader : -1;
    }
}
