// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Maps of interfaces and CPUs, which programs cannot change. Numbers of interfaces are the kernel's own: what the kernel does not have cannot
 * be put there. A map of sockets for raw frames can only be shared while it is empty.
 */
final class SharedTargets extends SharedMap {
    private final Map<MapKey, byte[]> known = new HashMap<>();

    SharedTargets(Machine machine, BpfMap map, KernelMap twin) {
        super(machine, map, twin);
    }

    @Override
    void copyIn(int lane, int cpu) throws KernelRefusal {
        Map<MapKey, byte[]> wanted = new HashMap<>();
        map.forEach((key, value) -> wanted.put(new MapKey(key), value));
        bring(known, wanted, value -> value);
    }

    @Override
    void copyOut(int lane, int cpu) {
        // nothing can have changed
    }
}
