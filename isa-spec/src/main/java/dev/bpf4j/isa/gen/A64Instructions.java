// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.machine.A64Encoding;
import dev.bpf4j.isa.machine.A64Kind;
import dev.bpf4j.isa.machine.A64Slot;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** ARM64: one word, put together from fields. For each kind of operand the backend has a function that checks it, and one that prints it. */
final class A64Instructions implements Instructions {
    @Override
    public List<String> encode(MachineForm form) {
        A64Encoding encoding = (A64Encoding) form.encoding();
        List<String> terms = new ArrayList<>(List.of(String.format("0x%08x", encoding.fixed())));
        for (A64Encoding.Field field : encoding.fields()) {
            Operand operand = form.operands().stream().filter(o -> o.slot() == field.slot()).findFirst().orElseThrow();
            terms.add(term(field, (A64Kind) operand.kind()));
        }
        return List.of("word(" + String.join(" | ", terms) + ");");
    }

    private static String term(A64Encoding.Field field, A64Kind kind) {
        String value = function(kind) + "(" + field.slot().word() + ")";
        boolean whole = field.low() == 0 && field.high() == kind.width() - 1 && field.change() == A64Encoding.Change.NONE;
        String sign = switch (field.change()) {
            case NONE -> "";
            case NEGATED -> "-";
            case INVERTED -> "~";
        };
        String bits = whole ? value : "bits(" + sign + value + ", " + field.high() + ", " + field.low() + ")";
        return field.at() == 0 ? bits : bits + " << " + field.at();
    }

    private static String function(A64Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String shown(MachineForm form, Operand operand) {
        return function((A64Kind) operand.kind()) + "(" + operand.slot().word() + ")";
    }

    /** The name of a load or store depends on how its address is made. */
    @Override
    public String text(MachineForm form, String concatenation) {
        return form.has(A64Slot.MEM) ? "named(mem, " + concatenation + ")" : concatenation;
    }
}
