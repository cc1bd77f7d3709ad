// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

import java.util.Locale;

/** A field of an A64 instruction, named as in the diagrams of the Arm Architecture Reference Manual. */
public enum A64Slot implements Slot {
    /** Destination register. */
    RD,
    /** First source register, or base of an address. */
    RN,
    /** Second source register. */
    RM,
    /** Third source register. */
    RA,
    /** Register that is loaded, stored or tested. */
    RT,
    /** The second one of a pair. */
    RT2,
    /** Register with a status or an operand of an atomic instruction. */
    RS,
    /** Condition. */
    COND,
    /** An immediate. */
    IMM,
    /** Where a 16-bit immediate stands. */
    HW,
    /** Number of a bit. */
    BIT,
    /** Bytes from this instruction. */
    REL,
    /** Base and offset of an address. */
    MEM;

    @Override
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
