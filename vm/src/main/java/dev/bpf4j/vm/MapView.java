// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.map.BpfMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A map of a machine with keys and values as objects. A view: what programs write is seen here at once, and the other way round. May be used by
 * any thread while programs run.
 */
public final class MapView<K, V> {
    private final BpfMap map;
    private final Codec<K> keys;
    private final Codec<V> values;

    MapView(BpfMap map, Codec<K> keys, Codec<V> values) {
        this.map = map;
        this.keys = keys;
        this.values = values;
        check("keys", keys.size(), map.definition().keySize());
        check("values", values.size(), map.hostValueSize());
    }

    private void check(String what, int given, int own) {
        if (given != own) {
            throw new IllegalArgumentException("map " + name() + " has " + what + " of " + own + " bytes, not " + given);
        }
    }

    /** Name of the map. */
    public String name() {
        return map.definition().name();
    }

    /** Entries now; of an array, its length. */
    public int size() {
        return map.size();
    }

    /** The value of a key; empty if there is none. */
    public Optional<V> get(K key) {
        byte[] value = map.lookup(keys.encode(key));
        return value == null ? Optional.empty() : Optional.of(values.decode(value));
    }

    /**
     * Sets a value.
     *
     * @throws IllegalStateException if the map refuses it: it is full, or the index is out of range
     */
    public void put(K key, V value) {
        long result = map.update(keys.encode(key), values.encode(value), BpfMap.ANY);
        if (result != 0) {
            throw new IllegalStateException("map " + name() + ": the entry cannot be set, error " + -result + (result == -Errno.E2BIG
                    ? ": the map is full, or the index is out of range"
                    : ""));
        }
    }

    /** Removes an entry; whether there was one. Arrays keep theirs. */
    public boolean remove(K key) {
        return map.delete(keys.encode(key)) == 0;
    }

    /** All entries, in the map's own order; a copy. Entries that come or go meanwhile may or may not be in it. */
    public List<Map.Entry<K, V>> entries() {
        List<Map.Entry<K, V>> entries = new ArrayList<>();
        map.forEach((key, value) -> entries.add(Map.entry(keys.decode(key), values.decode(value))));
        return entries;
    }
}
