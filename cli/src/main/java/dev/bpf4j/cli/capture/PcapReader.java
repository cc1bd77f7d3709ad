// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The classic format (draft-ietf-opsawg-pcap): a file header of 24 bytes, then packets, each behind a header of 16 bytes. The header's snapshot
 * length binds nobody in practice; {@link CaptureReader#MAX_PACKET} does.
 */
final class PcapReader implements CaptureReader {
    private static final int FILE_HEADER = 24;
    private static final int PACKET_HEADER = 16;
    private static final int NANOS = 1_000_000_000;

    private final CaptureInput input;
    private final PcapVariant variant;
    private final int linkType;
    private long packets;

    PcapReader(CaptureInput input, PcapVariant variant) throws IOException {
        this.input = input;
        this.variant = variant;
        input.order(variant.order());
        input.need(FILE_HEADER, "the file header");
        input.u32();
        int major = input.u16();
        int minor = input.u16();
        if (major != 2) {
            throw input.error(4, "pcap version " + major + "." + minor + ", expected 2.4");
        }
        input.u32(); // time zone: always 0
        input.u32(); // accuracy: always 0
        input.u32(); // snapshot length
        linkType = (int) input.u32() & 0xffff; // above it, the length of a frame check sequence
    }

    @Override
    public @Nullable CapturedPacket next() throws IOException {
        if (input.atEnd()) {
            return null;
        }
        packets++;
        long at = input.offset();
        input.need(PACKET_HEADER, "the header of packet " + packets);
        long seconds = input.u32();
        long nanos = input.u32() * variant.nanosPerUnit();
        long captured = input.u32();
        long original = input.u32();
        if (captured > MAX_PACKET) {
            throw input.error(at + 8, "packet " + packets + " has " + captured + " captured bytes, expected at most " + MAX_PACKET);
        }
        byte[] bytes = input.take((int) captured, "packet " + packets);
        return new CapturedPacket(seconds + nanos / NANOS, (int) (nanos % NANOS), linkType, original, bytes);
    }

    @Override
    public boolean nanoseconds() {
        return variant.nanosPerUnit() == 1;
    }

    @Override
    public long position() {
        return input.offset();
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
