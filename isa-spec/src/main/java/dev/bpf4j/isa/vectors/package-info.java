// SPDX-License-Identifier: Apache-2.0
/**
 * Conformance vectors from the instruction table: small programs with one instruction under test.
 *
 * <p>
 * {@link dev.bpf4j.isa.vectors.Vectors} makes, for each row, programs that must be accepted and programs that must be rejected:
 *
 * <pre>
 * Vectors vectors = new Vectors(Isa.bpf(), ByteOrder.LITTLE_ENDIAN, new Layout(0x10200000L, 0xf8000000L));
 * for (Vector vector : vectors.of(Isa.bpf().get("add64_imm"), 2000)) {
 *     // run vector.code() with vector.memory() in r1, on any engines, and compare r0, memory, fault
 * }
 * for (Malformed malformed : vectors.malformed(Isa.bpf().get("add64_imm"))) {
 *     // malformed.code() must be refused
 * }
 * </pre>
 *
 * A vector holds no expected result: what is right is decided by engines that are compared with each other.
 */
@NullMarked
package dev.bpf4j.isa.vectors;

import org.jspecify.annotations.NullMarked;
