// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.machine.MachineEncoding;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Kind;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import dev.bpf4j.isa.machine.MachineForm.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Prints, from a table of machine instructions, the encoder with one method per form, the printer of their text, and the encoder that also
 * keeps that text.
 */
public final class MachineGenerator {
    private final Backend backend;
    private final StringBuilder out = new StringBuilder();

    private MachineGenerator(Backend backend) {
        this.backend = backend;
    }

    /** The source of the class {@code Encoder}. */
    public static String encoder(Backend backend, List<MachineForm> forms) {
        MachineGenerator generator = new MachineGenerator(backend);
        generator.open("Encoder extends " + backend.buffer(), "Appends machine instructions: one method per form of the table.", "");
        forms.forEach(generator::encodes);
        return generator.close();
    }

    /** The source of the class {@code Printer}. */
    public static String printer(Backend backend, List<MachineForm> forms) {
        MachineGenerator generator = new MachineGenerator(backend);
        generator.open("Printer extends " + backend.syntax(), "The text of machine instructions: one method per form of the table.",
                "final ");
        generator.line(1, "private Printer() {");
        generator.line(1, "}");
        forms.forEach(generator::prints);
        return generator.close();
    }

    /** The source of the class {@code ListingEncoder}. */
    public static String listing(Backend backend, List<MachineForm> forms) {
        MachineGenerator generator = new MachineGenerator(backend);
        generator.open("ListingEncoder extends Encoder", "An encoder that also keeps the text of each instruction.", "final ");
        generator.line(1, "@Override");
        generator.line(1, "public void comment(String text) {");
        generator.line(2, "addComment(text);");
        generator.line(1, "}");
        generator.line(0, "");
        generator.line(1, "@Override");
        generator.line(1, "public boolean lists() {");
        generator.line(2, "return true;");
        generator.line(1, "}");
        forms.forEach(generator::lists);
        return generator.close();
    }

    private void open(String type, String what, String modifier) {
        line(0, "// Generated from " + backend.table() + ".isa. Do not edit.");
        line(0, "package " + backend.packageName() + ";");
        line(0, "");
        line(0, "/** " + what + " */");
        line(0, modifier + "class " + type + " {");
    }

    private String close() {
        line(0, "}");
        return out.toString();
    }

    private void line(int indent, String text) {
        out.append(text.isEmpty() ? "" : "    ".repeat(indent)).append(text).append('\n');
    }

    private static String parameters(MachineForm form) {
        List<String> parameters = new ArrayList<>();
        for (Operand operand : form.operands()) {
            String type = operand.slot() == Slot.MEM ? "Mem" : operand.kind() == Kind.IO ? "long" : "int";
            parameters.add(type + " " + operand.slot().word());
        }
        return String.join(", ", parameters);
    }

    private static String arguments(MachineForm form) {
        return String.join(", ", form.operands().stream().map(operand -> operand.slot().word()).toList());
    }

    private static String documentation(MachineForm form) {
        return "/** {@code " + form.text().replace("{", "").replace("}", "") + "}: {@code " + form.encoding().notation() + "}. " + (form
                .feature().equals("base") ? "" : "Needs " + form.feature() + ". ") + form.effect() + " */";
    }

    private void encodes(MachineForm form) {
        line(0, "");
        line(1, documentation(form));
        line(1, "void " + form.name() + "(" + parameters(form) + ") {");
        MachineEncoding encoding = form.encoding();
        encoding.prefixes().forEach(prefix -> line(2, "put(" + hex(prefix) + ");"));
        line(2, encoding.vex() == null ? rex(form) : vex(form));
        for (int i = 0; i < encoding.opcode().size(); i++) {
            boolean adds = encoding.addsToOpcode() && i == encoding.opcode().size() - 1;
            String added = !adds ? "" : form.has(Slot.OP) ? " + (op & 7)" : " + condition(cc)";
            line(2, "put(" + hex(encoding.opcode().get(i)) + added + ");");
        }
        if (encoding.modrm() != MachineEncoding.NONE) {
            String reg = encoding.modrm() == MachineEncoding.REGISTER ? "reg" : Integer.toString(encoding.modrm());
            line(2, "modrm(" + reg + ", " + (form.has(Slot.MEM) ? "mem" : "rm") + ");");
        }
        for (Operand operand : form.operands()) {
            if (operand.slot() == Slot.IMM || operand.slot() == Slot.REL) {
                line(2, immediate(operand));
            }
        }
        line(1, "}");
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value | 0x100).substring(1);
    }

    private static String immediate(Operand operand) {
        String name = operand.slot().word();
        return switch (operand.kind()) {
            case IB, CB -> "signed8(" + name + ");";
            case UB -> "unsigned8(" + name + ");";
            case IW -> "imm16(" + name + ");";
            case ID, CD -> "imm32(" + name + ");";
            case IO -> "imm64(" + name + ");";
            case R8, R16, R32, R64, M0, M8, M16, M32, M64, CC -> throw new IllegalStateException(name + " is no immediate");
        };
    }

    /** The call that writes a REX prefix where one is needed: for W, for registers 8 to 15, for the low bytes of registers 4 to 7. */
    private static String rex(MachineForm form) {
        String reg = form.has(Slot.REG) ? "reg" : "0";
        String rm = form.has(Slot.RM) ? "rm" : form.has(Slot.OP) ? "op" : "0";
        StringBuilder bytes = new StringBuilder();
        for (Operand operand : form.operands()) {
            if (operand.kind() == Kind.R8) {
                bytes.append(bytes.isEmpty() ? "" : " || ").append("byteNeedsRex(").append(operand.slot().word()).append(')');
            }
        }
        return "rex(" + form.encoding().wide() + ", " + reg + ", " + (form.has(Slot.MEM) ? "mem" : rm) + ", " + (bytes.isEmpty() ? "false"
                : bytes) + ");";
    }

    private static String vex(MachineForm form) {
        MachineEncoding.Vex vex = form.encoding().vex();
        if (vex == null) {
            throw new IllegalStateException(form.name() + " has no VEX prefix");
        }
        return "vex(" + vex.map() + ", " + vex.pp() + ", " + form.encoding().wide() + ", " + (form.has(Slot.REG) ? "reg" : "0") + ", "
                + (form.has(Slot.VVVV) ? "vvvv" : "0") + ", " + (form.has(Slot.MEM) ? "mem" : "rm") + ");";
    }

    private void prints(MachineForm form) {
        line(0, "");
        line(1, "static String " + form.name() + "(" + parameters(form) + ") {");
        line(2, "return " + concatenation(form, operand -> printed(form, operand)) + ";");
        line(1, "}");
    }

    private static String concatenation(MachineForm form, Function<Operand, String> shown) {
        List<String> parts = new ArrayList<>();
        String rest = form.text();
        for (int open = rest.indexOf('{'); open >= 0; open = rest.indexOf('{')) {
            int close = rest.indexOf('}', open);
            String slot = rest.substring(open + 1, close);
            if (open > 0) {
                parts.add("\"" + rest.substring(0, open) + "\"");
            }
            parts.add(form.operands().stream().filter(o -> o.slot().word().equals(slot)).map(shown).findFirst().orElseThrow());
            rest = rest.substring(close + 1);
        }
        if (!rest.isEmpty() || parts.isEmpty()) {
            parts.add("\"" + rest + "\"");
        }
        return String.join(" + ", parts);
    }

    private static String printed(MachineForm form, Operand operand) {
        String name = operand.slot().word();
        boolean narrow = form.operands().stream().anyMatch(o -> o.kind() == Kind.R32 || o.kind() == Kind.M32);
        return switch (operand.kind()) {
            case R8, R16, R32, R64 -> operand.kind().name().toLowerCase(Locale.ROOT) + "(" + name + ")";
            case M0 -> "address(" + name + ")";
            case M8, M16, M32, M64 -> "memory(" + operand.kind().width() + ", " + name + ")";
            case IB, CB, CD, IO -> name;
            case UB -> form.name().startsWith("test") ? "(byte) " + name : name;
            case IW -> "(" + name + " & 0xffff)";
            case ID -> narrow || form.name().endsWith("32_ai") ? "Integer.toUnsignedString(" + name + ")" : name;
            case CC -> "conditionName(" + name + ")";
        };
    }

    private void lists(MachineForm form) {
        line(0, "");
        line(1, "@Override");
        line(1, "void " + form.name() + "(" + parameters(form) + ") {");
        line(2, "int at = size();");
        line(2, "super." + form.name() + "(" + arguments(form) + ");");
        line(2, "listed(at, Printer." + form.name() + "(" + arguments(form) + "));");
        line(1, "}");
    }
}
