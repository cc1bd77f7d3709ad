// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.SkbField;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.context.XdpField;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What goes from a lane to the kernel's test run and back: memory, packet, context. Rules of the test run: Linux 6.18
 * {@code net/bpf/test_run.c}.
 */
final class LaneExchange {
    /** Packet for programs that do not look at it: the least that the test run takes. */
    private static final int SHORTEST = 14;
    private static final int ETHERNET_HEADER = 14;
    /** Bytes of a packet and its metadata that lie in one piece; of a larger packet an XDP program sees the first piece only. */
    private static final int XDP_LINEAR = 4096 - 256 - 320;

    private final Lane lane;
    private final LinuxTypes.Given given;
    private final ProgramType type;
    private final @Nullable KernelMap memory;
    /** Bytes that were put in front of the frame, and are taken away again. */
    private int added;

    LaneExchange(Lane lane, LinuxTypes.Given given, ProgramType type, @Nullable KernelMap memory) {
        this.lane = lane;
        this.given = given;
        this.type = type;
        this.memory = memory;
    }

    /** What the test run is given. */
    KernelInput give() throws KernelRefusal {
        return switch (given) {
            case MEMORY -> giveMemory();
            case XDP_PACKET -> giveXdp();
            case SOCKET_BUFFER -> giveSocketBuffer();
            case ARGUMENTS, CONTEXT -> KernelInput.context(lane.contextBytes());
        };
    }

    /** Puts what the test run left into the lane. */
    KernelOutput take(KernelOutput output) throws KernelRefusal {
        switch (given) {
            case MEMORY -> takeMemory();
            case XDP_PACKET -> takeXdp(output);
            case SOCKET_BUFFER -> takeSocketBuffer(output);
            case ARGUMENTS -> {
                // they are only read
            }
            case CONTEXT -> lane.write(lane.contextBase(), output.context());
        }
        return output;
    }

    // ---- raw memory ----

    private MemorySegment guestMemory() {
        return lane.memory().asSlice(lane.contextBase(), lane.regions().size(Regions.CONTEXT));
    }

    private KernelInput giveMemory() throws KernelRefusal {
        if (memory != null) {
            memory.mapped().asSlice(0, guestMemory().byteSize()).copyFrom(guestMemory());
        }
        return KernelInput.packet(new byte[SHORTEST]);
    }

    private void takeMemory() throws KernelRefusal {
        if (memory != null) {
            guestMemory().copyFrom(memory.mapped().asSlice(0, guestMemory().byteSize()));
        }
    }

    // ---- XDP ----

    /** Metadata go in front of the packet, and {@code xdp_md} says how long they are, before and after. */
    private KernelInput giveXdp() throws KernelRefusal {
        if (!(lane.environment() instanceof XdpContext xdp)) {
            return KernelInput.packet(region());
        }
        byte[] metadata = xdp.metadataBytes();
        byte[] all = join(metadata, xdp.packetBytes());
        if (all.length > XDP_LINEAR) {
            throw new KernelRefusal("a packet of " + all.length
                    + " bytes, which would lie in several pieces: XDP programs see only the first " + XDP_LINEAR
                    + " bytes,", -Errno.EMSGSIZE.number(), "");
        }
        ByteBuffer context = ByteBuffer.allocate(XdpField.SIZE).order(ByteOrder.nativeOrder());
        context.putInt(XdpField.DATA.offset(), metadata.length).putInt(XdpField.DATA_END.offset(), all.length);
        return KernelInput.packet(all).withContext(context.array());
    }

    private void takeXdp(KernelOutput output) {
        byte[] all = output.packet();
        if (lane.environment() instanceof XdpContext xdp) {
            int metadata = ByteBuffer.wrap(output.context()).order(ByteOrder.nativeOrder()).getInt(XdpField.DATA.offset());
            xdp.replace(Arrays.copyOf(all, metadata), Arrays.copyOfRange(all, metadata, all.length));
        } else {
            putRegion(all);
        }
    }

    // ---- socket buffers ----

    /**
     * The test run shows socket filters and their like the packet from the network header on. If the lane shows it from the link-layer header on,
     * as a packet socket does, the frame gets its own Ethernet header in front of it once more.
     */
    private KernelInput giveSocketBuffer() {
        if (!(lane.environment() instanceof SkbContext skb)) {
            return KernelInput.packet(region());
        }
        long start = lane.packetBuffer() + GuestLayout.PACKET_HEADROOM;
        byte[] frame = lane.read(start, Math.toIntExact(skb.end() - start));
        boolean classifier = type == ProgramType.SCHED_CLS || type == ProgramType.SCHED_ACT;
        if (!classifier && skb.data() == start && frame.length >= ETHERNET_HEADER) {
            added = ETHERNET_HEADER;
            frame = join(Arrays.copyOf(frame, ETHERNET_HEADER), frame);
        }
        return KernelInput.packet(frame).withContext(socketBuffer(skb));
    }

    /** The fields of {@code __sk_buff} that the test run takes; all others must be zero. */
    private static byte[] socketBuffer(SkbContext skb) {
        ByteBuffer context = ByteBuffer.allocate(SkbField.SIZE).order(ByteOrder.nativeOrder());
        for (SkbField field : new SkbField[] {SkbField.MARK, SkbField.PRIORITY, SkbField.INGRESS_IFINDEX, SkbField.IFINDEX,
            SkbField.GSO_SIZE}) {
            context.putInt(field.offset(), skb.get(field));
        }
        for (int i = 0; i < 5; i++) {
            context.putInt(SkbField.CB.offset() + 4 * i, skb.cb(i));
        }
        return context.putLong(SkbField.TSTAMP.offset(), skb.getWide(SkbField.TSTAMP)).array();
    }

    private void takeSocketBuffer(KernelOutput output) {
        if (!(lane.environment() instanceof SkbContext skb)) {
            putRegion(output.packet());
            return;
        }
        int skipped = Math.toIntExact(skb.data() - (lane.packetBuffer() + GuestLayout.PACKET_HEADROOM));
        byte[] packet = output.packet();
        skb.replace(new byte[0], Arrays.copyOfRange(packet, Math.min(packet.length, added + skipped), packet.length));
        ByteBuffer context = ByteBuffer.wrap(output.context()).order(ByteOrder.nativeOrder());
        skb.set(SkbField.MARK, context.getInt(SkbField.MARK.offset()));
        skb.set(SkbField.PRIORITY, context.getInt(SkbField.PRIORITY.offset()));
        for (SkbField field : new SkbField[] {SkbField.CB, SkbField.TSTAMP}) {
            lane.write(lane.contextBase() + field.offset(), Arrays.copyOfRange(output.context(), field.offset(), field.offset() + field
                    .size()));
        }
    }

    // ---- packets ----

    private byte[] region() {
        return lane.read(lane.regions().base(Regions.PACKET), Math.toIntExact(lane.regions().size(Regions.PACKET)));
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    /** For a packet region set by hand, without a context: it keeps its start. */
    private void putRegion(byte[] packet) {
        long start = lane.regions().base(Regions.PACKET);
        lane.write(start, packet);
        lane.regions().set(Regions.PACKET, start, packet.length);
    }
}
