// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Maps of maps: each entry names a map of the machine, whose twin is put in. Programs cannot change them. */
final class SharedMapOfMaps extends SharedMap {
    private final Map<MapKey, Integer> known = new HashMap<>();

    /** Gives the twin of a map of the machine. */
    interface Inner {
        int fd(BpfMap map) throws KernelRefusal, LoadException;
    }

    private SharedMapOfMaps(Machine machine, BpfMap map, KernelMap twin) {
        super(machine, map, twin);
    }

    /** The kernel takes the shape of inner maps from a map, which is not needed any more once the outer one is made. */
    static SharedMapOfMaps of(Machine machine, BpfMap map) throws LoadException, KernelRefusal {
        MapDefinition d = map.definition();
        MapDefinition inner = d.inner();
        if (inner == null) {
            throw new LoadException("the engine linux cannot share " + d + " with the kernel: the shape of its inner maps is not declared");
        }
        try (KernelMap shape = create(inner, plainArray(inner) ? BpfAttr.F_MMAPABLE : 0)) {
            return new SharedMapOfMaps(machine, map, KernelMap.create(d, 0, shape.fd()));
        }
    }

    /** The twins of plain arrays are mapped into this process, and inner maps must have the flags of the shape. */
    private static boolean plainArray(MapDefinition d) {
        return d.type() == MapType.ARRAY.number() && (d.flags() & BpfAttr.F_RDONLY_PROG) == 0;
    }

    @Override
    void copyIn(int lane, int cpu) {
        // maps are put in by link(), once they all have twins
    }

    @Override
    void copyOut(int lane, int cpu) {
        // nothing can have changed
    }

    void link(Inner twins) throws KernelRefusal, LoadException {
        Map<MapKey, Integer> wanted = new HashMap<>();
        map.forEach((key, value) -> wanted.put(new MapKey(key), ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt() - 1));
        bring(known, wanted, index -> fd(twins.fd(machine.maps().all().get(index))));
    }
}
