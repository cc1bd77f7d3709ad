// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

/** Where an operand is encoded. */
public sealed interface Slot permits X86Slot, A64Slot {
    /** As the table writes it. */
    String word();
}
