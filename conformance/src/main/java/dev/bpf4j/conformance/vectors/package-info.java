// SPDX-License-Identifier: Apache-2.0
/**
 * Generated vectors ({@link dev.bpf4j.isa.vectors.Vectors}) run in engines.
 *
 * <p>
 * A vector holds no expected result. What is right is what the reference says, which was written from the RFC's prose:
 *
 * <pre>{@code
 * try (VectorCheck check = new VectorCheck(new RfcReference(), engine, Policy.STRICT)) {
 *     Vectors vectors = VectorRunner.vectors(ByteOrder.LITTLE_ENDIAN);
 *     for (Vector vector : vectors.of(Isa.bpf().get("add64_imm"), 2000)) {
 *         check.difference(vector).ifPresent(System.out::println);
 *     }
 *     for (Malformed malformed : vectors.malformed(Isa.bpf().get("add64_imm"))) {
 *         check.difference(malformed).ifPresent(System.out::println);
 *     }
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.conformance.vectors;

import org.jspecify.annotations.NullMarked;
