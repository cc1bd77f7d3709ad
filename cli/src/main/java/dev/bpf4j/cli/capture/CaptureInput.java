// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes of a capture, front to back, with the offset for messages. A buffer of fixed size serves all fields; only a packet's bytes get an
 * array of their own.
 */
final class CaptureInput implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final InputStream stream;
    private final String name;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).limit(0);
    private long bufferStart;

    /** @param name the file, for messages */
    CaptureInput(InputStream stream, String name) {
        this.stream = stream;
        this.name = name;
    }

    /** Bytes in front of the next one. */
    long offset() {
        return bufferStart + buffer.position();
    }

    void order(ByteOrder order) {
        buffer.order(order);
    }

    ByteOrder order() {
        return buffer.order();
    }

    /** Whether nothing is left. */
    boolean atEnd() throws IOException {
        return !available(1);
    }

    /**
     * Makes sure that the next fields are there.
     *
     * @param bytes at most 64 KiB
     * @param what  for the message
     */
    void need(int bytes, String what) throws IOException {
        if (!available(bytes)) {
            throw error(offset(), "the file ends inside " + what + ": " + bytes + " bytes expected, " + buffer.remaining() + " are there");
        }
    }

    /** The next 32 bits, unsigned. Only after {@link #need}. */
    long u32() {
        return buffer.getInt() & 0xffff_ffffL;
    }

    /** The next 16 bits, unsigned. Only after {@link #need}. */
    int u16() {
        return buffer.getShort() & 0xffff;
    }

    /** The next byte, unsigned. Only after {@link #need}. */
    int u8() {
        return buffer.get() & 0xff;
    }

    /** The 32 bits at a distance from the next byte, big-endian; nothing is taken. Only after {@link #need}. */
    int peek(int distance) {
        int value = buffer.getInt(buffer.position() + distance);
        return buffer.order() == ByteOrder.BIG_ENDIAN ? value : Integer.reverseBytes(value);
    }

    /** Takes bytes into a new array. */
    byte[] take(int bytes, String what) throws IOException {
        long start = offset();
        byte[] taken = new byte[bytes];
        int buffered = Math.min(bytes, buffer.remaining());
        buffer.get(taken, 0, buffered);
        if (buffered < bytes) {
            int read = stream.readNBytes(taken, buffered, bytes - buffered);
            bufferStart += read;
            if (buffered + read < bytes) {
                throw error(start,
                        "the file ends inside " + what + ": " + bytes + " bytes expected, " + (buffered + read) + " are there");
            }
        }
        return taken;
    }

    /** Leaves bytes out. */
    void skip(long bytes, String what) throws IOException {
        long start = offset();
        long left = bytes;
        while (left > 0) {
            if (!buffer.hasRemaining() && !available(1)) {
                throw error(start, "the file ends inside " + what + ": " + bytes + " bytes expected, " + (bytes - left) + " are there");
            }
            int step = (int) Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + step);
            left -= step;
        }
    }

    CaptureException error(long offset, String message) {
        return new CaptureException(name + ": offset " + offset + ": " + message);
    }

    /** Fills the buffer until it has this many bytes; false if the file has not so many. */
    private boolean available(int bytes) throws IOException {
        if (buffer.remaining() >= bytes) {
            return true;
        }
        bufferStart += buffer.position();
        buffer.compact();
        while (buffer.position() < bytes) {
            int read = stream.read(buffer.array(), buffer.position(), buffer.remaining());
            if (read < 0) {
                break;
            }
            buffer.position(buffer.position() + read);
        }
        buffer.flip();
        return buffer.remaining() >= bytes;
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
