// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.GuestLayout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The layout of map metadata in guest space: the one place that knows the offsets. Java code and routines both take them from here; the text
 * is in {@code docs/guest-memory.md}.
 *
 * <p>
 * The header of map {@code i} lies at {@code SYSTEM_BASE + i * MAP_HEADER}, which is its handle minus {@link #HANDLE_TO_HEADER}. All fields are
 * 32-bit and little-endian in every machine. Buckets, chains and tries link by guest addresses; the list of free slots by their numbers plus
 * one. 0 means "none" in both.
 */
public final class MapHeader {
    /** What must be subtracted from a handle to get the header's address. */
    public static final long HANDLE_TO_HEADER = GuestLayout.HANDLE_BASE - GuestLayout.SYSTEM_BASE;

    /** Number of the {@link MapType}. */
    public static final int TYPE = 0;
    /** Number of the {@link MapType.Storage}, perhaps plus {@link MapType.Storage#BIG_ENDIAN}; 0: no map. */
    public static final int KIND = 4;
    /** Bytes of a key. */
    public static final int KEY_SIZE = 8;
    /** Bytes of a value. */
    public static final int VALUE_SIZE = 12;
    /** Capacity in entries. */
    public static final int MAX_ENTRIES = 16;
    /** Flags given when the map was made. */
    public static final int FLAGS = 20;
    /** Guest address of value 0 (of lane 0). */
    public static final int VALUES = 24;
    /** Distance of two values in bytes: the value's size rounded up to 8. */
    public static final int STRIDE = 28;
    /** Distance of two lanes' values in bytes; 0 if lanes share them. */
    public static final int BLOCK = 32;
    /** Guest address of entry 0 (hash tables) or node 0 (tries). */
    public static final int ENTRIES = 36;
    /** Distance of two entries or nodes in bytes. */
    public static final int ENTRY_STRIDE = 40;
    /** Guest address of the bucket table: one 32-bit word per bucket, the address of the first entry. */
    public static final int BUCKETS = 44;
    /** Number of buckets minus one; the number is a power of two. */
    public static final int BUCKET_MASK = 48;
    /** Number of entries or nodes that there is space for. */
    public static final int SLOTS = 52;
    /** Entries in the map now. */
    public static final int COUNT = 56;
    /** Slots that were ever taken; those behind were never used. */
    public static final int USED = 60;
    /** Of the free slots below {@link #USED} the one that has been free longest, plus one. */
    public static final int FREE = 64;
    /** Tries: address of the root node. Queues: next place to write. LRU tables: where the search for a victim goes on. */
    public static final int ROOT = 68;
    /** Queues: next place to read. */
    public static final int TAIL = 72;
    /** The slot that was freed last, plus one. */
    public static final int FREE_LAST = 76;
    /** How many slots were ever freed, modulo 2^32. */
    public static final int FREED = 80;
    /** A freed slot stays as it is until at least so many others were freed after it. */
    public static final int GRACE = 84;
    /** Ring buffers: bytes ever reserved, 64 bit. */
    public static final int PRODUCER = 88;
    /** Ring buffers: bytes ever consumed, 64 bit. */
    public static final int CONSUMER = 96;
    /** Steps after which a lookup gives up; more than a lookup can need. */
    public static final int STEPS = 104;

    /** Hash entry: address of the next entry of the chain. */
    public static final int ENTRY_NEXT = 0;
    /** Hash entry: low 32 bits of the key's hash. */
    public static final int ENTRY_HASH = 4;
    /** Hash entry: address of its value (of lane 0). */
    public static final int ENTRY_VALUE = 8;
    /** Hash entry: the entry that was freed after it, plus one. */
    public static final int ENTRY_LINK = 12;
    /** Hash entry: 1 if it is in the table, 0 if it is free; one byte. */
    public static final int ENTRY_LIVE = 16;
    /** Hash entry: set to 1 by each lookup of an LRU table; one byte. */
    public static final int ENTRY_USED = 17;
    /** Hash entry: the key, padded with zeros to a multiple of 8. */
    public static final int ENTRY_KEY = 24;

    /** Trie node: address of the child for bit 0. */
    public static final int NODE_CHILD0 = 0;
    /** Trie node: address of the child for bit 1. */
    public static final int NODE_CHILD1 = 4;
    /** Trie node: prefix length in bits. */
    public static final int NODE_PREFIX = 8;
    /** Trie node: address of its value; 0 if it only branches. */
    public static final int NODE_VALUE = 12;
    /** Trie node: the node that was freed after it, plus one. */
    public static final int NODE_LINK = 16;
    /** Trie node: the prefix's bytes, padded with zeros to a multiple of 8. */
    public static final int NODE_DATA = 24;

    /** Multiplier of the hash function, see {@link HashTable#hash}. */
    static final long HASH_MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    /** What routines make of a key size, so that their loops end: more than {@link Maps#MAX_KEY}. */
    private static final int KEY_MASK = 0x1fff;
    /** What routines make of {@link #STEPS}, so that their loops end: more than twice the smallest entries that the system area can hold. */
    static final int STEPS_MASK = 0x1ff_ffff;

    private MapHeader() {
    }

    /** The constants of this layout that routines use, by the name that they use in braces. */
    public static Map<String, Long> constants() {
        Map<String, Long> names = new LinkedHashMap<>();
        names.put("header", HANDLE_TO_HEADER);
        names.put("kind", (long) KIND);
        names.put("key_size", (long) KEY_SIZE);
        names.put("max_entries", (long) MAX_ENTRIES);
        names.put("values", (long) VALUES);
        names.put("stride", (long) STRIDE);
        names.put("block", (long) BLOCK);
        names.put("buckets", (long) BUCKETS);
        names.put("bucket_mask", (long) BUCKET_MASK);
        names.put("steps", (long) STEPS);
        names.put("root", (long) ROOT);
        names.put("freed", (long) FREED);
        names.put("grace", (long) GRACE);
        names.put("entry_next", (long) ENTRY_NEXT);
        names.put("entry_hash", (long) ENTRY_HASH);
        names.put("entry_value", (long) ENTRY_VALUE);
        names.put("entry_used", (long) ENTRY_USED);
        names.put("entry_key", (long) ENTRY_KEY);
        names.put("node_child0", (long) NODE_CHILD0);
        names.put("node_prefix", (long) NODE_PREFIX);
        names.put("node_value", (long) NODE_VALUE);
        names.put("node_data", (long) NODE_DATA);
        names.put("hash_multiplier", HASH_MULTIPLIER);
        names.put("key_mask", (long) KEY_MASK);
        names.put("steps_mask", (long) STEPS_MASK);
        for (MapType.Storage storage : MapType.Storage.values()) {
            String name = "kind_" + storage.name().toLowerCase(Locale.ROOT);
            names.put(name, (long) storage.number());
            names.put(name + "_big", (long) storage.number() + MapType.Storage.BIG_ENDIAN);
        }
        return Collections.unmodifiableMap(names);
    }

    /** Address of the header of map {@code index}. */
    static long address(int index) {
        return GuestLayout.SYSTEM_BASE + (long) index * GuestLayout.MAP_HEADER;
    }
}
