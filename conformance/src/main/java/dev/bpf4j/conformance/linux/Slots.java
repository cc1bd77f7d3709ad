// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Writes the few instructions that prologues and epilogues are made of, in this machine's byte order (RFC 9669 section 3.1). */
final class Slots {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private Slots add(int opcode, int dst, int src, int offset, int imm) {
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        ByteBuffer slot = ByteBuffer.allocate(8).order(ByteOrder.nativeOrder());
        slot.put((byte) opcode).put((byte) (little ? src << 4 | dst : dst << 4 | src)).putShort((short) offset).putInt(imm);
        bytes.writeBytes(slot.array());
        return this;
    }

    /** {@code dst = imm}. */
    Slots set(int dst, int imm) {
        return add(0xb7, dst, 0, 0, imm);
    }

    /** {@code dst = value}, 64 bits; two slots if it needs them. */
    Slots wide(int dst, long value) {
        return value == (int) value ? set(dst, (int) value) : add(0x18, dst, 0, 0, (int) value).add(0, 0, 0, 0, (int) (value >>> 32));
    }

    /** {@code dst = address of a map's value, plus offset}. */
    Slots mapValue(int dst, int mapFd, int offset) {
        return add(0x18, dst, 2, 0, mapFd).add(0, 0, 0, 0, offset);
    }

    /** {@code dst = *(u64 *)(src + offset)}. */
    Slots load(int dst, int src, int offset) {
        return add(0x79, dst, src, offset, 0);
    }

    /** {@code dst = *(u32 *)(src + offset)}. */
    Slots loadWord(int dst, int src, int offset) {
        return add(0x61, dst, src, offset, 0);
    }

    /** {@code *(u64 *)(dst + offset) = src}. */
    Slots store(int dst, int offset, int src) {
        return add(0x7b, dst, src, offset, 0);
    }

    /** {@code *(u64 *)(dst + offset) = imm}. */
    Slots storeImmediate(int dst, int offset, int imm) {
        return add(0x7a, dst, 0, offset, imm);
    }

    /** Calls the function behind as many slots as said. */
    Slots call(int distance) {
        return add(0x85, 0, 1, 0, distance);
    }

    Slots exit() {
        return add(0x95, 0, 0, 0, 0);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }
}
