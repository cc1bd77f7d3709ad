// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import java.util.ArrayList;
import java.util.List;

/** Kernel maps that are closed together. */
final class DescriptorList implements AutoCloseable {
    private final List<KernelMap> maps = new ArrayList<>();

    /** Empty twins of a program's maps, in their order. */
    static DescriptorList of(Program program) throws KernelRefusal {
        DescriptorList list = new DescriptorList();
        try {
            for (MapDefinition definition : program.maps()) {
                list.maps.add(KernelMap.create(definition, 0, 0));
            }
            return list;
        } catch (KernelRefusal e) {
            list.close();
            throw e;
        }
    }

    List<Integer> descriptors() {
        return maps.stream().map(KernelMap::fd).toList();
    }

    @Override
    public void close() {
        maps.forEach(KernelMap::close);
    }
}
