// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import dev.bpf4j.isa.Assembler.Dialect;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes instructions as text, by filling in the table's {@link Syntax}. What it writes, the {@link Assembler} reads back as the same instruction. */
public final class Disassembler {
    private Disassembler() {
    }

    /** A line of a listing. */
    public record Line(int slot, String text) {}

    /** An instruction in the dialect of LLVM. */
    public static String print(Insn insn) {
        return print(insn, Dialect.LLVM);
    }

    /** An instruction; empty if the dialect has no form for it. */
    public static String print(Insn insn, Dialect dialect) {
        return print(insn, dialect, null);
    }

    /**
     * An instruction that names its target.
     *
     * @param label stands in place of the distance of a jump, local call or function pointer; null: the distance
     */
    public static String print(Insn insn, Dialect dialect, @Nullable String label) {
        return fill(insn, dialect.forms(insn.instruction()).stream().findFirst().orElse(Syntax.NONE), dialect, label);
    }

    /** A form filled in. */
    static String fill(Insn insn, Syntax syntax, Dialect dialect, @Nullable String label) {
        StringBuilder text = new StringBuilder();
        for (Syntax.Part part : syntax.parts()) {
            text.append(switch (part) {
                case Syntax.Literal(String literal) -> literal;
                case Syntax.Slot(Syntax.SlotKind kind) -> label != null && isTarget(kind) ? label : slot(insn, kind, dialect);
            });
        }
        return text.toString();
    }

    /** A whole program; what does not decode stands as {@code .quad} with the reason, what is left of a slot as {@code .byte}. */
    public static List<Line> list(Decoder decoder, byte[] code, ByteOrder order) {
        List<Line> lines = new ArrayList<>();
        int slots = code.length / 8;
        for (int slot = 0; slot < slots; slot++) {
            switch (decoder.decode(code, slot, order)) {
                case Decoder.Decoded(Insn insn) -> {
                    lines.add(new Line(slot, print(insn)));
                    slot += insn.slots() - 1;
                }
                case Decoder.Rejected(String reason) -> lines.add(new Line(slot, ".quad 0x" + Long.toHexString(Encoding.word(code, slot,
                        order)) + " // "
                        + reason));
            }
        }
        if (code.length % 8 != 0) {
            lines.add(new Line(slots, ".byte 0x" + HexFormat.ofDelimiter(", 0x").formatHex(code, slots * 8, code.length)
                    + " // less than a slot"));
        }
        return lines;
    }

    private static boolean isTarget(Syntax.SlotKind kind) {
        return kind == Syntax.SlotKind.TARGET || kind == Syntax.SlotKind.ITARGET;
    }

    private static String slot(Insn insn, Syntax.SlotKind kind, Dialect dialect) {
        String register = dialect.registerPrefix();
        return switch (kind) {
            case DST -> register + insn.dst();
            case SRC -> register + insn.src();
            case WDST -> "w" + insn.dst();
            case WSRC -> "w" + insn.src();
            case IMM -> Integer.toString(insn.imm());
            case UIMM -> insn.imm() >= 0 ? Integer.toString(insn.imm()) : "0x" + Integer.toHexString(insn.imm());
            case OFF -> dialect == Dialect.LLVM ? signed(insn.off(), " ") : insn.off() == 0 ? "" : signed(insn.off(), "");
            case TARGET -> signed(insn.off(), "");
            case ITARGET -> signed(insn.imm(), "");
            case WIDE -> "0x" + Long.toHexString(insn.wide());
            case NEXT -> Integer.toString(insn.next());
            case WORD -> "name";
        };
    }

    private static String signed(int value, String between) {
        return (value < 0 ? "-" : "+") + between + Long.toString(Math.abs((long) value));
    }
}
