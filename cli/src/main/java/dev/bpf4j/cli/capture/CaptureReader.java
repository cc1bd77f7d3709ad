// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a capture from front to back, one packet at a time. For one thread. */
public sealed interface CaptureReader extends AutoCloseable permits PcapReader, PcapngReader {
    /** Most bytes of a packet, as in libpcap ({@code MAXIMUM_SNAPLEN}). */
    int MAX_PACKET = 256 << 10;

    /**
     * Opens a capture file.
     *
     * @throws CaptureException if the file is no capture
     * @throws IOException      if it cannot be read
     */
    static CaptureReader open(Path file) throws IOException {
        return of(Files.newInputStream(file), file.toString());
    }

    /**
     * Reads a capture from a stream, which is closed with the reader, also if this method throws.
     *
     * @param name what to call it in messages
     * @throws CaptureException if the stream is no capture
     * @throws IOException      if it cannot be read
     */
    static CaptureReader of(InputStream stream, String name) throws IOException {
        CaptureInput input = new CaptureInput(stream, name);
        try {
            if (input.atEnd()) {
                throw input.error(0, "the file is empty, expected a pcap or pcapng capture");
            }
            input.need(4, "the magic number of a capture");
            int magic = input.peek(0);
            if (magic == PcapngReader.SECTION_HEADER) {
                return new PcapngReader(input);
            }
            PcapVariant variant = PcapVariant.of(magic);
            if (variant != null) {
                return new PcapReader(input, variant);
            }
            throw input.error(0, "no capture: magic number " + String.format(Locale.ROOT, "%08x", magic)
                    + ", expected pcap (d4c3b2a1, a1b2c3d4, 4d3cb2a1, a1b23c4d) or pcapng (0a0d0d0a)" + hint(magic));
        } catch (IOException | RuntimeException e) {
            try (input) {
                throw e;
            }
        }
    }

    private static String hint(int magic) {
        if (magic >>> 16 == 0x1f8b) {
            return "; this one is compressed: gunzip it first";
        }
        return magic == 0x28b5_2ffd ? "; this one is compressed: unzstd it first" : "";
    }

    /**
     * The next packet; null at the end.
     *
     * @throws CaptureException if the capture is malformed here
     */
    @Nullable
    CapturedPacket next() throws IOException;

    /** Whether times may be finer than microseconds. */
    boolean nanoseconds();

    /** Bytes of the file that were used up, for progress. */
    long position();

    @Override
    void close() throws IOException;
}
