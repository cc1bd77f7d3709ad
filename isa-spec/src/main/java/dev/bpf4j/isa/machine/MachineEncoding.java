// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

import dev.bpf4j.isa.machine.MachineForm.Operand;
import java.util.List;

/** How a form is encoded, in the notation of its architecture's manual. Immutable. */
public sealed interface MachineEncoding permits X86Encoding, A64Encoding {
    /** As the table writes it. */
    String notation();

    /**
     * Whether operands and encoding belong together.
     *
     * @param feature the CPU feature that the form needs, or {@code base}
     * @throws IllegalArgumentException with what is wrong
     */
    void check(List<Operand> operands, String feature);
}
