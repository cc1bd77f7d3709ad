// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import java.util.SplittableRandom;

/**
 * Random programs that are a loop over memory: up and down, by steps of all sizes, with pointers and indexes of 64 and 32 bits, near the ends of
 * regions and of the address space, copies that overlap, branches and ways out inside, all comparisons as the condition.
 */
final class CountedLoops {
    private static final int[] STEPS = {1, 1, 2, 4, 8, 8, 16, 3, 7, 12, -1, -2, -4, -8, -3};
    private static final String[] CONDITIONS = {"<", "<", "<=", ">", ">=", "s<", "s<=", "s>", "s>=", "!=", "!=", "=="};
    private static final int MOST_ITEMS = 3;

    private final SplittableRandom random;
    private final int memory;
    private final StringBuilder text = new StringBuilder();
    private int step;
    private String index = "";

    private CountedLoops(SplittableRandom random, int memory) {
        this.random = random;
        this.memory = memory;
    }

    /** A program over a raw memory of so many bytes. */
    static String program(SplittableRandom random, int memory) {
        CountedLoops loops = new CountedLoops(random, memory);
        loops.write();
        return loops.text.toString();
    }

    private int pick(int... values) {
        return values[random.nextInt(values.length)];
    }

    private boolean chance(int of) {
        return random.nextInt(of) == 0;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void write() {
        boolean plain = chance(3);
        step = plain ? pick(1, 1, 2, 4, 8, 8) : STEPS[random.nextInt(STEPS.length)];
        index = chance(plain ? 12 : 4) ? "w8" : "r8";
        base("r6");
        base("r7");
        if (plain && chance(2)) {
            line("r7 = r6");
            line("r7 += " + random.nextInt(-12, 40));
        }
        line("r5 = " + random.nextInt(256));
        long range = memory / Math.abs(step) * (long) Math.abs(step);
        long low = chance(6) ? random.nextLong(-40, 40) : 0;
        long high = chance(6) ? random.nextLong(1, 2L * memory) : range - pick(0, 8, 8, 16, 16, 1, -8, 32);
        line(index + " = " + (step > 0 ? low : high));
        line((chance(3) ? "r9 = " : index.charAt(0) + "9 = ") + (step > 0 ? high : low));
        if (chance(8)) {
            line("r8 += " + pick(-1, 0x7fff_fff0, -0x8000_0000));
        }
        boolean mirrored = chance(4);
        if (mirrored) {
            line("r4 = r8");
        }
        line("head:");
        if (plain) {
            copyOrSum(mirrored);
        } else {
            int items = random.nextInt(1, MOST_ITEMS + 1);
            for (int i = 0; i < items; i++) {
                item(mirrored);
            }
        }
        if (chance(3)) {
            line("r6 += " + step);
        }
        line(index + " += " + step);
        if (mirrored) {
            line("r4 = r8");
        }
        latch();
        line("r3 = 0");
        line("out:");
        line("exit");
    }

    /** A pointer to memory, to the stack, or to nothing good. */
    private void base(String register) {
        switch (random.nextInt(8)) {
            case 0, 1 -> {
                line(register + " = r10");
                line(register + " += " + -pick(512, 256, 64, 32, 520));
            }
            case 2 -> {
                line(register + " = r1");
                line(register + " += " + random.nextInt(-9, memory + 9));
            }
            case 3 -> line(register + " = 0x" + Long.toHexString(chance(2) ? random.nextLong() : 0xffff_ffffL - random.nextInt(64))
                    + " ll");
            default -> line(register + " = r1");
        }
    }

    private void latch() {
        String limit = chance(6) ? Integer.toString(random.nextInt(-4, 2 * memory)) : index.charAt(0) + "9";
        String condition = CONDITIONS[random.nextInt(CONDITIONS.length)];
        if (!chance(5)) {
            condition = step > 0 ? pick(0, 1) == 0 ? "<" : "!=" : "s>";
        }
        String compared = index;
        switch (random.nextInt(8)) {
            case 0 -> {
                line("r3 = r8");
                line("r3 += " + pick(8, 72, -1, step));
                compared = index.charAt(0) + "3";
            }
            case 1 -> {
                line("if " + compared + " == " + limit + " goto out");
                line("goto head");
                return;
            }
            default -> {
                // the index itself
            }
        }
        line("if " + compared + " " + condition + " " + limit + " goto head");
    }

    private int size() {
        return pick(8, 16, 32, 64);
    }

    private int offset() {
        return chance(5) ? random.nextInt(-9, 17) : 0;
    }

    private String access(int size, String base) {
        int offset = offset();
        return "*(u" + size + " *)(" + base + (offset < 0 ? " - " : " + ") + Math.abs(offset) + ")";
    }

    private void address(String target, String base, boolean mirrored) {
        line(target + " = " + base);
        line(target + " += " + (mirrored && chance(2) ? "r4" : "r8"));
    }

    /** What can be done for many rounds at once: elements that follow each other are copied, perhaps onto themselves, or added up. */
    private void copyOrSum(boolean mirrored) {
        int size = 8 * step;
        int offset = offset();
        String at = (offset < 0 ? " - " : " + ") + Math.abs(offset) + ")";
        address("r3", "r6", mirrored);
        if (chance(2)) {
            line("r2 = *(u" + size + " *)(r3" + at);
            address("r3", "r7", mirrored);
            line("*(u" + size + " *)(r3" + at + " = r2");
        } else if (chance(2)) {
            line("r3 = *(u" + size + " *)(r3" + at);
            line("r0 += r3");
        } else {
            line("r3 = *(u" + size + " *)(r3" + at);
            line("r3 += r0");
            line("r0 = r3");
        }
    }

    private void item(boolean mirrored) {
        int size = size();
        switch (random.nextInt(11)) {
            case 0, 1 -> {
                address("r3", "r6", mirrored);
                line("r3 = " + access(size, "r3"));
                line(chance(2) ? "r0 += r3" : "r0 ^= r3");
            }
            case 2 -> {
                line("r3 = " + access(size, "r6"));
                line("r0 += r3");
            }
            case 3, 4, 5 -> {
                address("r3", "r6", mirrored);
                line("r2 = " + access(size, "r3"));
                address("r3", "r7", mirrored);
                line(access(size, "r3") + " = r2");
            }
            case 6 -> {
                address("r3", "r7", mirrored);
                line(access(size, "r3") + " = " + (chance(2) ? "r0" : "r5"));
            }
            case 7 -> {
                line("if r0 & " + pick(1, 2, 4) + " goto +" + 3);
                address("r3", "r6", mirrored);
                line("r0 = " + access(size, "r3"));
            }
            case 8 -> {
                address("r3", "r6", mirrored);
                line("r3 = " + access(8, "r3"));
                line("if r3 == r5 goto out");
            }
            case 9 -> {
                line(chance(2) ? "r0 /= 3" : "r0 %= r5");
                line("*(u64 *)(r10 - 8) = r0");
            }
            default -> {
                line("w3 = w8");
                line("w3 <<= " + random.nextInt(4));
                line("r3 += r6");
                line("r3 = " + access(size, "r3"));
                line("r0 += r3");
            }
        }
    }
}
