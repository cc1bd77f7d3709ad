// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.machine;

import java.util.List;
import java.util.Locale;

/**
 * One form of a machine instruction. Immutable.
 *
 * @param name     unique name: operation, width, operands
 * @param operands in the order of the text
 * @param encoding how it is encoded
 * @param text     Intel syntax, with {@code {slot}} for the operands
 * @param effect   what it does, in the words of the table
 * @param feature  the CPU feature that it needs; {@code base} if every processor has it
 * @param manual   where the manual describes it
 * @param place    its row: file and line
 */
public record MachineForm(String name, List<Operand> operands, MachineEncoding encoding, String text, String effect, String feature,
        String manual, String place) {

    /** Copies the list. */
    public MachineForm { operands = List.copyOf(operands); }

    /** An operand: where it is encoded, and what it may be. */
    public record Operand(Slot slot, Kind kind) {}

    /** Where an operand is encoded. */
    public enum Slot {
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

        /** As the table writes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an operand may be. */
    public enum Kind {
        /** A register's low 8 bits. */
        R8(8, true),
        /** A register's low 16 bits. */
        R16(16, true),
        /** A register's low 32 bits; writing them clears the rest. */
        R32(32, true),
        /** A register. */
        R64(64, true),
        /** An address that is not accessed. */
        M0(0, false),
        /** A byte in memory. */
        M8(8, false),
        /** Two bytes in memory. */
        M16(16, false),
        /** Four bytes in memory. */
        M32(32, false),
        /** Eight bytes in memory. */
        M64(64, false),
        /** Signed 8 bits. */
        IB(8, false),
        /** 16 bits, signed or unsigned. */
        IW(16, false),
        /** Signed 32 bits. */
        ID(32, false),
        /** 64 bits. */
        IO(64, false),
        /** Unsigned 8 bits. */
        UB(8, false),
        /** Signed distance of 8 bits. */
        CB(8, false),
        /** Signed distance of 32 bits. */
        CD(32, false),
        /** A condition, 0 to 15. */
        CC(4, false);

        private final int width;
        private final boolean register;

        Kind(int width, boolean register) {
            this.width = width;
            this.register = register;
        }

        /** Bits. */
        public int width() {
            return width;
        }

        /** Whether it is a register. */
        public boolean isRegister() {
            return register;
        }

        /** Whether it is memory. */
        public boolean isMemory() {
            return switch (this) {
                case M0, M8, M16, M32, M64 -> true;
                case R8, R16, R32, R64, IB, IW, ID, IO, UB, CB, CD, CC -> false;
            };
        }
    }

    /** Whether it has an operand in this slot. */
    public boolean has(Slot slot) {
        return operands.stream().anyMatch(operand -> operand.slot() == slot);
    }
}
