// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Values at which implementations go wrong: limits of every width and their neighbours, with every kind of dirt in the upper half. */
final class Constants {
    /** Widths in bits whose limits are of interest; 4095 and 4096 are those of ARM64's immediates, 2047 and 2048 those of RISC-V's. */
    private static final int[] WIDTHS = {7, 8, 11, 12, 15, 16, 24, 31, 32, 33, 48, 52, 62, 63};
    private static final long[] DIRT = {0x1L, 0xffff_ffffL, 0x7fff_ffffL, 0x8000_0000L, 0xdead_beefL};

    /** 64-bit values. */
    static final long[] WIDE = wide();
    /** Shift counts. */
    static final int[] SHIFTS = {0, 1, 2, 7, 8, 9, 15, 16, 17, 24, 30, 31, 32, 33, 40, 47, 48, 56, 62, 63, 64, 65, 95, 96, 97, 127, 128,
        255,
        256, -1, -31, -32, -33, -63, -64, Integer.MIN_VALUE, Integer.MAX_VALUE};
    /** 32-bit constants. */
    static final int[] IMMEDIATES = immediates();
    /** Distances around the limits of the address forms of machines. */
    static final int[] OFFSETS = {0, 1, -1, 2, 4, 7, 8, -8, 15, 16, 31, 32, 63, 64, 127, -127, 128, -128, -129, 255, -255, 256, -256, -257,
        504,
        512, -512, 1023, 1024, 2047, 2048, -2048, -2049, 4095, -4095, 4096, -4096, 16380, 32760, 32767, -32767, -32768};
    /** Pairs: first operand, second operand. */
    static final long[] PAIRS = pairs();

    private Constants() {
    }

    private static long[] wide() {
        Set<Long> values = new LinkedHashSet<>(List.of(0L, 1L, -1L, 2L, -2L, 3L, 5L, 10L, 100L, 0x5555_5555_5555_5555L,
                0xaaaa_aaaa_aaaa_aaaaL, 0x0123_4567_89ab_cdefL, 0x8080_8080_8080_8080L, 0x00ff_00ff_00ff_00ffL, 0xf000_0000_0000_000fL));
        for (int width : WIDTHS) {
            long limit = 1L << width;
            values.addAll(List.of(limit, limit - 1, limit + 1, -limit, -limit - 1, 1 - limit));
        }
        values.addAll(List.of(Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE, Long.MAX_VALUE - 1));
        for (long low : new ArrayList<>(values)) {
            if (low == (low & 0xffff_ffffL)) {
                for (long dirt : DIRT) {
                    values.add(dirt << 32 | low);
                }
            }
        }
        return values.stream().mapToLong(Long::longValue).toArray();
    }

    private static int[] immediates() {
        Set<Integer> values = new LinkedHashSet<>(List.of(0, 1, -1, 2, -2, 3, -3, 10, 0x5555_5555, 0xaaaa_aaaa, 0x1234_5678, 0x00ff_00ff,
                0xffff_ff00, 0x7fff_fffe, 0x8000_0001));
        for (int width : WIDTHS) {
            if (width < 32) {
                int limit = 1 << width;
                values.addAll(List.of(limit, limit - 1, limit + 1, -limit, -limit - 1, 1 - limit));
            }
        }
        for (int shift : SHIFTS) {
            values.add(shift);
        }
        return values.stream().mapToInt(Integer::intValue).toArray();
    }

    private static long[] pairs() {
        List<Long> pairs = new ArrayList<>();
        long[] extremes = {Long.MIN_VALUE, 0x8000_0000L, -0x8000_0000L, 0xffff_ffff_8000_0000L, 0xdead_beef_8000_0000L};
        for (long extreme : extremes) {
            for (long divisor : new long[] {-1, 0xffff_ffffL, 0x1_ffff_ffffL, 0, 0x1_0000_0000L, 1, 2}) {
                pairs.addAll(List.of(extreme, divisor));
            }
        }
        for (long value : new long[] {0, 1, -1, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, Long.MAX_VALUE, Long.MIN_VALUE, 0x1_0000_0000L}) {
            // equal; equal in the low half only; neighbours; the same with another sign
            pairs.addAll(List.of(value, value, value, value ^ 0x5_0000_0000L, value ^ 0x8000_0000_0000_0000L, value, value, value + 1, value
                    + 1, value, value, value - 1, value, -value, value, ~value));
        }
        return pairs.stream().mapToLong(Long::longValue).toArray();
    }

    static long wide(Entropy entropy) {
        int kind = entropy.u8();
        if (kind < 200) {
            return WIDE[entropy.below(WIDE.length)];
        }
        return kind < 232 ? entropy.s64() : (byte) entropy.u8();
    }

    static int immediate(Entropy entropy) {
        int kind = entropy.u8();
        if (kind < 180) {
            return IMMEDIATES[entropy.below(IMMEDIATES.length)];
        }
        return kind < 220 ? (byte) entropy.u8() : entropy.s32();
    }

    static int shift(Entropy entropy) {
        return SHIFTS[entropy.below(SHIFTS.length)];
    }

    static int offset(Entropy entropy) {
        return OFFSETS[entropy.below(OFFSETS.length)];
    }
}
