// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.corpus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The frames of the corpus' capture: a classic pcap file, little-endian. Captures of users are not read here. */
final class Capture {
    private static final int MAGIC = 0xa1b2c3d4;
    private static final int FILE_HEADER = 24;
    private static final int RECORD_HEADER = 16;
    private static final int LENGTH_AT = 8;
    /** What the kernel's test run takes, in one page. */
    private static final int SHORTEST = 14;
    private static final int LONGEST = 1514;

    private Capture() {
    }

    /** The frames of 14 to 1514 bytes. */
    static List<byte[]> frames(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (file.length < FILE_HEADER || bytes.getInt(0) != MAGIC) {
            throw new IllegalArgumentException("the corpus' capture is no little-endian pcap file");
        }
        List<byte[]> frames = new ArrayList<>();
        int at = FILE_HEADER;
        while (at + RECORD_HEADER <= file.length) {
            int length = bytes.getInt(at + LENGTH_AT);
            at += RECORD_HEADER;
            if (length < 0 || length > file.length - at) {
                throw new IllegalArgumentException("the corpus' capture ends inside a frame, at byte " + at);
            }
            if (length >= SHORTEST && length <= LONGEST) {
                frames.add(Arrays.copyOfRange(file, at, at + length));
            }
            at += length;
        }
        return frames;
    }
}
