// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Code written field by field, so that these tests depend on no assembler. The order of the fields is opcode, dst, src, offset, imm. */
final class Code {
    static final int EXIT = 0x95;
    static final int MOV64_K = 0xb7;
    static final int MOV64_X = 0xbf;

    private final List<Slot> slots = new ArrayList<>();

    static Code code() {
        return new Code();
    }

    Code i(int opcode, int dst, int src, int offset, int imm) {
        slots.add(new Slot(opcode, dst, src, offset, imm));
        return this;
    }

    /** {@code dst = imm}, sign extended. */
    Code mov(int dst, int imm) {
        return i(MOV64_K, dst, 0, 0, imm);
    }

    /** {@code dst = src}. */
    Code copy(int dst, int src) {
        return i(MOV64_X, dst, src, 0, 0);
    }

    /** {@code dst = value}, 64 bits, two slots. */
    Code wide(int dst, long value) {
        return i(0x18, dst, 0, 0, (int) value).i(0, 0, 0, 0, (int) (value >>> 32));
    }

    Code exit() {
        return i(EXIT, 0, 0, 0, 0);
    }

    byte[] bytes(ByteOrder order) {
        ByteBuffer buffer = ByteBuffer.allocate(8 * slots.size()).order(order);
        for (Slot slot : slots) {
            int registers = order == ByteOrder.LITTLE_ENDIAN ? slot.src() << 4 | slot.dst() : slot.dst() << 4 | slot.src();
            buffer.put((byte) slot.opcode()).put((byte) registers).putShort((short) slot.offset()).putInt(slot.imm());
        }
        return buffer.array();
    }

    byte[] bytes() {
        return bytes(ByteOrder.LITTLE_ENDIAN);
    }
}
