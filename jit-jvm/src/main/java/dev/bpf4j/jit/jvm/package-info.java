// SPDX-License-Identifier: Apache-2.0
/**
 * The engine {@code jvm}: eBPF functions as Java methods, compiled by the JVM's own compilers.
 *
 * <p>
 * {@code Compilation} decides how a program becomes methods and classes; {@code Method} writes one method, with
 * {@code Expressions} for the operators, {@code Memory} for accesses, {@code CallWriter} for calls and {@code LoopWriter} for loops. All of them
 * are total functions over the table's operators: no instruction is named here. {@code Run} is what a running program has besides its registers,
 * {@code Calls} and {@code Accesses} are the paths that are not worth being generated.
 *
 * <p>
 * What makes it fast, each with its reason in the class named: 32-bit operations are {@code int} ({@code RegisterFile}), loops are counted by an
 * {@code int} with a number of rounds known beforehand ({@code FastLoop}), accesses are checked against the bounds of a predicted region
 * ({@code Memory}), methods stay below HotSpot's limit ({@code Parts}), objects are static finals of a hidden class ({@code GeneratedClass}).
 *
 * <pre>{@code
 * LoadedProgram loaded = machine.load(new JvmEngine(), linked);
 * Outcome outcome = loaded.run(machine.lane(0));
 * }</pre>
 */
@NullMarked
package dev.bpf4j.jit.jvm;

import org.jspecify.annotations.NullMarked;
