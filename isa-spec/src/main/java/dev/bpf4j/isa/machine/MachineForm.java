// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

import java.util.List;

/**
 * One form of a machine instruction. Immutable.
 *
 * @param name     unique name: operation, width, operands
 * @param operands in the order of the text
 * @param encoding how it is encoded
 * @param text     the assembly, with {@code {slot}} for the operands
 * @param effect   what it does, in the words of the table
 * @param feature  the CPU feature that it needs; {@code base} if every processor has it
 * @param manual   where the manual describes it
 * @param place    its row: file and line
 */
public record MachineForm(String name, List<Operand> operands, MachineEncoding encoding, String text, String effect, String feature,
        String manual, String place) {

    /** Copies the list. */
    public MachineForm { operands = List.copyOf(operands); }

    /**
     * An operand.
     *
     * @param slot where it is encoded
     * @param kind what it may be
     */
    public record Operand(Slot slot, Kind kind) {}

    /** Whether it has an operand in this slot. */
    public boolean has(Slot slot) {
        return operands.stream().anyMatch(operand -> operand.slot() == slot);
    }
}
