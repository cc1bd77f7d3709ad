// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Builds captures byte by byte for tests, in either byte order. */
final class CaptureBytes {
    private final ByteBuffer bytes = ByteBuffer.allocate(1 << 20);

    CaptureBytes(ByteOrder order) {
        bytes.order(order);
    }

    byte[] array() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    CaptureBytes u8(int value) {
        bytes.put((byte) value);
        return this;
    }

    CaptureBytes u16(int value) {
        bytes.putShort((short) value);
        return this;
    }

    CaptureBytes u32(long value) {
        bytes.putInt((int) value);
        return this;
    }

    CaptureBytes u64(long value) {
        bytes.putLong(value);
        return this;
    }

    CaptureBytes raw(byte... values) {
        bytes.put(values);
        return this;
    }

    CaptureBytes pcapHeader(int magic, int linkType) {
        return u32(magic).u16(2).u16(4).u32(0).u32(0).u32(65_535).u32(linkType);
    }

    CaptureBytes pcapPacket(long seconds, long fraction, long original, byte... data) {
        return u32(seconds).u32(fraction).u32(data.length).u32(original).raw(data);
    }

    /** A pcapng block around a body, padded to four bytes. */
    CaptureBytes block(long type, CaptureBytes body) {
        byte[] inside = body.array();
        int padded = inside.length + 3 & ~3;
        return u32(type).u32(12 + padded).raw(Arrays.copyOf(inside, padded)).u32(12 + padded);
    }

    CaptureBytes body() {
        return new CaptureBytes(bytes.order());
    }

    CaptureBytes section() {
        return block(0x0a0d_0d0aL, body().u32(0x1a2b_3c4d).u16(1).u16(0).u64(-1));
    }

    /** An interface with the option {@code if_tsresol}, or without if the code is negative. */
    CaptureBytes interfaceBlock(int linkType, long snapshotLength, int resolution) {
        CaptureBytes body = body().u16(linkType).u16(0).u32(snapshotLength);
        if (resolution >= 0) {
            body.u16(9).u16(1).u8(resolution).u8(0).u16(0);
            body.u16(0).u16(0);
        }
        return block(1, body);
    }

    CaptureBytes enhancedPacket(long interfaceId, long ticks, long original, byte... data) {
        return block(6, body().u32(interfaceId).u32(ticks >>> 32).u32(ticks).u32(data.length).u32(original).raw(data));
    }

    static @Nullable Object[] fields(@Nullable CapturedPacket packet) {
        return packet == null ? new Object[0]
                : new Object[] {packet.seconds(), packet.nanos(), packet.linkType(), packet.originalLength(),
                    Arrays.toString(packet.bytes())};
    }
}
