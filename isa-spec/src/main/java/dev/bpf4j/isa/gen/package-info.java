// SPDX-License-Identifier: Apache-2.0
/**
 * Generators over the table: the interpreter's loops ({@link dev.bpf4j.isa.gen.InterpreterGenerator}) and the manual
 * ({@link dev.bpf4j.isa.gen.Manual}).
 */
@NullMarked
package dev.bpf4j.isa.gen;

import org.jspecify.annotations.NullMarked;
