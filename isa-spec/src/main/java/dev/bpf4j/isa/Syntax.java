// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Instruction.FieldName;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * How an instruction is written: literal tokens and operands in order. The assembler matches a line against it, the disassembler fills it in;
 * there is no code per instruction in either.
 *
 * @param parts the pieces in order; empty if this dialect has no way to write the instruction
 */
public record Syntax(List<Part> parts) {
    /** A dialect without a form for the instruction. */
    public static final Syntax NONE = new Syntax(List.of());

    /** A piece of an instruction's text. */
    public sealed interface Part {}

    /** Characters that stand as they are; blanks around them do not matter when reading. */
    public record Literal(String text) implements Part {}

    /**
     * A field's value.
     *
     * @param kind how it is written
     */
    public record Slot(SlotKind kind) implements Part {}

    /** How a field is written; the name in lower case is what a table writes between braces. */
    public enum SlotKind {
        /** {@code r3}, from the dst field. */
        DST,
        /** {@code r3}, from the src field. */
        SRC,
        /** {@code w3}: the low half of the dst register. */
        WDST,
        /** {@code w3}: the low half of the src register. */
        WSRC,
        /** The immediate, signed decimal or hexadecimal. */
        IMM,
        /** The immediate as an unsigned number. */
        UIMM,
        /** {@code + 8} or {@code - 8}: a displacement. */
        OFF,
        /** {@code +3} or {@code -3} or a label: a distance in slots from the off field. */
        TARGET,
        /** The same from the imm field. */
        ITARGET,
        /** The 64-bit constant of a wide load. */
        WIDE,
        /** The second immediate of a wide load. */
        NEXT,
        /** A name that is read over: the {@code foo} in {@code call foo#7}. Never written. */
        WORD;

        /** The fields that it shows, in full. */
        Set<FieldName> fields() {
            return switch (this) {
                case DST, WDST -> EnumSet.of(FieldName.DST);
                case SRC, WSRC -> EnumSet.of(FieldName.SRC);
                case IMM, UIMM, ITARGET -> EnumSet.of(FieldName.IMM);
                case OFF, TARGET -> EnumSet.of(FieldName.OFF);
                case WIDE -> EnumSet.of(FieldName.IMM, FieldName.NEXT);
                case NEXT -> EnumSet.of(FieldName.NEXT);
                case WORD -> EnumSet.noneOf(FieldName.class);
            };
        }
    }

    /** Copies the list. */
    public Syntax { parts = List.copyOf(parts); }

    /** The fields that the text shows. */
    public Set<FieldName> fields() {
        Set<FieldName> fields = EnumSet.noneOf(FieldName.class);
        for (Part part : parts) {
            if (part instanceof Slot(SlotKind kind)) {
                fields.addAll(kind.fields());
            }
        }
        return fields;
    }

    /** Whether the dialect can write the instruction. */
    public boolean exists() {
        return !parts.isEmpty();
    }
}
