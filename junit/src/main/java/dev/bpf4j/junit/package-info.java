// SPDX-License-Identifier: Apache-2.0
/**
 * Unit tests of BPF programs with JUnit: an object of clang, packets or contexts, what maps hold and what surrounds the program; then verdict,
 * packet, maps and events. No root, no kernel, the same results everywhere.
 *
 * <pre>{@code
 * @BpfTest("build/firewall.bpf.o")
 * class FirewallTest {
 *     @Test
 *     void webIsClosed(BpfMachine machine) {
 *         machine.map("ports", Codec.u16(), Codec.u32()).put(80, 1);
 *         machine.program("firewall").packet(WEB).hasVerdict(XdpContext.DROP).isUnchanged();
 *     }
 * }
 * }</pre>
 *
 * <p>
 * Every test gets a machine of its own. With {@link dev.bpf4j.junit.BpfExtension#of} more can be said: engine, limits, surroundings, what the
 * object is told. {@code docs/junit.md} is the tutorial.
 */
@NullMarked
package dev.bpf4j.junit;

import org.jspecify.annotations.NullMarked;
