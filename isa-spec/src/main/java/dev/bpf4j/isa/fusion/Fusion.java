// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.fusion;

import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.fusion.Pattern.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The patterns that the interpreter knows, from the resource {@code fusion.txt}: one on a line, {@code //} starts a comment, {@code sandbox:}
 * and {@code strict:} limit a line to the loops of that policy. Each pattern that has room in a word gets a case number, from 1; 0 is left for
 * words that the driver does.
 *
 * <p>
 * Behind the cases of the loop come the <em>rare</em> ones: every instruction that a loop could execute but has no room for, as a case of a
 * method that the loop calls. Their word has the case number {@link #RARE} and the rare case's own number in {@link Layout#RARE_SHIFT}.
 */
public final class Fusion {
    private static final String RESOURCE = "/fusion.txt";

    /** The case number of words whose case is a rare one. */
    public static final int RARE = (1 << Layout.CASE_BITS) - 1;

    private final List<Case> cases;
    private final List<Case> rare;
    private final Map<Instruction, List<Case>> byFirst = new HashMap<>();

    /**
     * A pattern with its number and its word.
     *
     * @param number from 1 for the loop's cases; from 0 for the rare ones
     */
    public record Case(int number, boolean rare, Pattern pattern, Layout layout) {
        /** The bits of the word that select the case. */
        public long selector() {
            return rare ? (long) RARE << Layout.CASE_SHIFT | (long) number << Layout.RARE_SHIFT : (long) number << Layout.CASE_SHIFT;
        }
    }

    private Fusion(Isa isa, List<Case> cases, boolean hinted) {
        this.cases = cases;
        this.rare = rare(isa, cases, hinted);
        Stream.concat(cases.stream(), rare.stream()).forEach(fused -> byFirst.computeIfAbsent(fused.pattern().parts().getFirst()
                .instruction(), key -> new ArrayList<>()).add(fused));
    }

    /** The built-in list, for loops with or without region hints. */
    public static Fusion of(Isa isa, boolean hinted) {
        try (InputStream stream = Fusion.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException("the fusion list is missing in the jar");
            }
            return read(isa, new String(stream.readAllBytes(), StandardCharsets.UTF_8), hinted);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a list.
     *
     * @throws IllegalArgumentException if a line is no pattern; names the line
     */
    public static Fusion read(Isa isa, String text, boolean hinted) {
        List<Case> cases = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            int comment = line.indexOf("//");
            String item = (comment < 0 ? line : line.substring(0, comment)).trim();
            if (item.isEmpty()) {
                continue;
            }
            for (boolean strict : new boolean[] {false, true}) {
                String policy = strict ? "strict:" : "sandbox:";
                if (item.startsWith(policy)) {
                    item = strict == hinted ? item.substring(policy.length()).trim() : "";
                }
            }
            if (item.isEmpty()) {
                continue;
            }
            try {
                Pattern pattern = Pattern.parse(isa, item);
                Optional<Layout> layout = Layout.of(pattern, hinted, false);
                layout.ifPresent(place -> cases.add(new Case(cases.size() + 1, false, pattern, place)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("fusion list, line " + number + ": " + e.getMessage(), e);
            }
        }
        if (cases.size() >= RARE) {
            throw new IllegalArgumentException("a word has room for " + (RARE - 1) + " cases, the list has " + cases.size());
        }
        return new Fusion(isa, List.copyOf(cases), hinted);
    }

    /** Every pattern of one instruction that a loop could execute and the list does not have. */
    private static List<Case> rare(Isa isa, List<Case> listed, boolean hinted) {
        Set<String> have = new HashSet<>();
        listed.forEach(fused -> have.add(describe(fused.pattern())));
        List<Case> rare = new ArrayList<>();
        for (Instruction instruction : isa.instructions()) {
            for (Pattern pattern : Pattern.singles(instruction)) {
                Optional<Layout> layout = Layout.of(pattern, hinted, true);
                if (layout.isPresent() && have.add(describe(pattern))) {
                    rare.add(new Case(rare.size(), true, pattern, layout.get()));
                }
            }
        }
        return List.copyOf(rare);
    }

    /** The rare cases; the number is the position. */
    public List<Case> rare() {
        return rare;
    }

    /** All cases; the number is the position plus 1. */
    public List<Case> cases() {
        return cases;
    }

    /** The cases whose pattern starts with an instruction. */
    public List<Case> startingWith(Instruction instruction) {
        return byFirst.getOrDefault(instruction, List.of());
    }

    /** A pattern in its text form. */
    public static String describe(Pattern pattern) {
        return pattern.parts().stream().map(Part::toString).collect(Collectors.joining(" ; "));
    }
}
