// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

import dev.bpf4j.isa.Instruction;
import java.nio.ByteOrder;

/**
 * A program that must be refused before it runs, for one instruction in it.
 *
 * @param id    {@code row/what is wrong}
 * @param row   the instruction that was made wrong
 * @param order the program's byte order
 * @param code  the program
 * @param slot  where the wrong instruction stands
 */
public record Malformed(String id, Instruction row, ByteOrder order, byte[] code, int slot) {

    @Override
    public String toString() {
        return id;
    }
}
