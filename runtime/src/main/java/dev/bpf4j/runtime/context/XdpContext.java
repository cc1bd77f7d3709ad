// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;

/**
 * The context of XDP programs: {@code struct xdp_md} and a packet that can grow and shrink at both ends. Limits are those of the kernel's test
 * run (Linux 6.18, measured): of the 256 bytes of headroom 216 can be used, the packet can grow to 3520 bytes from where it started; a packet
 * that comes in larger can grow to the end of the 4096-byte fragment that it ends in. Unlike the kernel's, a large packet lies in one piece.
 */
public final class XdpContext extends PacketContext {
    /** Verdict: an error in the program. */
    public static final int ABORTED = 0;
    /** Verdict: drop the packet. */
    public static final int DROP = 1;
    /** Verdict: hand it to the network stack. */
    public static final int PASS = 2;
    /** Verdict: send it out where it came from. */
    public static final int TX = 3;
    /** Verdict: send it where {@link #redirect()} says. */
    public static final int REDIRECT = 4;

    /** Headroom that the kernel keeps for itself: {@code sizeof(struct xdp_frame)}. */
    private static final int FRAME_HEADER = 40;
    /** Bytes that a packet and its tailroom have in the kernel's first page, behind the headroom. */
    private static final int LINEAR = 3520;
    /** Bytes of a further fragment. */
    private static final int FRAGMENT = 4096;
    /** Most bytes of metadata (an 8-bit length, a multiple of 4). */
    private static final int METADATA_MOST = 252;

    private Ingress ingress = Ingress.STANDARD;

    /**
     * Where a packet came in.
     *
     * @param ifindex number of the interface
     * @param queue   number of its receive queue
     */
    public record Ingress(int ifindex, int queue) {
        /** The loopback interface's first queue, as in the kernel's test run. */
        public static final Ingress STANDARD = new Ingress(1, 0);
    }

    private XdpContext(Lane lane) {
        super(lane, XdpField.SIZE);
    }

    /** The lane's XDP context, made at the first call or if the lane had another one. */
    public static XdpContext of(Lane lane) {
        return of(lane, XdpContext.class, XdpContext::new);
    }

    /** Prepares the lane for a little-endian program and a frame without metadata from {@link Ingress#STANDARD}. */
    public void prepare(byte[] frame) {
        prepare(frame, NO_METADATA, Ingress.STANDARD, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Prepares the lane: packet, context, entry registers.
     *
     * @param frame    from the link-layer header on; not copied, so not to be changed until the next {@code prepare}
     * @param metadata put in front of it; a multiple of 4, at most 216 bytes; not copied either
     * @param from     where it came in
     * @param order    byte order of the program
     * @throws IllegalArgumentException if frame or metadata are too large, or the metadata's length is no multiple of 4
     */
    public void prepare(byte[] frame, byte[] metadata, Ingress from, ByteOrder order) {
        if (metadata.length % 4 != 0 || metadata.length > GuestLayout.PACKET_HEADROOM - FRAME_HEADER) {
            throw new IllegalArgumentException("metadata has 0 to " + (GuestLayout.PACKET_HEADROOM - FRAME_HEADER)
                    + " bytes in steps of 4, not "
                    + metadata.length);
        }
        ingress = from;
        place(frame, metadata, 0, order, capacity(frame.length) - frame.length);
    }

    /** Bytes that a packet of this length can grow to. */
    private static int capacity(int length) {
        return length <= LINEAR ? LINEAR : Math.toIntExact(LINEAR + (length - LINEAR + FRAGMENT - 1L) / FRAGMENT * FRAGMENT);
    }

    @Override
    void describe() {
        pointers();
        field(XdpField.INGRESS_IFINDEX, ingress.ifindex());
        field(XdpField.RX_QUEUE_INDEX, ingress.queue());
        field(XdpField.EGRESS_IFINDEX, 0);
    }

    @Override
    void pointers() {
        field(XdpField.DATA, (int) data());
        field(XdpField.DATA_END, (int) end());
        field(XdpField.DATA_META, (int) meta());
    }

    @Override
    public int ifindex() {
        return ingress.ifindex();
    }

    /**
     * {@code bpf_xdp_adjust_head}: moves the packet's start; metadata moves along.
     *
     * @param delta bytes, negative to grow
     * @return 0, or {@code -EINVAL} if headroom or packet are too short
     */
    public long adjustHead(int delta) {
        long metadata = data() - meta();
        long start = data() + delta;
        if (start < firstUsable() + metadata || start > end() - ETHERNET_HEADER) {
            return -Errno.EINVAL;
        }
        MemorySegment memory = lane().memory();
        GuestBytes.copy(memory, meta(), memory, meta() + delta, metadata);
        bounds(meta() + delta, start, end());
        pointers();
        return 0;
    }

    /**
     * {@code bpf_xdp_adjust_tail}: moves the packet's end; what is added is zero.
     *
     * @param delta bytes, negative to shrink
     * @return 0, or {@code -EINVAL} if tailroom or packet are too short
     */
    public long adjustTail(int delta) {
        long stop = end() + delta;
        if (stop > limit() || stop < data() + ETHERNET_HEADER) {
            return -Errno.EINVAL;
        }
        if (delta > 0) {
            GuestBytes.clear(lane().memory(), end(), delta);
        }
        bounds(meta(), data(), stop);
        pointers();
        return 0;
    }

    /**
     * {@code bpf_xdp_adjust_meta}: moves the start of the metadata.
     *
     * @param delta bytes, negative to grow
     * @return 0, {@code -EINVAL} if there is no headroom or the metadata would begin behind the packet's start, {@code -EACCES} if its length is
     *         no multiple of 4 or too large
     */
    public long adjustMeta(int delta) {
        long start = meta() + delta;
        if (start < firstUsable() || start > data()) {
            return -Errno.EINVAL;
        }
        long length = data() - start;
        if (length % 4 != 0 || length > METADATA_MOST) {
            return -Errno.EACCES;
        }
        bounds(start, data(), end());
        pointers();
        return 0;
    }

    private long firstUsable() {
        return lane().packetBuffer() + FRAME_HEADER;
    }
}
