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
        bytecode();
        machineCode();
    }

    private Equivalents() {
    }

    private static void bytecode() {
        String extension = " (ZERO|SIGN) -> (ZERO|SIGN|ANY) ";
        add("Expressions\\.pushLong i2l without the sign 0",
                "what is narrower than 32 bits is extended before, and 32 bits are masked behind it");
        add("Expressions\\.pushInt ZERO -> (SIGN|ANY) 0",
                "of constants only those that are stored are narrower than 32 bits, and a store takes the low bits");
        add("Expressions\\.pushInt ZERO -> (SIGN|ANY) [12]", "no row extends a value to 32 bits with zeros");
        add("Expressions\\.pushInt SIGN -> (ZERO|ANY) 1", "what is extended to 32 bits has nothing above them");
        add("Expressions\\.(pushInt ZERO -> (SIGN|ANY) 3|extend iand -> (ior|pop) 1|extend no ineg 0)",
                "no row uses the truth of a comparison as a number");
        add("Expressions\\.pushInt (SIGN -> ANY 2|ZERO -> (SIGN|ANY) 4)|Expressions\\.intUnary ZERO -> (SIGN|ANY) 0",
                "what has zeros above it is only masked once more");
        add("Expressions\\.intUnary (i2c -> i2s|no i2c) 0", "Character.reverseBytes looks at 16 bits, whatever it is given");
        add("Expressions\\.intBinary" + extension + "0", "no operator computes with less than 32 bits");
        add("Expressions\\.count" + extension + "0", "a count of 32 bits has nothing above them");
        add("Expressions\\.branch .*", "every condition of a row is a comparison");
        add("Expressions\\.compare" + extension + "0", "no comparison is of less than 32 bits");
        add("Memory\\.push" + extension + "0", "a store takes the low bits");
    }

    private static void machineCode() {
        add("Encoder\\.(mov8_.*|test8_ri|push|pop|jmp_m|jmp_rel.*|call_rel32|jcc_rel.*|ret) REX.W 0",
                "the size of the operand is not in the prefix");
        add("Lowering\\.(fetch|store) no jump 0",
                "it is done again only if another processor came between, and what a hunt runs has one lane");
        add("Policies\\.loadBounds no add64_ri 0", "what misses a limit that is too low is searched for");
        add("Policies\\.check (no jump 1|no cmp64_rr 1)|Lowering\\.check (no jump [14]|no mov64_rr 0)",
                "Java is asked where that was not needed, and says the same");
        add("Lowering\\.compare_exchange cmp(32|64)_rr exchanged 0", "equality is symmetrical");
        add("Lowering\\.store no dmb_ish 0", "only another processor sees the order of accesses");
        add("Encoder\\.adr distance 1", "what is taken of the distance there is without its lowest bits");
        add("Encoder\\.movsx64_r8 ah, ch, dh, bh 0", "64 bits have a prefix");
        add("Encoder\\.mov8_mr ah, ch, dh, bh 0", "the base of an access is r15, so that there is a prefix");
        add("(Lowering|Compiler)\\..* mov32_ri -> mov64_ri .*", "numbers of sites are positive");
        add("Encoder\\.movzx32_(r|m)(8|16) REX.W 0", "there are zeros above in either size");
        add(".* test(32|64)_rr exchanged 0|.* xchg(32|64)_rr exchanged [0-9]", "the instruction is symmetrical");
        add(".*(constant|clear|by[A-Za-z]+) xor32_rr exchanged 0|Policies\\.check sub64_rr exchanged 0", "both registers are the same one");
        add("Encoder\\.subs32_ri bit 31 0", "the fuel has zeros above its 32 bits, and borrows from both");
        add("Encoder\\.lsl(32|64)_ri bit 30 0", "a field that ends at the highest bit has no room for copies of its sign");
        add("Encoder\\.rev16_32 bit 31 0", "the low 16 bits are taken behind it");
        add("Encoder\\.(ldr8|ldrs8_32|ldrs8|str8) displacement 0", "an index of bytes is the same scaled");
        add("Encoder\\.ldr32_o bit 30 0", "of the fuel only the low 32 bits are used");
    }

    private static void add(String name, String reason) {
        REASONS.put(Pattern.compile(name), reason);
    }

    /** Why nothing can kill a mutant; empty if something must. */
    public static Optional<String> reason(Seeded mutant) {
        return REASONS.entrySet().stream().filter(entry -> entry.getKey().matcher(mutant.name()).matches()).map(Map.Entry::getValue)
                .findFirst();
    }
}
