// SPDX-License-Identifier: Apache-2.0
/**
 * Random programs from the instruction table. A string of bytes, the {@linkplain dev.bpf4j.fuzz.generate.Entropy entropy}, decides everything, so
 * that a program can be made again from a seed, and mutated or shrunken as bytes. The rows, their operands and what they do to memory and control
 * flow are read from the table; a new row is generated without a change here.
 *
 * <pre>{@code
 * ProgramGenerator generator = new ProgramGenerator(Profile.MIXED);
 * GeneratedProgram program = new GeneratedProgram();
 * Entropy entropy = new Entropy();
 * entropy.seed(42);
 * generator.generate(entropy, program);
 * byte[] code = program.code();
 * }</pre>
 *
 * <p>
 * Programs are built as canonical 64-bit words in arrays that are used again for the next one: a generator makes several hundred thousand
 * programs per second.
 */
@NullMarked
package dev.bpf4j.fuzz.generate;

import org.jspecify.annotations.NullMarked;
