// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;

/**
 * Perf event arrays and ring buffers. Nobody reads the twin, so what a program sends does not come back; a perf event array has no
 * events open in it, so that sending gives {@code -ENOENT}, where a machine's own gives 0.
 */
final class SharedEvents extends SharedMap {
    SharedEvents(Machine machine, BpfMap map, KernelMap twin) {
        super(machine, map, twin);
    }

    /** The definition of the twin: the kernel wants a capacity, which loaders fill in where an object leaves it open. */
    static MapDefinition twin(MapDefinition d) {
        boolean open = d.type() == MapType.PERF_EVENT_ARRAY.number() && d.maxEntries() == 0;
        return new MapDefinition(d.name(), d.type(), d.keySize(), d.valueSize(), open ? KernelMap.POSSIBLE_CPUS : d.maxEntries(), d.flags(),
                null, new byte[0]);
    }

    @Override
    void copyIn(int lane, int cpu) {
        // there is nothing in it
    }

    @Override
    void copyOut(int lane, int cpu) {
        // nobody reads the twin
    }
}
