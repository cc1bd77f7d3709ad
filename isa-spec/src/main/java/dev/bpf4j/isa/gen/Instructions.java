// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import java.util.List;

/** What the generated encoder and printer of an architecture do for a form. */
sealed interface Instructions permits X86Instructions, A64Instructions {
    /** Those of an architecture. */
    static Instructions of(Architecture architecture) {
        return switch (architecture) {
            case X86_64 -> new X86Instructions();
            case ARM64 -> new A64Instructions();
        };
    }

    /** The statements that append the form's bytes. */
    List<String> encode(MachineForm form);

    /** The Java expression for an operand's text. */
    String shown(MachineForm form, Operand operand);

    /** The Java expression for the whole text, made of the expression that puts its parts together. */
    String text(MachineForm form, String concatenation);
}
