// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

/** RFC 9669 section 3.3: the three least significant bits of the opcode. The ordinal is the class's value. */
enum InstructionClass {
    LD, LDX, ST, STX, ALU, JMP, JMP32, ALU64
}
