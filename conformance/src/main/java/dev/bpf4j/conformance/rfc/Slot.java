// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Eight bytes of code, taken apart as RFC 9669 section 3.1 draws them. Nothing is judged here; see {@link Acceptance}.
 *
 * @param opcode 0 to 255
 * @param dst    0 to 15
 * @param src    0 to 15
 * @param offset -32768 to 32767
 * @param imm    32 bits, signed
 */
record Slot(int opcode, int dst, int src, int offset, int imm) {
    /** Bytes of a basic instruction. */
    static final int BYTES = 8;

    /** Reads all slots of code whose length is a multiple of 8. */
    static Slot[] decode(byte[] code, ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.wrap(code).order(order);
        Slot[] slots = new Slot[code.length / BYTES];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = read(bytes);
        }
        return slots;
    }

    /**
     * Reads one slot. Section 3.1: the source register is in the upper half of the second byte for little-endian code and in the lower
     * half for big-endian code; offset and imm have the byte order of the code.
     */
    private static Slot read(ByteBuffer bytes) {
        int opcode = Byte.toUnsignedInt(bytes.get());
        int registers = Byte.toUnsignedInt(bytes.get());
        int offset = bytes.getShort();
        int imm = bytes.getInt();
        int high = registers >> 4;
        int low = registers & 0xf;
        return bytes.order() == ByteOrder.LITTLE_ENDIAN ? new Slot(opcode, low, high, offset, imm)
                : new Slot(opcode, high, low, offset, imm);
    }

    /** Section 3.3. */
    InstructionClass instructionClass() {
        return InstructionClass.of(opcode & 0x07);
    }

    /** Section 4: whether the source operand is a register (X) rather than imm (K). */
    boolean sourceIsRegister() {
        return (opcode & 0x08) != 0;
    }

    /** Section 4.1; null if the code means nothing. */
    @Nullable
    ArithmeticCode arithmeticCode() {
        return ArithmeticCode.of(opcode >> 4);
    }

    /** Section 4.3; null if the code means nothing. */
    @Nullable
    JumpCode jumpCode() {
        return JumpCode.of(opcode >> 4);
    }

    /** Section 5, mode modifier; null if its value means nothing. */
    @Nullable
    Mode mode() {
        return switch (opcode >> 5) {
            case 0 -> Mode.IMM;
            case 1 -> Mode.ABS;
            case 2 -> Mode.IND;
            case 3 -> Mode.MEM;
            case 4 -> Mode.MEMSX;
            case 6 -> Mode.ATOMIC;
            default -> null;
        };
    }

    /** Section 5, size modifier, in bytes: W, H, B, DW. */
    int size() {
        return switch ((opcode >> 3) & 0x3) {
            case 0 -> 4;
            case 1 -> 2;
            case 2 -> 1;
            default -> 8;
        };
    }

    /** Whether this starts a wide instruction (section 3.2); there is one opcode that does: {IMM, DW, LD}. */
    boolean isWide() {
        return opcode == 0x18;
    }

    /** Whether this is a call of a function in the program: {CALL, K, JMP} with src 1 (section 4.3.2). */
    boolean isLocalCall() {
        return opcode == 0x85 && src == 1;
    }

    @Override
    public String toString() {
        return String.format("opcode 0x%02x, dst %d, src %d, offset %d, imm 0x%x", opcode, dst, src, offset, imm);
    }
}
