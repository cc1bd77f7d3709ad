// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

/**
 * Something that a program sent to the host through a perf event array or a ring buffer.
 *
 * @param map  where it was sent
 * @param cpu  the lane that sent it; for ring buffers the one that made it readable
 * @param data the bytes
 */
public record MapEvent(BpfMap map, int cpu, byte[] data) {}
