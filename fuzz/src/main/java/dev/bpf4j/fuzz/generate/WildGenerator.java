// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

/**
 * Programs that nobody wrote: random bytes; words with an opcode of the table and random fields; and well-formed programs of which some bits are
 * something else, reserved fields among them. Most are rejected; whether they are, and what those that are not do, engines must agree on. Not
 * thread-safe.
 */
public final class WildGenerator implements ProgramSource {
    /** The name on the command line. */
    public static final String NAME = "wild";
    private static final int MOST_SLOTS = 24;
    private static final int OPCODE_BITS = 0xff;

    private final ProgramGenerator whole = new ProgramGenerator(Profile.MIXED.withItems(12));
    private final Rows rows = Rows.BPF;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Profile profile() {
        return whole.profile();
    }

    @Override
    public void generate(Entropy entropy, GeneratedProgram program) {
        int kind = entropy.u8();
        whole.generate(entropy, program);
        if (kind < 32) {
            words(entropy, program, false);
        } else if (kind < 96) {
            words(entropy, program, true);
        } else {
            damaged(entropy, program);
        }
        program.decode();
    }

    /** Random words, with or without opcodes of the table, and an exit behind them. */
    private void words(Entropy entropy, GeneratedProgram program, boolean opcodes) {
        int slots = 1 + entropy.below(MOST_SLOTS);
        program.truncate(0);
        for (int i = 0; i < slots; i++) {
            long word = entropy.s64();
            if (opcodes) {
                Row row = rows.row(entropy.below(rows.count()));
                word = entropy.chance(200) ? shaped(row, word) : word & ~OPCODE_BITS | row.base & OPCODE_BITS;
            }
            program.add(word, -1);
        }
        program.add(rows.exit.base, -1);
    }

    /** The row with any registers and small distances, its fixed fields as they should be. */
    private static long shaped(Row row, long random) {
        long registers = (row.dstRegister ? (random >>> 8 & 0xf) % 11 << 8 : 0) | (row.srcRegister ? (random >>> 12 & 0xf) % 11 << 12 : 0);
        long off = row.sort == Row.Sort.BRANCH ? (random >>> 16 & 7) << 16 : 0;
        return row.base | registers | off | (row.immediate ? random & ~0xffff_ffffL : 0);
    }

    /** A few fields of a program with another value. */
    private static void damaged(Entropy entropy, GeneratedProgram program) {
        int faults = 1 + entropy.below(3);
        for (int i = 0; i < faults; i++) {
            int slot = entropy.below(Math.min(program.slots(), 1 << 16));
            long word = program.word(slot);
            long changed = switch (entropy.below(7)) {
                case 0 -> word ^ 1L << entropy.below(64);
                case 1 -> word & ~0xffL | entropy.u8();
                case 2 -> word & ~0xf00L | (long) entropy.below(16) << 8;
                case 3 -> word & ~0xf000L | (long) entropy.below(16) << 12;
                case 4 -> word & ~0xffff_0000L | (Constants.offset(entropy) & 0xffffL) << 16;
                case 5 -> word & 0xffff_ffffL | (long) Constants.immediate(entropy) << 32;
                default -> program.word(entropy.below(Math.min(program.slots(), 1 << 16)));
            };
            program.word(slot, changed);
        }
        if (entropy.chance(24)) {
            program.truncate(1 + entropy.below(Math.min(program.slots(), 1 << 16)));
        }
    }
}
