// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a classic pcap, little-endian. The link type is that of the first packet; a file without packets says Ethernet. For one thread.
 */
public final class PcapWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int PACKET_HEADER = 16;
    private static final long LAST_SECOND = 0xffff_ffffL;

    private final OutputStream stream;
    private final String name;
    private final PcapVariant variant;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private int linkType = -1;
    private long packets;

    private PcapWriter(OutputStream stream, String name, boolean nanoseconds) {
        this.stream = stream;
        this.name = name;
        this.variant = nanoseconds ? PcapVariant.NANOSECONDS_LITTLE : PcapVariant.MICROSECONDS_LITTLE;
    }

    /** Makes or replaces a file. */
    public static PcapWriter create(Path file, boolean nanoseconds) throws IOException {
        return new PcapWriter(Files.newOutputStream(file), file.toString(), nanoseconds);
    }

    /** Writes to a stream, which is closed with the writer. */
    public static PcapWriter to(OutputStream stream, String name, boolean nanoseconds) {
        return new PcapWriter(stream, name, nanoseconds);
    }

    /**
     * Adds a packet.
     *
     * @throws CaptureException if a pcap cannot hold it: another link type than the first packet's, or a time before 1970 or after 2106
     */
    public void write(CapturedPacket packet) throws IOException {
        if (linkType < 0) {
            header(packet.linkType());
        }
        packets++;
        if (packet.linkType() != linkType) {
            throw new CaptureException(name + ": packet " + packets + " has link type " + packet.linkType() + ", those before it have "
                    + linkType
                    + ": a pcap holds only one");
        }
        if (packet.seconds() < 0 || packet.seconds() > LAST_SECOND) {
            throw new CaptureException(name + ": packet " + packets + " was captured " + packet.seconds()
                    + " s after 1970: a pcap holds only 0 to " + LAST_SECOND);
        }
        if (buffer.remaining() < PACKET_HEADER) {
            drain();
        }
        buffer.putInt((int) packet.seconds()).putInt(packet.nanos() / variant.nanosPerUnit());
        buffer.putInt(packet.bytes().length).putInt((int) packet.originalLength());
        put(packet.bytes());
    }

    private void header(int type) {
        linkType = type;
        buffer.putInt(Integer.reverseBytes(variant.magic())).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0);
        buffer.putInt(CaptureReader.MAX_PACKET).putInt(type);
    }

    private void put(byte[] bytes) throws IOException {
        if (bytes.length > buffer.remaining()) {
            drain();
        }
        if (bytes.length > buffer.remaining()) {
            stream.write(bytes);
        } else {
            buffer.put(bytes);
        }
    }

    private void drain() throws IOException {
        stream.write(buffer.array(), 0, buffer.position());
        buffer.clear();
    }

    @Override
    public void close() throws IOException {
        try (stream) {
            if (linkType < 0) {
                header(CapturedPacket.ETHERNET);
            }
            drain();
        }
    }
}
