// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.nio.ByteOrder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assembles programs from text, by matching each line against the table's {@link Syntax}; nothing in here knows an instruction. Immutable and
 * thread-safe.
 *
 * <p>
 * Two dialects: that of LLVM and the kernel ({@code r0 += r1}), and that of the public conformance suite ({@code add %r0, %r1}). A line holds
 * one instruction; {@code name:} in front of it or alone defines a label; {@code ;}, {@code #} and {@code //} start a comment.
 */
public final class Assembler {
    private final Isa isa;
    private final Map<Dialect, Map<String, List<Form>>> index = new EnumMap<>(Dialect.class);

    private record Form(Instruction instruction, Syntax syntax) {}

    /** How programs are written. */
    public enum Dialect {
        /** {@code r0 += r1}, {@code if r1 > 5 goto +3}. */
        LLVM,
        /** {@code add %r0, %r1}, {@code jgt %r1, 5, +3}. */
        CONFORMANCE;

        /** How an instruction is written in this dialect; empty if it cannot be. */
        List<Syntax> forms(Instruction instruction) {
            return switch (this) {
                case LLVM -> instruction.syntax().exists() ? List.of(instruction.syntax()) : List.of();
                case CONFORMANCE -> instruction.conformanceSyntaxes();
            };
        }
    }

    /** An assembler for an instruction set. */
    public Assembler(Isa isa) {
        this.isa = isa;
        for (Dialect dialect : Dialect.values()) {
            Map<String, List<Form>> forms = new HashMap<>();
            for (Instruction instruction : isa.instructions()) {
                for (Syntax syntax : dialect.forms(instruction)) {
                    forms.computeIfAbsent(AsmMatcher.key(syntax), key -> new ArrayList<>()).add(new Form(instruction, syntax));
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

    /** Matches one line's tokens; null if no instruction fits. */
    @Nullable
    AsmMatcher match(List<AsmToken> tokens, Dialect dialect) {
        Map<String, List<Form>> forms = index.getOrDefault(dialect, Map.of());
        for (Form form : forms.getOrDefault(AsmMatcher.key(tokens), List.of())) {
            AsmMatcher matcher = new AsmMatcher(form.instruction(), form.syntax(), tokens);
            if (matcher.matches()) {
                return matcher;
            }
        }
        return null;
    }
}
