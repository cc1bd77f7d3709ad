// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random programs over r0 to r9, stack and scratch memory, of the kind that the verifier accepts by construction: arithmetic, forward jumps, and
 * accesses whose address is computed from a masked register and is gone afterwards. For tests of this module.
 */
final class RandomProgram {
    /** Bytes of the stack that programs read and write, below r10. */
    static final int STACK = 64;
    /** Bytes of the scratch memory that programs read and write. */
    static final int MEMORY = 1024 + 64;

    private static final int[] OPERATIONS = {0x0, 0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0x8, 0x9, 0xa, 0xb, 0xc, 0xd};
    private static final int[] CONDITIONS = {0x1, 0x2, 0x3, 0x4, 0x5, 0x6, 0x7, 0xa, 0xb, 0xc, 0xd};
    private static final int[] ATOMICS = {0x00, 0x01, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe1, 0xf1};
    private static final long[] CORNERS = {0, 1, 2, 7, 8, 31, 32, 33, 63, 64, 127, 128, 255, 256, 0x7fff, 0x8000, 0xffff, 0x7fff_ffffL,
        0x8000_0000L,
        0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2, -128, -32768, -0x8000_0000L};

    private final Random random;
    private final boolean memory;

    /** @param memory whether programs access memory */
    RandomProgram(long seed, boolean memory) {
        this.random = new Random(seed);
        this.memory = memory;
    }

    /** A few instructions that belong together. */
    private static final class Item {
        final ByteBuffer code = ByteBuffer.allocate(8 * 8).order(ByteOrder.nativeOrder());
        /** How many items a jump skips; 0 for all others. */
        int skipped;

        Item put(int opcode, int dst, int src, int offset, int imm) {
            boolean little = code.order() == ByteOrder.LITTLE_ENDIAN;
            code.put((byte) opcode).put((byte) (little ? src << 4 | dst : dst << 4 | src)).putShort((short) offset).putInt(imm);
            return this;
        }
    }

    /** A program of this many items and an exit, in this machine's byte order. */
    byte[] next(int count) {
        List<Item> items = new ArrayList<>();
        int bytes = 8;
        for (int i = 0; i < count; i++) {
            Item item = new Item();
            int left = count - i - 1;
            int kind = random.nextInt(memory ? 12 : 8);
            if (kind == 0 && left > 0) {
                jump(item, left);
            } else if (kind >= 10) {
                access(item);
            } else if (kind >= 8) {
                stack(item);
            } else {
                arithmetic(item);
            }
            items.add(item);
            bytes += item.code.position();
        }
        ByteBuffer code = ByteBuffer.allocate(bytes).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
            Item item = items.get(i);
            int distance = items.subList(i + 1, i + 1 + item.skipped).stream().mapToInt(skipped -> skipped.code.position() / 8).sum();
            if (item.skipped > 0) {
                item.code.putShort(2, (short) distance);
            }
            code.put(item.code.flip());
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

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private void jump(Item item, int left) {
        int opcode = CONDITIONS[random.nextInt(CONDITIONS.length)] << 4 | (random.nextBoolean() ? 5 : 6);
        item.skipped = random.nextInt(Math.min(left, 4) + 1);
        if (random.nextBoolean()) {
            item.put(opcode | 8, random.nextInt(10), random.nextInt(10), 0, 0);
        } else {
            item.put(opcode, random.nextInt(10), 0, 0, (int) value());
        }
    }

    /** A load or store in the stack, aligned. */
    private void stack(Item item) {
        int size = 1 << random.nextInt(4);
        int offset = -size * (1 + random.nextInt(STACK / size));
        plainAccess(item, 10, random.nextInt(10), size, offset);
    }

    /** {@code x &= mask; t = scratch; t += x; access; t = constant}, so that no address is left. */
    private void access(Item item) {
        int index = random.nextInt(10);
        int pointer = (index + 1 + random.nextInt(9)) % 10;
        int value = random.nextInt(10);
        boolean atomic = random.nextBoolean() && value != pointer && pointer != 0;
        item.put(0x57, index, 0, 0, atomic ? 0x3f8 : 0x3ff);
        item.put(0x18, pointer, 2, 0, 0).put(0, 0, 0, 0, KernelRunner.SCRATCH_OFFSET).put(0x0f, pointer, index, 0, 0);
        if (atomic) {
            int offset = 8 * random.nextInt(8);
            boolean ordered = random.nextInt(4) == 0;
            int size = random.nextInt(4) << 3;
            if (ordered && random.nextBoolean()) {
                item.put(0xc3 | size, value, pointer, offset, 0x100);
            } else if (ordered) {
                item.put(0xc3 | size, pointer, value, offset, 0x110);
            } else {
                item.put(random.nextBoolean() ? 0xc3 : 0xdb, pointer, value, offset, ATOMICS[random.nextInt(ATOMICS.length)]);
            }
        } else {
            plainAccess(item, pointer, value == pointer ? index : value, 1 << random.nextInt(4), random.nextInt(56));
        }
        item.put(0xb7, pointer, 0, 0, random.nextInt());
    }

    private void plainAccess(Item item, int pointer, int value, int size, int offset) {
        int sizeBits = switch (size) {
            case 1 -> 0x10;
            case 2 -> 0x08;
            case 4 -> 0x00;
            default -> 0x18;
        };
        switch (random.nextInt(4)) {
            case 0 -> item.put(0x61 | sizeBits, value, pointer, offset, 0);
            case 1 -> item.put((size == 8 ? 0x61 : 0x81) | sizeBits, value, pointer, offset, 0);
            case 2 -> item.put(0x62 | sizeBits, pointer, 0, offset, (int) value());
            default -> item.put(0x63 | sizeBits, pointer, value, offset, 0);
        }
    }

    private void arithmetic(Item item) {
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
                item.put(register ? opcode | 8 : opcode, dst, register ? src : 0, signed, register ? 0 : imm == 0 ? 3 : imm);
            }
            case 0x6, 0x7, 0xc -> item.put(register ? opcode | 8 : opcode, dst, register ? src : 0, 0, register ? 0
                    : random.nextInt(wide ? 64 : 32));
            case 0x8 -> item.put(opcode, dst, 0, 0, 0);
            case 0xb -> {
                int[] widths = wide ? new int[] {0, 8, 16, 32} : new int[] {0, 8, 16};
                item.put(register ? opcode | 8 : opcode, dst, register ? src : 0, register ? widths[random.nextInt(widths.length)] : 0,
                        register ? 0
                                : (int) value());
            }
            case 0xd -> item.put(!wide && register ? opcode | 8 : opcode, dst, 0, 0, 16 << random.nextInt(3));
            default -> item.put(register ? opcode | 8 : opcode, dst, register ? src : 0, 0, register ? 0 : (int) value());
        }
    }
}
