// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.util.List;

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
        NEXT
    }

    /** Copies the list. */
    public Syntax { parts = List.copyOf(parts); }

    /** Whether the dialect can write the instruction. */
    public boolean exists() {
        return !parts.isEmpty();
    }
}
