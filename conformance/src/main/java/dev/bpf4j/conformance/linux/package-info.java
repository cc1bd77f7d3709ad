// SPDX-License-Identifier: Apache-2.0
/**
 * The running Linux kernel, asked through {@code bpf(2)}: the real verifier, the real JIT, the real processor.
 *
 * <p>
 * {@link dev.bpf4j.conformance.linux.Kernel#unavailable()} says whether it can be asked here. There are three ways to ask:
 *
 * <p>
 * <b>As an engine.</b> {@link dev.bpf4j.conformance.linux.LinuxEngine} runs a machine's programs over its lanes' packets and contexts, with its
 * maps copied in and out:
 *
 * <pre>{@code
 * LoadedProgram program = machine.load(new LinuxEngine(), linked);   // LoadException with the verifier's log if it is refused
 * XdpContext.of(lane).prepare(frame);
 * Outcome outcome = program.run(lane);                               // RunRefused if the kernel does not take the packet
 * }</pre>
 *
 * It also shows the {@linkplain dev.bpf4j.conformance.linux.LinuxEngine#machineCode machine code} of the kernel's JIT and the
 * {@linkplain dev.bpf4j.conformance.linux.LinuxEngine#verifierLog verifier's log}.
 *
 * <p>
 * <b>As a runner of many small programs</b>, for fuzzing: registers and scratch memory in, registers and scratch memory out, some 10,000 programs
 * per second:
 *
 * <pre>{@code
 * try (KernelRunner runner = new KernelRunner()) {
 *     switch (runner.run(code, List.of(KernelState.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)))) {
 *         case KernelResult.Ran(List<KernelState> states) -> System.out.println(states);
 *         case KernelResult.Refused refused -> System.out.println(refused);
 *         case KernelResult.Unavailable(String reason) -> System.out.println(reason);
 *     }
 * }
 * }</pre>
 *
 * The verifier accepts by construction: arithmetic on any register (no division by the constant 0, no constant shift by the width or more);
 * forward jumps; the stack at constant offsets, aligned; {@code x &= mask; t = map value; t += x}, an access to {@code t}, and {@code t = constant}
 * behind it (atomics with a mask and offset that keep them aligned); local calls, if r1 to r5 are set again behind them and r6 to r9 are set before
 * they are read in the callee.
 *
 * <p>
 * <b>Piece by piece</b>: {@link dev.bpf4j.conformance.linux.KernelMap} and {@link dev.bpf4j.conformance.linux.KernelProgram}.
 *
 * <p>
 * <b>What cannot be equal</b> to other engines: values that are or come from pointers; time, random numbers, the number of the CPU; registers that
 * are unreadable at the exit ({@link dev.bpf4j.conformance.linux.LinuxProgram#stored()}); r0 of a failed tail call; how often {@code may_goto} goes
 * on, which the kernel bounds by time; accesses to unallocated arena pages, which read 0. XDP packets of more than 3520 bytes are refused, since a
 * program would see their first piece only. The kernel has no faults: what could fault is refused at load.
 */
@NullMarked
package dev.bpf4j.conformance.linux;

import org.jspecify.annotations.NullMarked;
