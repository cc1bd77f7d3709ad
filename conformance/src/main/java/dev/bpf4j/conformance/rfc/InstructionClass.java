// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

/** RFC 9669 section 3.3: the three least significant bits of the opcode. */
enum InstructionClass {
    LD(0x0), LDX(0x1), ST(0x2), STX(0x3), ALU(0x4), JMP(0x5), JMP32(0x6), ALU64(0x7);

    private static final InstructionClass[] BY_VALUE = new InstructionClass[8];

    static {
        for (InstructionClass known : values()) {
            BY_VALUE[known.value] = known;
        }
    }

    private final int value;

    InstructionClass(int value) {
        this.value = value;
    }

    /** The class with a value from 0 to 7. */
    static InstructionClass of(int value) {
        return BY_VALUE[value];
    }
}
