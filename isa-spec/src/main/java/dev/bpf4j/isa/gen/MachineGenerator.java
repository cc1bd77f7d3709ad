// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Prints, from a table of machine instructions, the encoder with one method per form, the printer of their text, and the encoder that also
 * keeps that text.
 */
public final class MachineGenerator {
    private final Backend backend;
    private final Instructions instructions;
    private final StringBuilder out = new StringBuilder();

    private MachineGenerator(Backend backend) {
        this.backend = backend;
        this.instructions = Instructions.of(backend.architecture());
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
            parameters.add(operand.kind().javaType() + " " + operand.slot().word());
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
        instructions.encode(form).forEach(statement -> line(2, statement));
        line(1, "}");
    }

    private void prints(MachineForm form) {
        line(0, "");
        line(1, "static String " + form.name() + "(" + parameters(form) + ") {");
        line(2, "return " + instructions.text(form, concatenation(form, operand -> instructions.shown(form, operand))) + ";");
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
