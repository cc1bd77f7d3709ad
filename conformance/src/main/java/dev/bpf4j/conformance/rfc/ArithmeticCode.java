// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

/**
 * RFC 9669 section 4.1: the operations of ALU and ALU64. The ordinal is the code's value; 0xe and 0xf mean nothing.
 * SDIV, SMOD and MOVSX have no code of their own: they are DIV, MOD and MOV with an offset.
 */
enum ArithmeticCode {
    ADD, SUB, MUL, DIV, OR, AND, LSH, RSH, NEG, MOD, XOR, MOV, ARSH, END
}
