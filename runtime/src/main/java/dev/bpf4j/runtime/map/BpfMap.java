// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.MapDefinition;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A map of a machine: its place in guest space, its operations for the host and those for helpers.
 *
 * <p>
 * Operations answer as Linux's: 0 or more for success, else a negated {@link Errno}. What a type has no such operation for answers
 * {@code -EOPNOTSUPP} or {@code -EINVAL}, as Linux's does. All of them may be called from any thread while programs run.
 *
 * <p>
 * Keys and values are bytes as the program writes them. Of a per-CPU map the host sees all lanes' values one after another, each padded to a
 * multiple of 8, like Linux's user space.
 */
public interface BpfMap {
    /** Update flag: create the entry or replace it. */
    long ANY = 0;
    /** Update flag: only create; {@code -EEXIST} otherwise. */
    long NOEXIST = 1;
    /** Update flag: only replace; {@code -ENOENT} otherwise. For queues and stacks: make room by dropping the oldest entry. */
    long EXIST = 2;

    /** What it was made from. */
    MapDefinition definition();

    /** Its type. */
    MapType type();

    /** Its index in the machine. */
    int index();

    /** What programs see as {@code struct bpf_map *}. */
    default long handle() {
        return GuestLayout.mapHandle(index());
    }

    /** Guest address of the first value; what {@code lddw} with src 2 adds its offset to. */
    long values();

    /** Entries in the map now; an array's capacity. */
    int size();

    /** Bytes that {@link #lookup(byte[])} gives and {@link #update(byte[], byte[], long)} takes. */
    int hostValueSize();

    /**
     * The value of a key; null if there is none.
     *
     * @throws IllegalArgumentException if the key has not the map's key size
     */
    byte @Nullable [] lookup(byte[] key);

    /**
     * Sets a value.
     *
     * @param flags {@link #ANY}, {@link #NOEXIST} or {@link #EXIST}
     * @return 0, or {@code -EINVAL} (flags), {@code -EEXIST}, {@code -ENOENT}, {@code -E2BIG} (index out of range, hash table full),
     *         {@code -ENOSPC} (trie full)
     * @throws IllegalArgumentException if key or value have not the map's sizes
     */
    long update(byte[] key, byte[] value, long flags);

    /**
     * Removes an entry.
     *
     * @return 0, {@code -ENOENT}, or {@code -EINVAL} for arrays
     * @throws IllegalArgumentException if the key has not the map's key size
     */
    long delete(byte[] key);

    /**
     * The key after this one, in an order that only changes where entries are added or removed; the first key if this one is null or not in
     * the map; null at the end.
     */
    byte @Nullable [] nextKey(byte @Nullable [] key);

    /** Calls with the key and value of every entry, as {@link #lookup(byte[])} gives them. */
    void forEach(BiConsumer<byte[], byte[]> visitor);

    /** Removes all entries; sets all values of an array to zero. */
    void clear();

    // ---- for helpers ----

    /** Guest address of the value that a lane sees for a key; 0 if there is none. */
    default long lookup(Lane lane, byte[] key) {
        return 0;
    }

    /**
     * An update by a program. For per-CPU maps it sets the lane's own value.
     *
     * @param value guest address of the value, already checked
     */
    default long update(Lane lane, byte[] key, long value, long flags) {
        return -Errno.EINVAL;
    }

    /** A delete by a program. */
    default long delete(Lane lane, byte[] key) {
        return -Errno.EINVAL;
    }

    /**
     * Adds a value to a queue or stack.
     *
     * @param value guest address of the value, already checked
     */
    default long push(Lane lane, long value, long flags) {
        return -Errno.EINVAL;
    }

    /**
     * Reads the next value of a queue or stack to a guest address.
     *
     * @param value  guest address, already checked
     * @param remove whether the entry is taken out
     */
    default long pop(Lane lane, long value, boolean remove) {
        return -Errno.EINVAL;
    }

    /**
     * Calls with every entry as a lane sees it, until the visitor says stop. The map may change meanwhile.
     *
     * @return number of calls, or {@code -EINVAL} if the type does not allow it
     */
    default long visit(Lane lane, Visitor visitor) {
        return -Errno.EINVAL;
    }

    /**
     * Sends data to the host through a perf event array.
     *
     * @param index a lane's number, or 0xffffffff for the running lane
     * @return 0; {@code -E2BIG}, {@code -ENOENT}, {@code -EOPNOTSUPP} for a wrong index; {@code -EINVAL} for other types
     */
    default long output(Lane lane, long index, byte[] data) {
        return -Errno.EINVAL;
    }

    /**
     * Opens a record of a ring buffer; the lane holds a {@link Reservation} under its address until it is finished.
     *
     * @param size bytes, unsigned
     * @return guest address of its data; 0 if there is no space, or the map is no ring buffer
     */
    default long reserve(Lane lane, long size) {
        return 0;
    }

    /**
     * The value that belongs to an object of the kernel: a task, a socket, a control group.
     *
     * @param object  its guest address, or another number of 32 bits
     * @param create  whether a value is made if there is none
     * @param initial guest address of the value's first contents, already checked; 0: zeros
     * @return guest address; 0 if there is none and none could be made, or the map does not hold such values
     */
    default long ofObject(long object, boolean create, long initial) {
        return 0;
    }

    /** Of maps whose values programs reach: guest address of the value that an address lies in; 0 if it lies in none. */
    default long valueAt(long address) {
        return 0;
    }

    /** Of maps whose values programs reach: the key of the value that an address lies in; empty if it lies in none. */
    default byte[] keyOf(long address) {
        return new byte[0];
    }

    /**
     * The value that belongs to a control group, as a lane sees it; zeros if there was none.
     *
     * @param group its id
     * @return guest address; 0 if there is no space, or the map does not hold such values
     */
    default long ofGroup(Lane lane, long group) {
        return 0;
    }

    /**
     * Puts a record into a ring that programs read.
     *
     * @return 0, {@code -E2BIG} if the ring is smaller, {@code -ENOSPC} if it is too full, {@code -EINVAL} for other types
     */
    default long feed(byte[] sample) {
        return -Errno.EINVAL;
    }

    /**
     * Calls with every record of a ring that programs read, in the order of {@link #feed}, until the reader says stop, and takes them out.
     *
     * @return number of records taken, {@code -EBUSY} if it is being read already, {@code -EINVAL} for other types
     */
    default long drain(Lane lane, Reader reader) {
        return -Errno.EINVAL;
    }

    /**
     * Allocates pages of an arena.
     *
     * @param wanted guest address of the first page; 0: wherever there is room
     * @param pages  at least 1
     * @return guest address; 0 if there is no room there, or the map is no arena
     */
    default long allocatePages(Lane lane, long wanted, long pages) {
        return 0;
    }

    /** Frees pages of an arena, those of the range that are allocated; nothing for other types. */
    default void freePages(Lane lane, long first, long pages) {
        // only arenas have pages
    }

    /** Of maps of things outside: the number at the start of an index's value, unsigned; 0 if there is none or the map is of another type. */
    default long reference(long index) {
        return 0;
    }

    /**
     * Puts a call stack into a map of stacks.
     *
     * @param stack   addresses, innermost first; at least one
     * @param compare whether the whole stack is compared with what is there, not only its hash
     * @param replace whether another stack with the same number is replaced
     * @return its number; {@code -EEXIST}; {@code -EINVAL} for other types
     */
    default long addStack(long[] stack, boolean compare, boolean replace) {
        return -Errno.EINVAL;
    }

    /** Of a ring buffer: bytes to be read (0), size (1), consumer's position (2), producer's position (3); 0 for all else. */
    default long query(long what) {
        return 0;
    }

    /** What {@link #drain} calls. */
    @FunctionalInterface
    interface Reader {
        /**
         * Sees a record.
         *
         * @param address guest address of its data
         * @param size    bytes
         * @return whether to go on
         */
        boolean sample(long address, int size);
    }

    /** What {@link #visit} calls. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Sees an entry.
         *
         * @param key   a copy
         * @param value guest address
         * @return whether to go on
         */
        boolean entry(byte[] key, long value);
    }
}
