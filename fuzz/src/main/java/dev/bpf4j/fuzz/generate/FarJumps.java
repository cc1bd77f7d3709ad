// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

/**
 * Jumps over so many instructions that the distance, in eBPF or in somebody's machine code, is at the limit of a form: bytes of x86-64 (8 and 32
 * bits), ARM64's 14 and 19 bits of words, eBPF's own 16 bits.
 */
final class FarJumps {
    /** Slots of padding; those of the second row are rare, since they are slow. */
    private static final int[] DISTANCES = {0, 1, 2, 13, 14, 15, 16, 17, 18, 19, 20, 25, 26, 30, 31, 32, 33, 40, 42, 63, 64, 126, 127, 128,
        129,
        254, 255, 256, 257, 510, 511, 512, 513, 1022, 1024};
    private static final int[] LONG_DISTANCES = {2040, 2047, 2048, 4090, 4096, 8180, 8190, 8192, 16_384, 32_764, 32_765, 32_766, 33_000};
    /** The largest distance that 16 bits hold. */
    private static final int MOST = 32_767;
    private static final int LONG_CHANCE = 4;

    private final Writer writer;

    FarJumps(Writer writer) {
        this.writer = writer;
    }

    /** A jump forward over padding, or a loop around it. Where the distance does not fit, the condition jumps around a long jump. */
    void jump(Row condition, int dst, int src, int depth) {
        Entropy entropy = writer.entropy();
        int distance = depth == 0 && entropy.chance(LONG_CHANCE) ? LONG_DISTANCES[entropy.below(LONG_DISTANCES.length)]
                : DISTANCES[entropy.below(DISTANCES.length)];
        int imm = condition.immediate ? Constants.immediate(entropy) : 0;
        writer.save(depth);
        if (distance < 1500 && entropy.chance(96)) {
            back(distance);
        } else if (distance > MOST || entropy.chance(64)) {
            writer.write(condition, dst, src, 1, imm);
            int slot = writer.write(writer.rows().jumpLong, 0, 0, 0, 0);
            pad(distance);
            writer.program().patchImm(slot, writer.slots() - slot - 1);
        } else {
            int slot = writer.write(condition, dst, src, 0, imm);
            pad(Math.min(distance, MOST));
            writer.program().patchOff(slot, writer.slots() - slot - 1);
        }
        writer.merge(depth);
    }

    /** Two rounds over padding, with a counter that the padding leaves alone. */
    private void back(int distance) {
        int counter = 6 + writer.entropy().below(4);
        if (writer.reserved(counter)) {
            return;
        }
        writer.set(counter, 2);
        writer.reserve(counter);
        int top = writer.slots();
        pad(distance);
        writer.compute(writer.rows().add64Constant, counter, 0, -1);
        Row again = branchUnlessZero();
        int slot = writer.write(again, counter, 0, 0, 0);
        writer.program().patchOff(slot, top - slot - 1);
        writer.release(counter);
    }

    private Row branchUnlessZero() {
        for (Row row : writer.rows().of(Row.Sort.BRANCH)) {
            if (row.immediate && row.instruction.name().startsWith("jne")) {
                return row;
            }
        }
        throw new IllegalStateException("the table has no jump if not equal");
    }

    /** So many slots that compute; they do not count as statements. */
    private void pad(int slots) {
        int remaining = writer.remaining();
        int register = writer.writable();
        int other = writer.writable();
        for (int i = 0; i < slots; i++) {
            if ((i & 3) == 3) {
                writer.compute(writer.rows().add64, register, other, 0);
            } else {
                writer.compute(writer.rows().add64Constant, register, 0, i);
            }
        }
        writer.remaining(remaining);
    }
}
