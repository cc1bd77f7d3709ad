// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import dev.bpf4j.isa.Instruction.FieldName;

/**
 * Writes accesses that Linux's verifier accepts by construction: the stack at fixed, aligned offsets; the value of map 0 through a pointer that is
 * made from a masked number, and overwritten afterwards, so that no pointer survives.
 */
final class KernelAccesses {
    /** Bytes of the stack that may be used in each frame; main's are zero at the start. */
    static final int STACK_BYTES = 64;
    /** Where the memory starts in the value of map 0. */
    static final int MEMORY_OFFSET = 1024;
    /** Offsets are smaller than this. */
    private static final int MOST_OFFSET = 64;
    /** Bytes of the memory that accesses can reach: what has to be set before a run, and compared after it. */
    static final int REACH = 1024 + MOST_OFFSET + Long.BYTES;
    /** Masks of an index into the memory: any byte, or multiples of 8. */
    private static final int MASK = 0x3ff;
    private static final int ALIGNED_MASK = 0x3f8;

    private final Writer writer;
    private final Row mapValue;

    KernelAccesses(Writer writer) {
        this.writer = writer;
        // by index: what the kernel's loader takes without file descriptors in the code
        Row[] loads = writer.rows().mapValues;
        Row found = loads[0];
        for (Row row : loads) {
            found = row.instruction.operand(FieldName.SRC).fixed() > found.instruction.operand(FieldName.SRC).fixed() ? row : found;
        }
        this.mapValue = found;
    }

    void access(Row row, boolean aligned) {
        Entropy entropy = writer.entropy();
        if (entropy.chance(96)) {
            onStack(entropy, row);
        } else {
            inMap(entropy, row, aligned);
        }
    }

    private void onStack(Entropy entropy, Row row) {
        int offset = -(row.bytes * (1 + entropy.below(STACK_BYTES / row.bytes)));
        int other = row.addressInDst && !row.writesSrc ? entropy.below(Writer.REGISTERS) : writer.writable();
        if (row.addressInDst) {
            writer.write(row, Writer.STACK_POINTER, other, offset, row.immediate ? Constants.immediate(entropy) : 0);
        } else {
            writer.write(row, other, Writer.STACK_POINTER, offset, 0);
        }
    }

    private void inMap(Entropy entropy, Row row, boolean aligned) {
        // compare and exchange: r0 is what it compares with, and may not be the pointer
        int pointer = writer.writable();
        int index = writer.writable();
        while (pointer == index || row.usesR0 && pointer == 0) {
            pointer = (pointer + 1) % Writer.REGISTERS;
            while (writer.reserved(pointer)) {
                pointer = (pointer + 1) % Writer.REGISTERS;
            }
        }
        int other = row.addressInDst && !row.writesSrc ? entropy.below(Writer.REGISTERS) : writer.writable();
        boolean pointerIsData = row.addressInDst && other == pointer;
        if (pointerIsData) {
            other = index;
        }
        writer.compute(writer.rows().and64Constant, index, 0, aligned ? ALIGNED_MASK : MASK);
        writer.linked(mapValue, pointer, 0, MEMORY_OFFSET);
        writer.compute(add64(), pointer, index, 0);
        int offset = aligned ? 8 * entropy.below(MOST_OFFSET / 8) : entropy.below(MOST_OFFSET);
        if (row.addressInDst) {
            writer.write(row, pointer, other, offset, row.immediate ? Constants.immediate(entropy) : 0);
        } else {
            writer.write(row, other, pointer, offset, 0);
        }
        if (row.addressInDst || other != pointer) {
            writer.compute(writer.rows().move64Constant, pointer, 0, Constants.immediate(entropy));
        }
    }

    private Row add64() {
        return writer.rows().add64;
    }

    /** A callee of Linux cannot read r0 and r6 to r9, nor its stack, before it has written them. r1 to r5 are what the caller had. */
    static void enterFunction(Writer writer) {
        int remaining = writer.remaining();
        writer.compute(writer.rows().move64, 0, 1, 0);
        for (int register = 6; register < Writer.REGISTERS; register++) {
            writer.compute(writer.rows().move64, register, register - 4, 0);
        }
        for (int offset = 8; offset <= STACK_BYTES; offset += 8) {
            writer.write(writer.rows().store64Constant, Writer.STACK_POINTER, 0, -offset, offset);
        }
        writer.remaining(remaining);
    }

    /** After a call r1 to r5 cannot be read before they are written. */
    static void afterCall(Writer writer) {
        int remaining = writer.remaining();
        for (int register = 1; register <= 5; register++) {
            writer.set(register, Constants.wide(writer.entropy()));
        }
        writer.remaining(remaining);
    }
}
