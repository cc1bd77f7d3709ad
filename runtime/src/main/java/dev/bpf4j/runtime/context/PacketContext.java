// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.map.BpfMap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A lane's packet, as the host knows it: where it starts and ends now, and what to put there again for the next repeat. Kept as the lane's
 * {@link Lane#environment()}. Used by the lane's thread only.
 *
 * <p>
 * The packet buffer is headroom of {@link GuestLayout#PACKET_HEADROOM} bytes, then the packet, then tailroom. Addresses are guest addresses.
 */
public abstract sealed class PacketContext permits XdpContext, SkbContext, SkMsgContext, SkLookupContext,
        FlowDissectorContext, NetfilterContext {
    private static final ValueLayout.OfInt LITTLE_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt BIG_INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LITTLE_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong BIG_LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    static final byte[] NO_METADATA = {};
    /** Bytes of an Ethernet header (Linux ETH_HLEN). */
    static final int ETHERNET_HEADER = 14;
    private static final int MOST_CLONES = 1000;

    private final Lane lane;
    private final int contextSize;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private byte[] frame = NO_METADATA;
    private byte[] metadata = NO_METADATA;
    private int skipped;
    private int tailroom;
    private long meta;
    private long data;
    private long end;
    private long limit;
    /** Guest address from which on a program may have written to the headroom. */
    private long lowest;
    private @Nullable Redirect redirect;
    private final List<Redirect> clones = new ArrayList<>();
    private long assigned;

    /**
     * Where a program sent the packet.
     *
     * @param ifindex number of the interface; 0 if the map says more: a CPU, a socket, several interfaces
     * @param flags   as the program gave them
     * @param map     the map that it chose from; null: it named an interface
     * @param key     the map's index, or the first bytes of its key
     */
    public record Redirect(int ifindex, long flags, @Nullable BpfMap map, long key) {
        /** An interface named by the program. */
        public Redirect(int ifindex, long flags) {
            this(ifindex, flags, null, 0);
        }
    }

    PacketContext(Lane lane, int contextSize) {
        this.lane = lane;
        this.contextSize = contextSize;
        this.lowest = lane.packetBuffer();
    }

    /** A lane's context of one kind, made if the lane has another one or none. */
    static <C extends PacketContext> C of(Lane lane, Class<C> kind, Function<Lane, C> maker) {
        Object known = lane.environment();
        return kind.isInstance(known) ? kind.cast(known) : maker.apply(lane);
    }

    /**
     * Puts a frame into the packet buffer, clears the headroom, and describes it in the context.
     *
     * @param newSkipped  bytes at the frame's start that lie before the program's data
     * @param newTailroom bytes that the packet can grow at its end
     * @throws IllegalArgumentException if frame or metadata are too large
     */
    final void place(byte[] newFrame, byte[] newMetadata, int newSkipped, ByteOrder newOrder, int newTailroom) {
        int most = GuestLayout.PACKET_BUFFER_MAX - GuestLayout.PACKET_HEADROOM - newTailroom;
        if (newFrame.length > most) {
            throw new IllegalArgumentException("a packet has at most " + most + " bytes, this one has " + newFrame.length);
        }
        frame = newFrame;
        metadata = newMetadata;
        skipped = newSkipped;
        order = newOrder;
        tailroom = newTailroom;
        restore();
    }

    /** Makes context, packet and entry registers what they were before the last run. */
    public final void restore() {
        copyIn();
        describe();
    }

    private void copyIn() {
        MemorySegment memory = lane.memory();
        long start = frameStart();
        clearHeadroom(memory, start);
        MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, start, frame.length);
        MemorySegment.copy(metadata, 0, memory, ValueLayout.JAVA_BYTE, start + skipped - metadata.length, metadata.length);
        redirect = null;
        clones.clear();
        assigned = 0;
        data = start + skipped;
        meta = data - metadata.length;
        end = start + frame.length;
        limit = end + tailroom;
        lowest = Math.min(meta, start);
        lane.environment(this);
        lane.regions().set(Regions.CONTEXT, lane.contextBase(), contextSize);
        lane.regions().set(Regions.PACKET, meta, end - meta);
        Arrays.fill(lane.entry(), 0);
        lane.entry()[1] = lane.contextBase();
    }

    /** Under the sandbox policy a program writes where it likes; else only where the packet has been, unless the lane had another context. */
    private void clearHeadroom(MemorySegment memory, long start) {
        boolean known = lane.environment() == this && lane.machine().policy() == Policy.STRICT;
        long from = known ? lowest : lane.packetBuffer();
        if (from < start) {
            GuestBytes.clear(memory, from, start - from);
        }
    }

    /** Writes the context's fields about a frame that has just been placed, and forgets what the last run left. */
    abstract void describe();

    /** Guest address of the frame's first byte, as it was placed. */
    final long frameStart() {
        return lane.packetBuffer() + GuestLayout.PACKET_HEADROOM;
    }

    /** Bytes of the frame, as it was placed. */
    final int frameLength() {
        return frame.length;
    }

    /** Moves the packet's bounds; the region follows. */
    final void bounds(long newMeta, long newData, long newEnd) {
        lowest = Math.min(lowest, newMeta);
        meta = newMeta;
        data = newData;
        end = newEnd;
        lane.regions().set(Regions.PACKET, meta, end - meta);
    }

    /**
     * Puts there what a run elsewhere left of the packet: for engines that run programs outside of this machine. It keeps its start.
     *
     * @throws IllegalArgumentException if it does not fit into the packet buffer
     */
    public final void replace(byte[] newMetadata, byte[] packet) {
        long end = data + packet.length;
        if (data - newMetadata.length < lane.packetBuffer() || end > lane.packetBuffer() + GuestLayout.PACKET_BUFFER_MAX) {
            throw new IllegalArgumentException("a packet of " + packet.length + " bytes with " + newMetadata.length
                    + " bytes of metadata does not fit into the packet buffer");
        }
        lane.write(data - newMetadata.length, newMetadata);
        lane.write(data, packet);
        bounds(data - newMetadata.length, data, end);
        pointers();
    }

    /** Writes where the packet is into the context's fields. */
    abstract void pointers();

    /** The lane that this is the context of. */
    public final Lane lane() {
        return lane;
    }

    /** Byte order of the program, in which the context's fields are written. */
    public final ByteOrder order() {
        return order;
    }

    /** Bytes of the packet now, without metadata. */
    public final int length() {
        return Math.toIntExact(end - data);
    }

    /** Guest address of the metadata in front of the packet; equal to {@link #data()} if there is none. */
    public final long meta() {
        return meta;
    }

    /** Guest address of the packet's first byte. */
    public final long data() {
        return data;
    }

    /** Guest address behind the packet's last byte. */
    public final long end() {
        return end;
    }

    /** Guest address up to which the packet can grow. */
    public final long limit() {
        return limit;
    }

    /** The packet as it is now; a view that stays valid until the next run. */
    public final MemorySegment packet() {
        return lane.memory().asSlice(data, end - data).asReadOnly();
    }

    /** The packet as it is now; a copy. */
    public final byte[] packetBytes() {
        return lane.read(data, length());
    }

    /** The metadata in front of the packet as it is now; a copy. */
    public final byte[] metadataBytes() {
        return lane.read(meta, Math.toIntExact(data - meta));
    }

    /** Guest address of the link-layer header, what the negative offsets from SKF_LL_OFF count from. */
    long linkHeader() {
        return data;
    }

    /** Guest address of the network header, what the negative offsets from SKF_NET_OFF count from. */
    long networkHeader() {
        return data + ETHERNET_HEADER;
    }

    /** Where the program sent the packet with {@code bpf_redirect}; null if it did not. Counts only if the verdict says so. */
    public final @Nullable Redirect redirect() {
        return redirect;
    }

    /** Remembers where the program sent the packet. */
    public final void redirect(Redirect target) {
        redirect = target;
    }

    /** Where the program sent copies of the packet with {@code bpf_clone_redirect}, in order. */
    public final List<Redirect> clones() {
        return List.copyOf(clones);
    }

    /** Remembers that a copy of the packet was sent; of more than 1,000 only the first are kept. */
    public final void cloneTo(Redirect target) {
        if (clones.size() < MOST_CLONES) {
            clones.add(target);
        }
    }

    /** The cookie of the socket that the program gave the packet to; 0 if it did not. */
    public final long assigned() {
        return assigned;
    }

    /** Remembers the socket that the program gave the packet to, by its cookie. */
    public final void assign(long cookie) {
        assigned = cookie;
    }

    /** What the program did beside its verdict, as {@code name=value} separated by blanks; the empty string if this is no such context. */
    public String effects() {
        return "";
    }

    /** Guest address where the network header starts, or should. */
    public final long networkStart() {
        return Math.max(networkHeader(), data);
    }

    /** Number of the interface that the packet is on; 0 where there is none. */
    public int ifindex() {
        return 0;
    }

    // ---- fields of the context ----

    final void field(int offset, int value) {
        lane.memory().set(order == ByteOrder.BIG_ENDIAN ? BIG_INT : LITTLE_INT, lane.contextBase() + offset, value);
    }

    final int field(int offset) {
        return lane.memory().get(order == ByteOrder.BIG_ENDIAN ? BIG_INT : LITTLE_INT, lane.contextBase() + offset);
    }

    final void wide(int offset, long value) {
        lane.memory().set(order == ByteOrder.BIG_ENDIAN ? BIG_LONG : LITTLE_LONG, lane.contextBase() + offset, value);
    }

    final long wide(int offset) {
        return lane.memory().get(order == ByteOrder.BIG_ENDIAN ? BIG_LONG : LITTLE_LONG, lane.contextBase() + offset);
    }

    final void field(ContextField field, int value) {
        field(field.offset(), value);
    }

    final int field(ContextField field) {
        return field(field.offset());
    }

    final void wide(ContextField field, long value) {
        wide(field.offset(), value);
    }

    final long wide(ContextField field) {
        return wide(field.offset());
    }

    /** Guest address of a field. */
    final long at(ContextField field) {
        return lane.contextBase() + field.offset();
    }

    final void clearContext() {
        lane.memory().asSlice(lane.contextBase(), contextSize).fill((byte) 0);
    }
}
