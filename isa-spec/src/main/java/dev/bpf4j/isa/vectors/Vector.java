// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

import dev.bpf4j.isa.Instruction;
import java.nio.ByteOrder;

/**
 * A program with one instruction under test. It loads its registers itself, so that a runner only has to give it the memory in r1; behind the
 * instruction it stores r0 to r9, a mark for the way that was taken, and a word of its stack at {@link Vectors#DUMP} in that memory, and
 * returns r0. If the instruction faults, none of that happens: memory and fault are the outcome.
 *
 * @param id             {@code row/number}; the same number gives the same vector always
 * @param row            the instruction under test
 * @param order          the program's byte order
 * @param code           the program, to be started at slot 0
 * @param slot           where the instruction under test stands
 * @param memory         what lies in the memory at the start; its address was given to {@link Vectors}
 * @param packet         the run's packet; empty unless the row reads it
 * @param entryRegisters r0 to r9 in front of the instruction
 */
public record Vector(String id, Instruction row, ByteOrder order, byte[] code, int slot, byte[] memory, byte[] packet,
        long[] entryRegisters) {

    @Override
    public String toString() {
        return id;
    }
}
