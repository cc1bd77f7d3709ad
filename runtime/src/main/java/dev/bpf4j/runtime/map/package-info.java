// SPDX-License-Identifier: Apache-2.0
/**
 * Maps: the tables that programs keep between runs and share with the host.
 *
 * <p>
 * A map is made from a {@link dev.bpf4j.runtime.MapDefinition}, by the loader or by hand, and belongs to a {@link dev.bpf4j.runtime.Machine}:
 *
 * <pre>{@code
 * MapDefinition counters = MapDefinition.of("counters", MapType.HASH.number(), 4, 8, 1024);
 * BpfMap map = machine.map(counters);
 * long error = map.update(new byte[] {1, 0, 0, 0}, new byte[8], BpfMap.ANY);   // 0, or a negative Errno
 * byte[] value = map.lookup(new byte[] {1, 0, 0, 0});                           // null if there is none
 * map.forEach((key, bytes) -> System.out.println(HexFormat.of().formatHex(key)));
 * machine.maps().checkpoint();                                                 // what reset() returns to from now on
 * }</pre>
 *
 * <p>
 * Everything that a map holds lies in guest space ({@code docs/guest-memory.md}): values where programs reach them, metadata in the system
 * area, laid out by {@link dev.bpf4j.runtime.map.MapHeader}. So lookups are small eBPF routines that every engine compiles, and nothing has to
 * be copied between a host and a guest view. {@link dev.bpf4j.runtime.map.MapType} is the table of types.
 *
 * <p>
 * Under {@link dev.bpf4j.runtime.Policy#SANDBOX} a hostile program can write over metadata. Java code therefore keeps a map's geometry on the
 * host, checks every index that it reads from guest space, and bounds every loop by the number of slots: the worst that happens is a wrong
 * answer in that guest.
 */
@NullMarked
package dev.bpf4j.runtime.map;

import org.jspecify.annotations.NullMarked;
