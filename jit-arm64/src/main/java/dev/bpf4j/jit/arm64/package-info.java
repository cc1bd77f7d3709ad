// SPDX-License-Identifier: Apache-2.0
/**
 * Programs as ARM64 machine code. {@code a64.isa} lists the machine instructions; {@code Encoder} and {@code Printer} are generated from it.
 * {@code a64.rules} says which of them implement which effects; {@code Emitter} is generated from it. What is not about ARM64 is in
 * {@link dev.bpf4j.jit.nativecode}. The engine is found by {@link java.util.ServiceLoader}, and runs on the host or in an emulator:
 *
 * <pre>{@code
 * Engine engine = new Arm64Engine();
 * if (engine.unavailable().isEmpty()) {
 *     Outcome outcome = machine.load(engine, program).run(machine.lane(0));
 * }
 * }</pre>
 */
@NullMarked
package dev.bpf4j.jit.arm64;

import org.jspecify.annotations.NullMarked;
