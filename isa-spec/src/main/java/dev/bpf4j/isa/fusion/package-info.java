// SPDX-License-Identifier: Apache-2.0
/**
 * Fused instructions: sequences of instructions that the interpreter executes in one step. A list of patterns says which; their meaning is
 * composed from the effects of their parts, and their operands are packed into one 64-bit word.
 *
 * <p>
 * {@link dev.bpf4j.isa.fusion.Pattern} reads a line such as {@code ldx8 a,b ; and64_imm a} and matches it against code;
 * {@link dev.bpf4j.isa.fusion.Layout} finds room in the word for registers and constants. The generator prints a case for every pattern, and
 * the interpreter encodes programs with the same layouts.
 */
@NullMarked
package dev.bpf4j.isa.fusion;

import org.jspecify.annotations.NullMarked;
