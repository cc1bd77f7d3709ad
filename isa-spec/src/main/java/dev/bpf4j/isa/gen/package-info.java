// SPDX-License-Identifier: Apache-2.0
/**
 * Generators over the tables: the interpreter's loops ({@link dev.bpf4j.isa.gen.InterpreterGenerator}), the manual
 * ({@link dev.bpf4j.isa.gen.Manual}), and for a native {@link dev.bpf4j.isa.gen.Backend} encoder, printer
 * ({@link dev.bpf4j.isa.gen.MachineGenerator}) and emitter ({@link dev.bpf4j.isa.gen.EmitterGenerator}).
 */
@NullMarked
package dev.bpf4j.isa.gen;

import org.jspecify.annotations.NullMarked;
