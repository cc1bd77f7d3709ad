// SPDX-License-Identifier: Apache-2.0
/**
 * Programs as x86-64 machine code. {@code x86_64.isa} lists the machine instructions; {@code Encoder} and {@code Printer} are generated from
 * it. {@code x86_64.rules} says which of them implement which effects; {@code Emitter} is generated from it. The engine is found by
 * {@link java.util.ServiceLoader}:
 *
 * <pre>{@code
 * Engine engine = new X86Engine();
 * if (engine.unavailable().isEmpty()) {
 *     Outcome outcome = machine.load(engine, program).run(machine.lane(0));
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.jit.x86_64;

import org.jspecify.annotations.NullMarked;
