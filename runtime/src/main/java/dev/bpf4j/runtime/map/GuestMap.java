// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Region;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What all kinds of maps share: sizes, place of the values, header, lock.
 *
 * <p>
 * Geometry (addresses, strides, numbers of slots) is kept here and only copied to the header for the routines; it is never read back. What
 * changes (counts, links) lives in guest space alone, so that clearing the space clears the map, and is checked whenever it is read.
 */
abstract sealed class GuestMap implements BpfMap permits ArrayMap, HashTable, KeylessMap, LpmTrie,
        ProgramArray, ReferenceArray, StackTraces {
    /** Stands for a lane's number when the host gives all lanes' values. */
    static final int ALL_LANES = -1;
    /** Update flag: take the lock in the value. */
    private static final long LOCK = 4;

    private final Machine machine;
    private final MapDefinition definition;
    private final MapType type;
    private final int index;
    private final long header;
    private final long values;
    private final int stride;
    private final long block;
    private final long valueBytes;
    private final byte[] initial;
    private final Reference reference;

    final ReentrantLock lock = new ReentrantLock();
    final SystemArea area;
    final MemorySegment memory;
    final int keySize;
    final int valueSize;
    final int maxEntries;
    final int lanes;

    /**
     * Where a map is being made.
     *
     * @param type of the definition, which has been checked against it
     */
    record Site(Machine machine, MapDefinition definition, MapType type, int index, MapSpace space) {
        /** Values of objects that one map can hold; in Linux as many as there is memory for. */
        private static final int OBJECTS = 16_384;
        /** Control groups that one map can hold values of. */
        private static final int CGROUPS = 1_024;

        /** Entries that there is space for. */
        int capacity() {
            return type.storage() == MapType.Storage.OBJECTS ? OBJECTS : type.storage().unlimited() ? CGROUPS : definition.maxEntries();
        }
    }

    /**
     * Takes space for the values.
     *
     * @param slots number of values (per lane)
     * @throws LoadException if there is not enough guest space
     */
    GuestMap(Site site, long slots) throws LoadException {
        this(site, slots, Reference.of(site).storedSize(site.definition().valueSize()));
    }

    GuestMap(Site site, long slots, int valueSize) throws LoadException {
        this.machine = site.machine();
        this.definition = site.definition();
        this.type = site.type();
        this.index = site.index();
        this.header = MapHeader.address(index);
        this.memory = machine.memory().segment();
        this.area = new SystemArea(memory);
        this.lanes = machine.lanes();
        this.keySize = definition.keySize();
        this.valueSize = valueSize;
        this.maxEntries = site.capacity();
        this.stride = Math.toIntExact(MapSpace.roundUp(valueSize, 8));
        boolean perCpu = type.storage().perCpu();
        this.block = perCpu ? slots * stride : 0;
        this.initial = definition.initial();
        this.reference = Reference.of(site);
        long bytes = slots == 0 ? 0 : block * (lanes - 1) + (slots - 1) * stride + valueSize;
        if (initial.length > bytes) {
            throw new LoadException("map " + definition.name() + ": " + initial.length + " bytes of initial contents for " + bytes
                    + " bytes of values");
        }
        this.values = site.space().values(definition.name(), bytes);
        this.valueBytes = bytes;
    }

    /** Lets programs reach the values, once the map has been made. */
    final void openRegion() {
        if (type.storage().addressable()) {
            machine.addRegion(new Region(definition.name(), values, valueBytes, !readOnly() && reference == Reference.NONE));
        }
    }

    /** Writes the header and the initial contents into cleared memory. */
    final void initialise() {
        area.word(header + MapHeader.TYPE, type.number());
        area.word(header + MapHeader.KEY_SIZE, keySize);
        area.word(header + MapHeader.VALUE_SIZE, valueSize);
        area.word(header + MapHeader.MAX_ENTRIES, maxEntries);
        area.word(header + MapHeader.FLAGS, definition.flags());
        area.word(header + MapHeader.VALUES, (int) values);
        area.word(header + MapHeader.STRIDE, stride);
        area.word(header + MapHeader.BLOCK, (int) block);
        describe();
        area.bytes(values, initial);
        boolean swapped = definition.order() == ByteOrder.BIG_ENDIAN && type.storage().readsKeys();
        area.publish(header + MapHeader.KIND, type.storage().number() + (swapped ? MapType.Storage.BIG_ENDIAN : 0));
    }

    /** The contents are those of a checkpoint again; what follows from them is not. */
    void restored() {
        // most kinds keep nothing else
    }

    /** Writes the header fields that only this kind of map has. */
    void describe() {
        // most kinds have none
    }

    @Override
    public final MapDefinition definition() {
        return definition;
    }

    @Override
    public final MapType type() {
        return type;
    }

    @Override
    public final int index() {
        return index;
    }

    @Override
    public final long values() {
        return values;
    }

    @Override
    public int hostValueSize() {
        return type.storage().perCpu() ? lanes * stride : definition.valueSize();
    }

    /** What values stand for. */
    final Reference reference() {
        return reference;
    }

    final Machine machine() {
        return machine;
    }

    /** Whether programs may not change the map. */
    final boolean readOnly() {
        return (definition.flags() & MapType.Flags.RDONLY_PROG) != 0;
    }

    // ---- header fields that change ----

    final int field(int offset) {
        return area.word(header + offset);
    }

    final void field(int offset, int value) {
        area.word(header + offset, value);
    }

    final void describe(int offset, long value) {
        area.word(header + offset, (int) value);
    }

    final long header() {
        return header;
    }

    // ---- values ----

    /** Number of the value that an address lies in, of lane 0 or of lanes that share values; -1 if it lies in none. */
    final long slotAt(long address) {
        long distance = address - values;
        return !type.storage().addressable() || stride == 0 || distance < 0 || distance >= valueBytes ? -1 : distance / stride;
    }

    @Override
    public final long valueAt(long address) {
        long slot = slotAt(address);
        return slot < 0 ? 0 : values + slot * stride;
    }

    /** Guest address of a value as a lane sees it. The slot has been checked. */
    final long value(long slot, int cpu) {
        return values + slot * stride + cpu * block;
    }

    /** Guest address of a value as a lane sees it. */
    final long value(long slot, Lane lane) {
        return value(slot, lane.cpu());
    }

    /**
     * Copies a value in.
     *
     * @param at  offset in {@code from}: of one value, or of all lanes' values, each padded
     * @param cpu the lane that it is for, or {@link #ALL_LANES}; of no matter if lanes share values
     */
    final void store(long slot, MemorySegment from, long at, int cpu) {
        if (block == 0) {
            GuestBytes.copy(from, at, memory, value(slot, 0), valueSize);
        } else if (cpu != ALL_LANES) {
            GuestBytes.copy(from, at, memory, value(slot, cpu), valueSize);
        } else {
            for (int i = 0; i < lanes; i++) {
                GuestBytes.copy(from, at + (long) i * stride, memory, value(slot, i), valueSize);
            }
        }
    }

    /** Sets a value of all lanes to zero. */
    final void zero(long slot) {
        for (int i = 0; i < (block == 0 ? 1 : lanes); i++) {
            GuestBytes.clear(memory, value(slot, i), valueSize);
        }
    }

    /** A copy of a value as the host sees it. */
    final byte[] load(long slot) {
        if (block == 0) {
            return reference.outward(this, area.bytes(value(slot, 0), valueSize));
        }
        byte[] bytes = new byte[hostValueSize()];
        for (int i = 0; i < lanes; i++) {
            MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, value(slot, i), bytes, i * stride, valueSize);
        }
        return bytes;
    }

    // ---- arguments ----

    final byte[] checkedKey(byte[] key) {
        if (key.length != keySize) {
            throw new IllegalArgumentException("map " + definition.name() + " has keys of " + keySize + " bytes, not " + key.length);
        }
        return key;
    }

    final MemorySegment checkedValue(byte[] value) {
        if (value.length != hostValueSize()) {
            throw new IllegalArgumentException("map " + definition.name() + " has values of " + hostValueSize() + " bytes, not "
                    + value.length);
        }
        return MemorySegment.ofArray(value);
    }

    /** The 32-bit number at the start of a key, in the byte order of the map's programs, as an unsigned number. */
    final long number(byte[] key) {
        int little = (key[0] & 0xff) | (key[1] & 0xff) << 8 | (key[2] & 0xff) << 16 | key[3] << 24;
        int number = definition.order() == ByteOrder.BIG_ENDIAN ? Integer.reverseBytes(little) : little;
        return number & 0xffff_ffffL;
    }

    /** The key with this number. */
    final byte[] numberKey(int number) {
        int little = definition.order() == ByteOrder.BIG_ENDIAN ? Integer.reverseBytes(number) : number;
        return new byte[] {(byte) little, (byte) (little >>> 8), (byte) (little >>> 16), (byte) (little >>> 24)};
    }

    /** The key with the number after this key's, of a map whose keys are all numbers below its capacity; as {@link BpfMap#nextKey}. */
    final byte @Nullable [] nextNumber(byte @Nullable [] key) {
        return nextNumber(key, maxEntries);
    }

    final byte @Nullable [] nextNumber(byte @Nullable [] key, int capacity) {
        long index = key == null ? capacity : number(checkedKey(key));
        if (index >= capacity) {
            return numberKey(0);
        }
        return index == capacity - 1 ? null : numberKey((int) index + 1);
    }

    /** Whether update flags are none of ANY, NOEXIST, EXIST. A lock in the value (flag 4) is unknown here, so Linux would refuse it too. */
    static boolean badFlags(long flags) {
        return flags < 0 || flags > EXIST;
    }

    @Override
    public final long update(byte[] key, byte[] value, long flags) {
        MemorySegment checked = checkedValue(value);
        checkedKey(key);
        if ((flags & LOCK) != 0) { // looked at before anything else, Linux bpf_map_check_op_flags
            return -Errno.EINVAL;
        }
        if (reference == Reference.NONE) {
            return put(key, checked, 0, ALL_LANES, flags);
        }
        long early = reference.refusal(this, key, value, flags);
        if (early != 0) {
            return early;
        }
        byte[] stored = new byte[valueSize];
        long error = reference.inward(this, key, value, stored);
        return error != 0 ? error : put(key, MemorySegment.ofArray(stored), 0, ALL_LANES, flags);
    }

    @Override
    public final long update(Lane lane, byte[] key, long value, long flags) {
        if (reference != Reference.NONE) {
            return reference.putByProgram(this, key, value, flags);
        }
        return readOnly() ? -Errno.EPERM : putByProgram(lane, key, value & GuestLayout.ADDRESS_MASK, flags);
    }

    @Override
    public final long delete(byte[] key) {
        return remove(checkedKey(key));
    }

    @Override
    public final long delete(Lane lane, byte[] key) {
        return readOnly() ? -Errno.EPERM
                : reference == Reference.NONE || reference == Reference.SOCKET ? removeByProgram(key) : -Errno.EINVAL;
    }

    /** Sets a value; arguments have their sizes. */
    abstract long put(byte[] key, MemorySegment from, long at, int cpu, long flags);

    /** Removes an entry; the key has its size. */
    abstract long remove(byte[] key);

    /** What programs may do with an update; the same as the host unless the type says otherwise. */
    long putByProgram(Lane lane, byte[] key, long value, long flags) {
        return put(key, memory, value, lane.cpu(), flags);
    }

    /** What programs may do with a delete; the same as the host unless the type says otherwise. */
    long removeByProgram(byte[] key) {
        return remove(key);
    }

    @Override
    public String toString() {
        return definition.toString();
    }
}
