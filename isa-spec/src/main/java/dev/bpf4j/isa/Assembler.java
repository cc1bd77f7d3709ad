// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.nio.ByteOrder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Assembles programs from text, by matching each line against the table's {@link Syntax}; nothing in here knows an instruction. Immutable and
 * thread-safe.
 *
 * <p>
 * Two dialects: that of LLVM and the kernel ({@code r0 += r1}), and that of the public conformance suite ({@code add %r0, %r1}). A line holds
 * one instruction; {@code name:} in front of it or alone defines a label; {@code ;}, {@code #} and {@code //} start a comment. Listings of the
 * kernel, bpftool and llvm-objdump are read as they are, with their numbers, opcodes and bytes in front.
 */
public final class Assembler {
    /** Most things that an error lists as expected. */
    private static final int SHOWN = 8;
    private static final Comparator<String> OPERANDS_FIRST = Comparator.comparing((String expected) -> expected.startsWith("'"))
            .thenComparing(Comparator.naturalOrder());

    private final Isa isa;
    private final Map<Dialect, Map<String, List<AsmForm>>> index = new EnumMap<>(Dialect.class);

    /** What comes of a line's tokens. */
    sealed interface Match {}

    /** An instruction, perhaps with a value that does not fit. */
    record Matched(AsmMatcher matcher) implements Match {}

    /**
     * No instruction.
     *
     * @param reached index of the token up to which the line was understood
     * @param reason  what should have stood there
     */
    record Unmatched(int reached, String reason) implements Match {}

    /** How programs are written. */
    public enum Dialect {
        /** {@code r0 += r1}, {@code if r1 > 5 goto +3}. */
        LLVM,
        /** {@code add %r0, %r1}, {@code jgt %r1, 5, +3}. */
        CONFORMANCE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** How an instruction is written in this dialect; empty if it cannot be. */
        List<Syntax> forms(Instruction instruction) {
            return switch (this) {
                case LLVM -> instruction.syntaxes();
                case CONFORMANCE -> instruction.conformanceSyntaxes();
            };
        }

        /** What stands in front of a 64-bit register's number. */
        String registerPrefix() {
            return switch (this) {
                case LLVM -> "r";
                case CONFORMANCE -> "%r";
            };
        }

        /** The last register that can be written; the suite's negative tests go beyond those that exist. */
        int lastRegister() {
            return switch (this) {
                case LLVM -> 10;
                case CONFORMANCE -> 15;
            };
        }
    }

    /** An assembler for an instruction set. */
    public Assembler(Isa isa) {
        this.isa = isa;
        for (Dialect dialect : Dialect.values()) {
            Map<String, List<AsmForm>> forms = new HashMap<>();
            for (Instruction instruction : isa.instructions()) {
                for (Syntax syntax : dialect.forms(instruction)) {
                    AsmForm form = new AsmForm(instruction, syntax);
                    forms.computeIfAbsent(form.key(), key -> new ArrayList<>()).add(form);
                }
            }
            index.put(dialect, forms);
        }
    }

    /** The instruction set that this assembler writes. */
    public Isa isa() {
        return isa;
    }

    /** Assembles a text in the dialect of LLVM; see {@link #assemble(String, String, ByteOrder, Dialect)}. */
    public byte[] assemble(String name, String text, ByteOrder order) {
        return assemble(name, text, order, Dialect.LLVM);
    }

    /**
     * Assembles a text.
     *
     * @param name for error messages
     * @param text lines as described above
     * @throws SourceException at the first line that is no instruction, with the place
     */
    public byte[] assemble(String name, String text, ByteOrder order, Dialect dialect) {
        List<Insn> insns = parse(name, text, dialect);
        ByteBuffer bytes = ByteBuffer.allocate(insns.stream().mapToInt(Insn::slots).sum() * 8);
        insns.forEach(insn -> bytes.put(Encoding.encode(insn, order)));
        return bytes.array();
    }

    /** The instructions of a text; see {@link #assemble(String, String, ByteOrder, Dialect)}. */
    public List<Insn> parse(String name, String text, Dialect dialect) {
        return new AsmSource(this, name, dialect).parse(text);
    }

    /**
     * Matches one line's tokens; of several forms that fit, the first one of the table counts.
     *
     * @param tokens at least one
     * @param listed what a listing says besides
     */
    Match match(List<AsmToken> tokens, Dialect dialect, AsmListed listed) {
        int reached = 0;
        Set<String> expected = new TreeSet<>(OPERANDS_FIRST);
        Instruction other = null;
        for (AsmForm form : forms(tokens, dialect)) {
            AsmMatcher matcher = new AsmMatcher(form, tokens, dialect);
            if (matcher.matches()) {
                if (listed.agrees(matcher)) {
                    return new Matched(matcher);
                }
                other = other == null ? form.instruction() : other;
            } else if (matcher.reached() >= reached) {
                if (matcher.reached() > reached) {
                    expected.clear();
                }
                reached = matcher.reached();
                expected.add(matcher.expected());
            }
        }
        if (other != null) {
            return new Unmatched(0, "this is " + other.name() + ", but the listing says " + listed);
        }
        return new Unmatched(reached, reason(tokens, dialect, reached, expected));
    }

    private List<AsmForm> forms(List<AsmToken> tokens, Dialect dialect) {
        return index.getOrDefault(dialect, Map.of()).getOrDefault(AsmForm.key(tokens.getFirst()), List.of());
    }

    private String reason(List<AsmToken> tokens, Dialect dialect, int reached, Set<String> expected) {
        String found = reached < tokens.size() ? "found '" + tokens.get(reached).text() + "'" : "the line ends";
        if (!expected.isEmpty()) {
            List<String> some = List.copyOf(expected).subList(0, Math.min(expected.size(), SHOWN));
            return "expected " + String.join(" or ", some) + (some.size() < expected.size() ? " or others" : "") + ", but " + found;
        }
        for (Dialect other : Dialect.values()) {
            if (!forms(tokens, other).isEmpty()) {
                return "no instruction starts with '" + tokens.getFirst().text() + "' in the dialect " + dialect
                        + "; one does in the dialect "
                        + other;
            }
        }
        return "no instruction starts with '" + tokens.getFirst().text() + "'";
    }
}
