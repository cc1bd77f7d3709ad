// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

/**
 * RFC 9669 section 4.3: the operations of JMP and JMP32. The ordinal is the code's value; 0xf means nothing. JCOND is not in the RFC: it is
 * Linux's {@code may_goto} (since 6.10).
 */
enum JumpCode {
    JA, JEQ, JGT, JGE, JSET, JNE, JSGT, JSGE, CALL, EXIT, JLT, JLE, JSLT, JSLE, JCOND
}
