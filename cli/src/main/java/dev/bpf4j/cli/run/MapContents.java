// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a map holds.
 *
 * @param map     the map
 * @param entries ordered by the bytes of the key, queues and stacks in their own order; of arrays only elements that are not all zero
 * @param zeros   elements of an array that are all zero
 */
record MapContents(BpfMap map, List<Entry> entries, long zeros) {
    /** An entry; of a per-CPU map with the values of all CPUs. The arrays are not to be changed. */
    record Entry(byte[] key, byte[] value) {}

    /** The contents of all maps of a machine. */
    static List<MapContents> of(Machine machine) {
        return machine.maps().all().stream().map(MapContents::of).toList();
    }

    static MapContents of(BpfMap map) {
        List<Entry> entries = new ArrayList<>();
        long[] zeros = {0};
        boolean array = isArray(map);
        map.forEach((key, value) -> {
            if (array && allZero(value)) {
                zeros[0]++;
            } else {
                entries.add(new Entry(key, value));
            }
        });
        if (!array && map.definition().keySize() > 0) {
            entries.sort(Comparator.comparing(Entry::key, Arrays::compareUnsigned));
        }
        return new MapContents(map, entries, zeros[0]);
    }

    private static boolean isArray(BpfMap map) {
        return map.type().storage() == MapType.Storage.ARRAY || map.type().storage() == MapType.Storage.PERCPU_ARRAY;
    }

    private static boolean allZero(byte[] value) {
        for (byte b : value) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    String name() {
        return map.definition().name();
    }

    /** What differs between two machines' maps; null if nothing does. */
    static Observation.@Nullable Difference difference(List<MapContents> first, List<MapContents> second) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            Observation.Difference found = first.get(i).difference(second.get(i));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private Observation.@Nullable Difference difference(MapContents other) {
        int count = Math.min(entries.size(), other.entries.size());
        for (int i = 0; i < count; i++) {
            Entry mine = entries.get(i);
            Entry theirs = other.entries.get(i);
            if (!Arrays.equals(mine.key(), theirs.key())) {
                return new Observation.Difference("map " + name() + ", a key that the other does not have", hex(mine.key()), hex(theirs
                        .key()));
            }
            if (!Arrays.equals(mine.value(), theirs.value())) {
                return new Observation.Difference("map " + name() + ", value of key " + hex(mine.key()), hex(mine.value()), hex(theirs
                        .value()));
            }
        }
        return entries.size() == other.entries.size() ? null
                : new Observation.Difference("map " + name() + ", entries", Integer.toString(entries.size()), Integer.toString(other.entries
                        .size()));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 64)) + (bytes.length > 64 ? "…" : "");
    }
}
