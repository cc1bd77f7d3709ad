// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.fusion;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.fusion.Pattern.Constant;
import dev.bpf4j.isa.fusion.Pattern.ConstantKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a pattern's operands lie in its 64-bit word. Bits 4 to 11 hold the case; registers and hints take 4 bits each, constants 6, 16 or 32.
 *
 * <p>
 * A register that is both read and written by the pattern in one letter still has two places if its first value and its last one can differ:
 * it does not; a letter has one place. Invariant: places never overlap, and every operand of the pattern has exactly one.
 *
 * @param registers bit position of each letter's register number
 * @param hints     bit position of each memory access's region, by part; empty if the policy needs none
 * @param constants place of each constant
 */
public record Layout(Map<Character, Integer> registers, Map<Integer, Integer> hints, Map<Constant, Place> constants) {
    /** First bit of the case number. */
    public static final int CASE_SHIFT = 4;
    /** Bits of the case number. */
    public static final int CASE_BITS = 8;
    /** First bit of a rare case's number, in the place of register fields that a single instruction does not need. */
    public static final int RARE_SHIFT = 16;
    /** Bits of a rare case's number. */
    public static final int RARE_BITS = 8;

    /** A constant's place: a field of the word. For a wide constant, it holds the index of the word that is the constant. */
    public record Place(int position, int width) {}

    /**
     * Lays a pattern out; empty if one word has no room for it.
     *
     * @param hinted whether memory accesses carry the region that they hit
     * @param rare   whether the word also holds the number of a rare case
     */
    public static Optional<Layout> of(Pattern pattern, boolean hinted, boolean rare) {
        return new Packer(pattern, hinted, rare).pack();
    }

    /** Whether a constant fits into its place. */
    public static boolean fits(Constant constant, Place place, long value) {
        return switch (constant.kind()) {
            case COUNT -> true;
            case TARGET, WIDE -> value >= 0 && value >>> Math.min(place.width(), 31) == 0;
            case IMMEDIATE, OFFSET -> place.width() >= 32 || Bits.fitsSigned(value, place.width());
        };
    }

    /** The word's bits for a value in a place. */
    public static long place(Place place, long value) {
        return Bits.lo(value, place.width()) << place.position();
    }

    /** Fills a word: big things first, into the places where they are cheap to take out again. */
    private static final class Packer {
        private final Pattern pattern;
        private final boolean hinted;
        private final Map<Character, Integer> registers = new LinkedHashMap<>();
        private final Map<Integer, Integer> hints = new LinkedHashMap<>();
        private final Map<Constant, Place> constants = new LinkedHashMap<>();
        /** Free 4-bit fields: bits 0, 12, 16, 20, 24, 28, then those of the high half. */
        private final Set<Integer> free = new LinkedHashSet<>(List.of(0, 28, 12, 16, 20, 24, 32, 36, 40, 44, 48, 52, 56, 60));

        Packer(Pattern pattern, boolean hinted, boolean rare) {
            this.pattern = pattern;
            this.hinted = hinted;
            for (int bit = RARE_SHIFT; rare && bit < RARE_SHIFT + RARE_BITS; bit += 4) {
                free.remove(bit);
            }
        }

        Optional<Layout> pack() {
            List<Constant> wide = new ArrayList<>();
            List<Constant> counts = new ArrayList<>();
            for (Constant constant : pattern.constants()) {
                switch (constant.kind()) {
                    case COUNT -> counts.add(constant);
                    case WIDE, IMMEDIATE, OFFSET, TARGET -> wide.add(constant);
                }
            }
            if (!placeWide(wide)) {
                return Optional.empty();
            }
            for (char letter : pattern.letters()) {
                if (free.isEmpty()) {
                    return Optional.empty();
                }
                registers.put(letter, takeField());
            }
            for (int access : hinted ? pattern.accesses() : List.<Integer>of()) {
                if (free.isEmpty()) {
                    return Optional.empty();
                }
                hints.put(access, takeField());
            }
            for (Constant count : counts) {
                if (!placeCount(count)) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Layout(unmodifiable(registers), unmodifiable(hints), unmodifiable(constants)));
        }

        /** Unlike {@link Map#copyOf}, fast to go through, and always in the same order. */
        private static <K, V> Map<K, V> unmodifiable(Map<K, V> map) {
            return Collections.unmodifiableMap(map);
        }

        /** One constant gets the high half; two share it with 16 bits each, unless one needs all of it; a third takes bits 16 to 31. */
        private boolean placeWide(List<Constant> wide) {
            if (wide.size() == 1) {
                return take(wide.getFirst(), 32, 32);
            }
            int needed = pattern.letters().size() + (hinted ? pattern.accesses().size() : 0);
            if (wide.size() == 2 && needed <= 2 && free.contains(RARE_SHIFT)) {
                Constant first = wide.getFirst();
                boolean firstIsLarge = large(first) || !large(wide.get(1));
                return take(wide.get(firstIsLarge ? 0 : 1), 32, 32) && take(wide.get(firstIsLarge ? 1 : 0), 16, 16);
            }
            int[] positions = {48, 32, 16};
            for (int i = 0; i < wide.size(); i++) {
                if (i == positions.length || !take(wide.get(i), positions[i], 16)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean large(Constant constant) {
            return constant.kind() == ConstantKind.IMMEDIATE || constant.kind() == ConstantKind.WIDE;
        }

        private int takeField() {
            int field = free.iterator().next();
            free.remove(field);
            return field;
        }

        private boolean placeCount(Constant count) {
            for (int position : List.copyOf(free)) {
                if (position != 28 && position != 60 && position != 0 && free.contains(position + 4)) {
                    free.remove(position);
                    free.remove(position + 4);
                    constants.put(count, new Place(position, 6));
                    return true;
                }
            }
            return false;
        }

        private boolean take(Constant constant, int position, int width) {
            for (int bit = position; bit < position + width; bit += 4) {
                if (!free.remove(bit)) {
                    return false;
                }
            }
            constants.put(constant, new Place(position, width));
            return true;
        }
    }
}
