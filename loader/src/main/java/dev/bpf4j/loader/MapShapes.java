// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.MapType;

/**
 * What loaders make of a map's declaration before they create it: libbpf and cilium/ebpf fill in what there is only one right value for, and
 * leave the rest to the user.
 */
final class MapShapes {
    private static final int PAGE = 4096;
    private static final int LARGEST_RING = 1 << 29;
    private static final int DEEPEST_STACK = 127 * Long.BYTES;

    private MapShapes() {
    }

    /** A definition as it is to be made; the same one if nothing is changed. */
    static MapDefinition adjusted(MapDefinition map, LoadOptions options) {
        MapType type = MapType.of(map.type());
        if (type == null) {
            return map;
        }
        int key = map.keySize();
        int value = map.valueSize();
        int entries = entries(map, type, options);
        switch (type) {
            case PERF_EVENT_ARRAY -> {
                key = key == 0 ? Integer.BYTES : key;
                value = value == 0 ? Integer.BYTES : value;
            }
            case ARRAY_OF_MAPS, HASH_OF_MAPS -> value = value == 0 ? Integer.BYTES : value;
            case RINGBUF, USER_RINGBUF -> {
                key = 0;
                value = 0;
                entries = ring(entries);
            }
            case STACK_TRACE -> value = value == 0 && options.unsized() > 0 ? DEEPEST_STACK : value;
            case HASH, ARRAY, PROG_ARRAY, PERCPU_HASH, PERCPU_ARRAY, CGROUP_ARRAY, LRU_HASH, LRU_PERCPU_HASH, LPM_TRIE, DEVMAP, SOCKMAP,
                    CPUMAP, XSKMAP, SOCKHASH, CGROUP_STORAGE, REUSEPORT_SOCKARRAY, PERCPU_CGROUP_STORAGE, QUEUE, STACK, SK_STORAGE,
                    DEVMAP_HASH, STRUCT_OPS, INODE_STORAGE, TASK_STORAGE, BLOOM_FILTER, CGRP_STORAGE, ARENA, INSN_ARRAY -> {
            }
        }
        MapDefinition inner = map.inner() == null ? null : adjusted(map.inner(), options);
        if (key == map.keySize() && value == map.valueSize() && entries == map.maxEntries() && inner == map.inner()) {
            return map;
        }
        return new MapDefinition(map.name(), map.type(), key, value, entries, map.flags(), inner, map.initial(), map.order());
    }

    private static int entries(MapDefinition map, MapType type, LoadOptions options) {
        Integer given = options.maxEntries().get(map.name());
        if (given != null) {
            return given;
        }
        boolean open = map.maxEntries() == 0 && type != MapType.PERF_EVENT_ARRAY && !type.storage().unlimited()
                && type.key() != MapType.Size.NONE;
        boolean queue = map.maxEntries() == 0 && (type == MapType.QUEUE || type == MapType.STACK || type == MapType.BLOOM_FILTER
                || type == MapType.RINGBUF || type == MapType.USER_RINGBUF);
        return open || queue ? options.unsized() : map.maxEntries();
    }

    /** libbpf: a power of two, and at least a page. */
    private static int ring(int bytes) {
        return bytes <= 0 || bytes > LARGEST_RING ? bytes : Math.max(PAGE, Integer.highestOneBit(2 * bytes - 1));
    }
}
