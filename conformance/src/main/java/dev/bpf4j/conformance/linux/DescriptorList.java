// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.util.ArrayList;
import java.util.List;

/** Kernel maps that are closed together. */
final class DescriptorList implements AutoCloseable {
    private final List<KernelMap> maps = new ArrayList<>();

    void add(KernelMap map) {
        maps.add(map);
    }

    List<Integer> descriptors() {
        return maps.stream().map(KernelMap::fd).toList();
    }

    @Override
    public void close() {
        maps.forEach(KernelMap::close);
    }
}
