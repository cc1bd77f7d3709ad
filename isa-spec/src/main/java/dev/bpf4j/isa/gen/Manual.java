// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.Assembler.Dialect;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Isa;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The manual of an instruction set, written from its table: a page for each conformance group, and an index. */
public final class Manual {
    private static final List<FieldName> FIELDS = List.of(FieldName.DST, FieldName.SRC, FieldName.OFF, FieldName.IMM);

    private Manual() {
    }

    /** The manual as Markdown files, by name. */
    public static Map<String, String> files(Isa isa) {
        Map<String, StringBuilder> pages = new TreeMap<>();
        StringBuilder index = new StringBuilder("""
                # The instructions

                Written from the tables in `isa-spec/src/main/isa/bpf`; do not edit. The meaning is given in the notation of
                [the table language](../table-language.md). `bpf4j isa NAME` shows one instruction in the terminal.

                | instruction | opcode | assembly | group | since |
                |---|---|---|---|---|
                """);
        for (Instruction instruction : isa.instructions()) {
            String page = instruction.group() + ".md";
            pages.computeIfAbsent(page, name -> new StringBuilder("# Group " + instruction.group()
                    + "\n\nWritten from the tables; do not edit.\n")).append(
                            "\n## ").append(instruction.name()).append("\n\n").append(instruction.description()).append(".\n\n```\n")
                    .append(details(instruction))
                    .append("```\n");
            index.append("| [").append(instruction.name()).append("](").append(page).append('#').append(instruction.name()).append(") | ")
                    .append(opcode(
                            instruction)).append(" | `").append(example(instruction, Dialect.LLVM).replace("|", "\\|")).append("` | ")
                    .append(instruction.group())
                    .append(" | ").append(instruction.since()).append(" |\n");
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", index.toString());
        pages.forEach((name, text) -> files.put(name, text.toString()));
        return files;
    }

    /** One instruction on one line of plain text: name, example, group, since when, what it does. */
    public static String summary(Instruction instruction) {
        return String.format(Locale.ROOT, "%-22s %-42s %-9s %-12s %s", instruction.name(), example(instruction, Dialect.LLVM), instruction
                .group(), instruction.since(), instruction.description()).stripTrailing();
    }

    /** One instruction's page as plain text. */
    public static String page(Instruction instruction) {
        return instruction.name() + ": " + instruction.description() + "\n\n" + details(instruction);
    }

    private static String details(Instruction instruction) {
        StringBuilder text = new StringBuilder(drawing(instruction)).append('\n');
        for (Effect effect : instruction.effects()) {
            line(text, "does", EffectPrinter.print(effect));
        }
        line(text, "assembly", example(instruction, Dialect.LLVM));
        String conformance = example(instruction, Dialect.CONFORMANCE);
        if (!conformance.isEmpty()) {
            line(text, "", conformance + "   (conformance suite)");
        }
        for (FieldName field : FIELDS) {
            line(text, field.name().toLowerCase(Locale.ROOT), describe(instruction.operand(field)));
        }
        if (instruction.wide()) {
            line(text, "next_imm", describe(instruction.operand(FieldName.NEXT)));
        }
        line(text, "group", instruction.group());
        line(text, "since", instruction.since());
        line(text, "defined", instruction.section());
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(String.format(Locale.ROOT, "%-10s%s%n", key, value).replace("\r", ""));
    }

    private static String opcode(Instruction instruction) {
        return String.format(Locale.ROOT, "0x%02x", instruction.opcode());
    }

    /** The slot as RFC 9669 section 3 draws it, low bits of the first byte first. */
    private static String drawing(Instruction instruction) {
        String border = "+--------+------+------+----------------+--------------------------------+\n";
        String fields = String.format(Locale.ROOT, "|  %s  | %-4s | %-4s | %-14s | %-30s |%n", opcode(instruction), content(instruction,
                FieldName.DST),
                content(instruction, FieldName.SRC), content(instruction, FieldName.OFF), content(instruction, FieldName.IMM)).replace("\r",
                        "");
        String drawing = "  opcode    dst    src         off                       imm\n" + border + fields + border;
        if (!instruction.wide()) {
            return drawing;
        }
        return drawing + String.format(Locale.ROOT, "|  0x00  | %-4s | %-4s | %-14s | %-30s |%n", "0", "0", "0", content(instruction,
                FieldName.NEXT))
                .replace("\r", "") + border;
    }

    private static String content(Instruction instruction, FieldName field) {
        Operand operand = instruction.operand(field);
        return switch (operand.kind()) {
            case FIXED -> operand.fixed() > 255 ? "0x" + Integer.toHexString(operand.fixed()) : Integer.toString(operand.fixed());
            case REGISTER_READ, REGISTER_WRITE -> "reg";
            case DISPLACEMENT -> "bytes";
            case TARGET -> "slots";
            case ANY -> field == FieldName.NEXT ? "next_imm" : "imm";
            case HELPER -> "helper";
            case KFUNC -> "BTF id";
            case MAP -> "map";
            case VARIABLE -> "variable";
        };
    }

    private static String describe(Operand operand) {
        return switch (operand.kind()) {
            case FIXED -> operand.fixed() == 0 ? "0" : operand.fixed() + " (0x" + Integer.toHexString(operand.fixed()) + ")";
            case REGISTER_READ -> "a register, r0 to r10, only read";
            case REGISTER_WRITE -> "a register, r0 to r9, written";
            case DISPLACEMENT -> "a signed distance in bytes";
            case TARGET -> "a signed distance in slots, from the next instruction";
            case ANY -> "any 32 bits";
            case HELPER -> "the number of a helper";
            case KFUNC -> "the BTF id of a kernel function";
            case MAP -> "the file descriptor or index of a map";
            case VARIABLE -> "the id of a platform variable";
        };
    }

    /** The instruction with operands that tell the fields apart. */
    private static String example(Instruction instruction, Dialect dialect) {
        Insn insn = new Insn(instruction, register(instruction, FieldName.DST, 1), register(instruction, FieldName.SRC, 2), number(
                instruction,
                FieldName.OFF, 8), number(instruction, FieldName.IMM, 5), number(instruction, FieldName.NEXT, 0));
        return Disassembler.print(insn, dialect);
    }

    private static int register(Instruction instruction, FieldName field, int number) {
        Operand operand = instruction.operand(field);
        return operand.isRegister() ? number : operand.fixed();
    }

    private static int number(Instruction instruction, FieldName field, int number) {
        Operand operand = instruction.operand(field);
        return operand.isFixed() ? operand.fixed() : number;
    }
}
