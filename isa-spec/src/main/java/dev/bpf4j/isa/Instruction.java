// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instruction of the table: encoding, text, meaning, and where it comes from. Compared by identity; a table has one object per
 * instruction.
 */
public final class Instruction {
    private final int index;
    private final String name;
    private final int opcode;
    private final Operand[] operands = new Operand[FieldName.values().length];
    private final boolean wide;
    private final List<Effect> effects;
    private final List<Syntax> syntaxes;
    private final List<Syntax> conformanceSyntaxes;
    private final Origin origin;

    /** The fields of an encoding. */
    public enum FieldName {
        DST, SRC, OFF, IMM, NEXT
    }

    /** What a field may hold. */
    public enum OperandKind {
        /** Exactly {@link Operand#fixed()}; anything else is a reserved bit set. */
        FIXED,
        /** A register that is only read: r0 to r10. */
        REGISTER_READ,
        /** A register that is written, and perhaps read before: r0 to r9. */
        REGISTER_WRITE,
        /** A signed distance in bytes from a base register. */
        DISPLACEMENT,
        /** A signed distance in slots from the next instruction. */
        TARGET,
        /** Any bits. */
        ANY,
        /** A helper's number. */
        HELPER,
        /** A kernel function's BTF id. */
        KFUNC,
        /** A map's file descriptor or index. */
        MAP,
        /** A platform variable's id. */
        VARIABLE
    }

    /**
     * A field of this instruction.
     *
     * @param kind  what it may hold
     * @param fixed the value if the kind is {@link OperandKind#FIXED}, else 0
     */
    public record Operand(OperandKind kind, int fixed) {
        /** A field that holds one value only. */
        public static Operand fixed(int value) {
            return new Operand(OperandKind.FIXED, value);
        }

        /** A field of a kind that leaves a choice. */
        public static Operand of(OperandKind kind) {
            return new Operand(kind, 0);
        }

        /** Whether the field holds one value only. */
        public boolean isFixed() {
            return kind == OperandKind.FIXED;
        }

        /** Whether the field names a register. */
        public boolean isRegister() {
            return kind == OperandKind.REGISTER_READ || kind == OperandKind.REGISTER_WRITE;
        }
    }

    /**
     * Where an instruction comes from.
     *
     * @param group       its conformance group
     * @param since       the clang {@code -mcpu} or the Linux version since when it exists
     * @param section     where it is defined
     * @param description a sentence for people
     * @param place       its row: file and line
     */
    public record Origin(String group, String since, String section, String description, String place) {}

    /**
     * Made by the table reader.
     *
     * @param operands all fields; with {@link FieldName#NEXT} if it takes two slots
     */
    public Instruction(int index, String name, int opcode, Map<FieldName, Operand> operands, List<Effect> effects,
            List<Syntax> syntaxes, List<Syntax> conformanceSyntaxes, Origin origin) {
        this.index = index;
        this.name = name;
        this.opcode = opcode;
        for (FieldName field : FieldName.values()) {
            this.operands[field.ordinal()] = operands.getOrDefault(field, Operand.fixed(0));
        }
        this.wide = operands.containsKey(FieldName.NEXT);
        this.effects = List.copyOf(effects);
        this.syntaxes = List.copyOf(syntaxes);
        this.conformanceSyntaxes = List.copyOf(conformanceSyntaxes);
        this.origin = origin;
    }

    /** This instruction with another meaning; nothing checks that it fits the fields. */
    public Instruction withEffects(List<Effect> others) {
        Map<FieldName, Operand> fields = new EnumMap<>(FieldName.class);
        for (FieldName field : FieldName.values()) {
            if (field != FieldName.NEXT || wide) {
                fields.put(field, operand(field));
            }
        }
        return new Instruction(index, name, opcode, fields, others, syntaxes, conformanceSyntaxes, origin);
    }

    /** Position in the table, from 0; dense, so that engines can index arrays with it. */
    public int index() {
        return index;
    }

    /** The name: operation, width, form; for instance {@code add32_reg}. Unique in a table. */
    public String name() {
        return name;
    }

    /** The opcode byte. */
    public int opcode() {
        return opcode;
    }

    /** What a field may hold. */
    public Operand operand(FieldName field) {
        return operands[field.ordinal()];
    }

    /** Whether it takes two slots. */
    public boolean wide() {
        return wide;
    }

    /** What it does, in order, for both byte orders; see {@link Effects#specialize}. */
    public List<Effect> effects() {
        return effects;
    }

    /** How it is written like LLVM and the kernel do; see {@code docs/isa}. */
    public Syntax syntax() {
        return syntaxes.isEmpty() ? Syntax.NONE : syntaxes.getFirst();
    }

    /** All ways of LLVM and the kernel to write it that are read; the first one is written. */
    public List<Syntax> syntaxes() {
        return syntaxes;
    }

    /** How the public conformance suite writes it: all forms that are read; the first one is written. Empty if it cannot. */
    public List<Syntax> conformanceSyntaxes() {
        return conformanceSyntaxes;
    }

    /** The conformance group: those of RFC 9669 section 2.4, or {@code callx}, {@code linux}, {@code system}. */
    public String group() {
        return origin.group();
    }

    /** The clang {@code -mcpu} or the Linux version since when it exists. */
    public String since() {
        return origin.since();
    }

    /** Where it is defined: a section of RFC 9669, or a Linux version. */
    public String section() {
        return origin.section();
    }

    /** A sentence for people. */
    public String description() {
        return origin.description();
    }

    /** The row of the table that defines it, as {@code file:line}. */
    public String place() {
        return origin.place();
    }

    /** The field that holds a distance in slots; null if it has none. */
    public @Nullable FieldName targetField() {
        if (operand(FieldName.OFF).kind() == OperandKind.TARGET) {
            return FieldName.OFF;
        }
        return operand(FieldName.IMM).kind() == OperandKind.TARGET ? FieldName.IMM : null;
    }

    @Override
    public String toString() {
        return name;
    }
}
