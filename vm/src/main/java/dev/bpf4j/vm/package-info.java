// SPDX-License-Identifier: Apache-2.0
/**
 * What an embedder needs: {@link dev.bpf4j.vm.Vm} is a machine with programs and maps, {@link dev.bpf4j.vm.VmProgram} runs a program,
 * {@link dev.bpf4j.vm.MapView} is a map with keys and values as objects.
 *
 * <pre>{@code
 * try (Vm vm = Vm.create()) {
 *     VmProgram firewall = vm.load(Path.of("xdp_firewall.bpf.o")).program("xdp_firewall");
 *     PacketResult result = firewall.packet(frame);
 *     if (result.outcome() instanceof Outcome.Returned && result.verdict() == XdpContext.PASS) {
 *         send(result.packet());
 *     }
 * }
 * }</pre>
 *
 * <p>
 * {@link dev.bpf4j.vm.Engines} finds the engines on the class path, {@link dev.bpf4j.vm.AutoEngine} chooses among them while a program runs.
 * {@code docs/embedding.md} is a tutorial.
 */
@NullMarked
package dev.bpf4j.vm;

import org.jspecify.annotations.NullMarked;
