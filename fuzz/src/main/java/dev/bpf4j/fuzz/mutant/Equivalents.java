// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.mutant;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Mutants that mean the same as the row, so that nothing can kill them, each with the reason. */
public final class Equivalents {
    private static final Map<Pattern, String> REASONS = new LinkedHashMap<>();

    static {
        add("(lsh|rsh|arsh)64_imm extension 0", "the count is taken modulo 64, which copies of the sign do not change");
        add("(lsh|rsh|arsh)64_(imm|reg) no_mask 0", "the evaluator's operators take 64-bit counts modulo 64 themselves");
        add("(lsh|rsh|arsh)32_reg width 1", "the count is taken modulo 32; its upper half does not matter");
        add("jset(32|64)_(imm|reg) condition 2", "unsigned, greater than 0 is not equal to 0");
        add("cast_user operator 5", "no bit is set in both halves of an arena address");
    }

    private Equivalents() {
    }

    private static void add(String name, String reason) {
        REASONS.put(Pattern.compile(name), reason);
    }

    /** Why nothing can kill a mutant; empty if something must. */
    public static Optional<String> reason(Mutant mutant) {
        return REASONS.entrySet().stream().filter(entry -> entry.getKey().matcher(mutant.name()).matches()).map(Map.Entry::getValue)
                .findFirst();
    }
}
