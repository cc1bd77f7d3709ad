// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Random arithmetic with forward jumps over r0 to r9, of the kind that the verifier accepts by construction. For tests of this module. */
final class RandomProgram {
    private static final int[] OPERATIONS = {0x0, 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x8, 0x9, 0xa, 0xb, 0xc, 0xd};
    private static final int[] CONDITIONS = {0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0xa, 0xb, 0xc, 0xd};
    private static final long[] CORNERS = {0, 1, 2, 7, 8, 31, 32, 33, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2, -128, -32768, -0x8000_0000L};

    private final Random random;

    RandomProgram(long seed) {
        this.random = new Random(seed);
    }

    /** A program of this many instructions and an exit, in this machine's byte order. */
    byte[] next(int instructions) {
        ByteBuffer code = ByteBuffer.allocate(8 * (instructions + 1)).order(ByteOrder.nativeOrder());
        for (int i = 0; i < instructions; i++) {
            int left = instructions - i - 1;
            if (left > 0 && random.nextInt(8) == 0) {
                jump(code, left);
            } else {
                arithmetic(code);
            }
        }
        return code.putLong(0x95).array();
    }

    long value() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> random.nextInt();
            case 2 -> random.nextInt(128) - 64;
            default -> CORNERS[random.nextInt(CORNERS.length)];
        };
    }

    private void jump(ByteBuffer code, int left) {
        int opcode = CONDITIONS[random.nextInt(CONDITIONS.length)] << 4 | (random.nextBoolean() ? 5 : 6);
        int distance = random.nextInt(Math.min(left, 4) + 1);
        if (random.nextBoolean()) {
            put(code, opcode | 8, random.nextInt(10), random.nextInt(10), distance, 0);
        } else {
            put(code, opcode, random.nextInt(10), 0, distance, (int) value());
        }
    }

    private void arithmetic(ByteBuffer code) {
        int operation = OPERATIONS[random.nextInt(OPERATIONS.length)];
        boolean wide = random.nextBoolean();
        boolean register = random.nextBoolean();
        int opcode = operation << 4 | (wide ? 7 : 4);
        int dst = random.nextInt(10);
        int src = random.nextInt(10);
        switch (operation) {
            case 0x3, 0x9 -> {
                int signed = random.nextInt(2);
                int imm = (int) value();
                put(code, register ? opcode | 8 : opcode, dst, register ? src : 0, signed, register ? 0 : imm == 0 ? 3 : imm);
            }
            case 0x6, 0x7, 0xc -> put(code, register ? opcode | 8 : opcode, dst, register ? src : 0, 0, register ? 0
                    : random.nextInt(wide ? 64 : 32));
            case 0x8 -> put(code, opcode, dst, 0, 0, 0);
            case 0xb -> {
                int[] widths = wide ? new int[] {0, 8, 16, 32} : new int[] {0, 8, 16};
                put(code, register ? opcode | 8 : opcode, dst, register ? src : 0, register ? widths[random.nextInt(widths.length)] : 0,
                        register ? 0
                                : (int) value());
            }
            case 0xd -> put(code, !wide && register ? opcode | 8 : opcode, dst, 0, 0, 16 << random.nextInt(3));
            default -> put(code, register ? opcode | 8 : opcode, dst, register ? src : 0, 0, register ? 0 : (int) value());
        }
    }

    private static void put(ByteBuffer code, int opcode, int dst, int src, int offset, int imm) {
        boolean little = code.order() == ByteOrder.LITTLE_ENDIAN;
        code.put((byte) opcode).put((byte) (little ? src << 4 | dst : dst << 4 | src)).putShort((short) offset).putInt(imm);
    }
}
