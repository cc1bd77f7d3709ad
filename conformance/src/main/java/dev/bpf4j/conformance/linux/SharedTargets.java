// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
        for (MapKey key : Set.copyOf(known.keySet())) {
            if (!wanted.containsKey(key)) {
                twin.delete(key.bytes());
                known.remove(key);
            }
        }
        for (Map.Entry<MapKey, byte[]> entry : wanted.entrySet()) {
            if (!Arrays.equals(known.get(entry.getKey()), entry.getValue())) {
                twin.update(entry.getKey().bytes(), entry.getValue(), BpfMap.ANY);
                known.put(entry.getKey(), entry.getValue());
            }
        }
    }

    @Override
    void copyOut(int lane, int cpu) {
        // nothing can have changed
    }
}
