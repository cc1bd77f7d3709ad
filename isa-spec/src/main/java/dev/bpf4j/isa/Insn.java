// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

/**
 * One instruction with its operands, as decoded or as written. Fields that the instruction fixes hold the fixed value.
 *
 * @param instruction which row of the table
 * @param dst         register number 0 to 10
 * @param src         register number 0 to 10, or the subtype that the row fixes
 * @param off         signed 16 bits
 * @param imm         32 bits
 * @param next        {@code next_imm} of a wide load, else 0
 */
public record Insn(Instruction instruction, int dst, int src, int off, int imm, int next) {

    /** What a field holds. */
    public int field(Instruction.FieldName name) {
        return switch (name) {
            case DST -> dst;
            case SRC -> src;
            case OFF -> off;
            case IMM -> imm;
            case NEXT -> next;
        };
    }

    /** {@code next_imm << 32 | imm}: the constant of a wide load. */
    public long wide() {
        return (long) next << 32 | imm & 0xffff_ffffL;
    }

    /** Slots that it takes: 2 for a wide load, else 1. */
    public int slots() {
        return instruction.wide() ? 2 : 1;
    }

    /** Slots from the next instruction to the target of a jump or local call. Only if {@link Instruction#targetField} is not null. */
    public int distance() {
        return instruction.targetField() == Instruction.FieldName.IMM ? imm : off;
    }
}
