// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

import java.util.Locale;

/** Where an operand of an x86-64 instruction is encoded. */
public enum X86Slot implements Slot {
    /** The register in ModRM.rm. */
    RM,
    /** The register in ModRM.reg. */
    REG,
    /** Memory in ModRM.rm. */
    MEM,
    /** The register in the low bits of the opcode. */
    OP,
    /** The register in VEX.vvvv. */
    VVVV,
    /** The condition in the low bits of the opcode. */
    CC,
    /** An immediate behind everything else. */
    IMM,
    /** A distance from the next instruction. */
    REL;

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
