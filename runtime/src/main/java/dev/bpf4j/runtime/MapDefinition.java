// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import java.nio.ByteOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A map as an object declares it. Compared by identity: two maps of one name in two objects are two maps, one definition shared by several
 * programs of an object is one.
 */
public final class MapDefinition {
    private final String name;
    private final int type;
    private final int keySize;
    private final int valueSize;
    private final int maxEntries;
    private final int flags;
    private final @Nullable MapDefinition inner;
    private final byte[] initial;
    private final ByteOrder order;

    /**
     * @param name       for people and for looking it up
     * @param type       number in Linux {@code enum bpf_map_type}; unknown numbers are refused when the machine makes the map
     * @param keySize    bytes
     * @param valueSize  bytes
     * @param maxEntries capacity
     * @param flags      {@code BPF_F_*} as given to {@code BPF_MAP_CREATE}
     * @param inner      for maps of maps, the inner map's shape
     * @param initial    first bytes of the value storage of an array (global sections); empty otherwise
     *
     *                   The map's programs are little-endian.
     */
    public MapDefinition(String name, int type, int keySize, int valueSize, int maxEntries, int flags, @Nullable MapDefinition inner,
            byte[] initial) {
        this(name, type, keySize, valueSize, maxEntries, flags, inner, initial, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * @param name       for people and for looking it up
     * @param type       number in Linux {@code enum bpf_map_type}; unknown numbers are refused when the machine makes the map
     * @param keySize    bytes
     * @param valueSize  bytes
     * @param maxEntries capacity
     * @param flags      {@code BPF_F_*} as given to {@code BPF_MAP_CREATE}
     * @param inner      for maps of maps, the inner map's shape
     * @param initial    first bytes of the value storage of an array (global sections); empty otherwise
     * @param order      byte order of the programs that use the map: of indices, prefix lengths, and whatever the values hold
     */
    public MapDefinition(String name, int type, int keySize, int valueSize, int maxEntries, int flags, @Nullable MapDefinition inner,
            byte[] initial, ByteOrder order) {
        this.name = Objects.requireNonNull(name);
        this.type = type;
        this.keySize = keySize;
        this.valueSize = valueSize;
        this.maxEntries = maxEntries;
        this.flags = flags;
        this.inner = inner;
        this.initial = initial.clone();
        this.order = Objects.requireNonNull(order);
    }

    /** A map without flags, inner map or contents. */
    public static MapDefinition of(String name, int type, int keySize, int valueSize, int maxEntries) {
        return new MapDefinition(name, type, keySize, valueSize, maxEntries, 0, null, new byte[0]);
    }

    /** The map's name. */
    public String name() {
        return name;
    }

    /** Number in Linux {@code enum bpf_map_type}. */
    public int type() {
        return type;
    }

    /** Bytes of a key. */
    public int keySize() {
        return keySize;
    }

    /** Bytes of a value. */
    public int valueSize() {
        return valueSize;
    }

    /** Capacity in entries (bytes for a ring buffer). */
    public int maxEntries() {
        return maxEntries;
    }

    /** The {@code BPF_F_*} flags. */
    public int flags() {
        return flags;
    }

    /** The inner map's shape, for maps of maps. */
    public @Nullable MapDefinition inner() {
        return inner;
    }

    /** First bytes of the value storage; a copy. */
    public byte[] initial() {
        return initial.clone();
    }

    /** Byte order of the programs that use the map: of indices, prefix lengths, and whatever the values hold. */
    public ByteOrder order() {
        return order;
    }

    @Override
    public String toString() {
        return "map " + name + " (type " + type + ", key " + keySize + ", value " + valueSize + ", max_entries " + maxEntries + ")";
    }
}
