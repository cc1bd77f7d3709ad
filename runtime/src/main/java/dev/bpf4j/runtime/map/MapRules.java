// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;

/** Checks a definition against its type's row, as Linux does when a map is created. */
final class MapRules {
    /** Most bytes of a hash table's key and value together (Linux: KMALLOC_MAX_SIZE, 4 MiB). */
    private static final long HASH_ELEMENT_MOST = 4 << 20;

    private MapRules() {
    }

    /**
     * The type of a definition that can be made.
     *
     * @throws LoadException if the type is unknown or not supported, or a size or flag is not allowed; names map and reason
     */
    static MapType check(MapDefinition definition) throws LoadException {
        MapType type = MapType.of(definition.type());
        if (type == null) {
            throw refused(definition, "its type " + definition.type() + " is not a map type of Linux");
        }
        if (type.storage() == MapType.Storage.NONE) {
            throw refused(definition, "maps of type " + type + " (" + type.number() + ") are not supported");
        }
        int key = definition.keySize();
        int value = definition.valueSize();
        if (!type.key().allows(key) || key > Maps.MAX_KEY) {
            throw refused(definition, "a key of " + type + " has " + type.key() + (type.key() == MapType.Size.SOME ? " and at most "
                    + Maps.MAX_KEY : "")
                    + " bytes, not " + key);
        }
        if (!type.value().allows(value)) {
            throw refused(definition, "a value of " + type + " has " + type.value() + " bytes, not " + value);
        }
        boolean hash = type.storage().hashed();
        if (hash && (long) key + value >= HASH_ELEMENT_MOST) {
            throw refused(definition, "key and value of " + type + " have together less than " + HASH_ELEMENT_MOST + " bytes, not "
                    + ((long) key + value));
        }
        boolean unlimited = type.storage().unlimited();
        if (unlimited && definition.maxEntries() != 0) {
            throw refused(definition, "max_entries of " + type + " is 0, not " + Integer.toUnsignedString(definition.maxEntries()));
        }
        if (!unlimited && definition.maxEntries() <= 0 && !(type == MapType.PERF_EVENT_ARRAY && definition.maxEntries() == 0)) {
            throw refused(definition, "max_entries is 1 to 2147483647, not " + Integer.toUnsignedString(definition.maxEntries()));
        }
        int unknown = definition.flags() & ~type.flags();
        if (unknown != 0) {
            throw refused(definition, type + " has no flag 0x" + Integer.toHexString(unknown));
        }
        details(definition, type);
        return type;
    }

    private static void details(MapDefinition definition, MapType type) throws LoadException {
        if (type == MapType.LPM_TRIE && (definition.flags() & MapType.Flags.NO_PREALLOC) == 0) {
            throw refused(definition, "lpm_trie needs the flag BPF_F_NO_PREALLOC (1)");
        }
        if (type == MapType.STACK_TRACE && (definition.valueSize() % 8 != 0 || definition.valueSize() / 8 > StackTraces.DEEPEST)) {
            throw refused(definition, "a value of stack_trace has 8 to " + 8 * StackTraces.DEEPEST + " bytes in steps of 8, not "
                    + definition
                            .valueSize());
        }
        if (type == MapType.STACK_TRACE && (definition.flags() & MapType.Flags.STACK_BUILD_ID) != 0) {
            throw refused(definition, "stacks of build ids are not offered");
        }
        if (type == MapType.ARENA && (definition.flags() & MapType.Flags.MMAPABLE) == 0) {
            throw refused(definition, "arena needs the flag BPF_F_MMAPABLE (1024)");
        }
        MapDefinition inner = definition.inner();
        boolean outer = type == MapType.ARRAY_OF_MAPS || type == MapType.HASH_OF_MAPS;
        if (outer && inner != null && inner.inner() != null) {
            throw refused(definition, "its inner maps hold maps again; maps nest only once");
        }
    }

    private static LoadException refused(MapDefinition definition, String reason) {
        return new LoadException("map " + definition.name() + ": " + reason);
    }
}
