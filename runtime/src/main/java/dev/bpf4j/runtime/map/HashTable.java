// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hash tables: plain, per-CPU, and with eviction. Linux {@code kernel/bpf/hashtab.c}.
 *
 * <p>
 * <b>Problem.</b> Routines walk the chains without a lock, on other lanes, while one thread changes them under the lock.
 *
 * <p>
 * <b>Structures.</b> A table of buckets, each the head of a chain of entries; entry {@code i} owns value {@code i}. An entry is written in full
 * before it is linked. A plain update takes another entry, fills it and puts it in the place of the old one: so readers see the old value or the
 * new one, a pointer got before keeps its old value, as in Linux, and iteration goes on where it was. Per-CPU values are written in place.
 *
 * <p>
 * <b>Invariants.</b> What a {@link SlotPool} promises. A link that is read back from guest space leads to a slot of this table or
 * counts as the end; no walk takes more steps than there are slots.
 */
final class HashTable extends GuestMap {
    private static final int[] NO_ENTRIES = {};
    private static final VarHandle PIECES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final boolean perCpu;
    private final boolean evicts;
    private final boolean groups;
    private final int grace;
    private final int entryStride;
    private final int bucketMask;
    private final long entries;
    private final long buckets;
    private final SlotPool pool;

    /** Where an entry was found: its slot plus one (0: not found), and the address of the word that links to it. */
    private record Place(int entry, long link) {}

    HashTable(Site site) throws LoadException {
        super(site, slots(site));
        this.perCpu = type().storage().perCpu();
        this.evicts = type().storage() == MapType.Storage.LRU_HASH || type().storage() == MapType.Storage.LRU_PERCPU_HASH;
        this.groups = type().storage() == MapType.Storage.CGROUPS || type().storage() == MapType.Storage.PERCPU_CGROUPS;
        long count = slots(site);
        this.entryStride = Math.toIntExact(MapHeader.ENTRY_KEY + MapSpace.roundUp(keySize, 8));
        long heads = Math.max(2, Long.highestOneBit(2L * maxEntries - 1));
        String name = site.definition().name();
        this.buckets = site.space().metadata(name, 4 * heads);
        this.entries = site.space().metadata(name, count * entryStride);
        this.bucketMask = Math.toIntExact(heads - 1);
        this.grace = grace(site);
        this.pool = new SlotPool(area, header(), entries, entryStride, MapHeader.ENTRY_LINK, Math.toIntExact(count));
    }

    private static int grace(Site site) {
        long lanes = site.type().storage().perCpu() ? site.machine().lanes() : 1;
        return SlotPool.grace(lanes * MapSpace.roundUp(site.definition().valueSize(), 8) + MapSpace.roundUp(site.definition().keySize(),
                8));
    }

    private static long slots(Site site) {
        return (long) site.capacity() + grace(site);
    }

    @Override
    void describe() {
        describe(MapHeader.ENTRIES, entries);
        describe(MapHeader.ENTRY_STRIDE, entryStride);
        describe(MapHeader.BUCKETS, buckets);
        describe(MapHeader.BUCKET_MASK, bucketMask);
        describe(MapHeader.SLOTS, pool.slots());
        describe(MapHeader.GRACE, grace);
        describe(MapHeader.STEPS, 2L * (pool.slots() + 16));
    }

    /**
     * The hash of a key; the routine computes the same. Over the key's bytes in pieces of 8, little-endian, the last one filled up with zeros:
     * {@code h = (h xor piece) * MULTIPLIER; h = h xor h >>> 32}, from 0.
     */
    static int hash(byte[] key) {
        long hash = 0;
        for (int at = 0; at < key.length; at += Long.BYTES) {
            long piece = at + Long.BYTES <= key.length ? (long) PIECES.get(key, at) : lastPiece(key, at);
            hash = (hash ^ piece) * MapHeader.HASH_MULTIPLIER;
            hash ^= hash >>> 32;
        }
        return (int) hash;
    }

    private static long lastPiece(byte[] key, int at) {
        long piece = 0;
        for (int i = key.length - 1; i >= at; i--) {
            piece = piece << 8 | key[i] & 0xff;
        }
        return piece;
    }

    // ---- entries; "entry" is always a slot plus one ----

    private long at(int entry) {
        return pool.at(entry);
    }

    /** Address of the word that leads to the next entry of the chain. */
    private long next(int entry) {
        return at(entry) + MapHeader.ENTRY_NEXT;
    }

    private long bucket(int hash) {
        return buckets + 4L * (hash & bucketMask);
    }

    private boolean live(int entry) {
        return area.octet(at(entry) + MapHeader.ENTRY_LIVE) != 0;
    }

    private byte[] key(int entry) {
        return area.bytes(at(entry) + MapHeader.ENTRY_KEY, keySize);
    }

    private Place find(byte[] key, int hash) {
        long link = bucket(hash);
        int entry = pool.follow(link);
        for (int steps = 0; entry != 0 && steps < pool.slots(); steps++) {
            long at = at(entry);
            if (area.word(at + MapHeader.ENTRY_HASH) == hash && area.holds(at + MapHeader.ENTRY_KEY, key)) {
                return new Place(entry, link);
            }
            link = at + MapHeader.ENTRY_NEXT;
            entry = pool.follow(link);
        }
        return new Place(0, bucket(hash));
    }

    /** The entry for a key, plus one; 0 if there is none. */
    private int find(byte[] key) {
        return find(key, hash(key)).entry;
    }

    /** Takes a free entry; 0 if there is none. */
    private int take() {
        int entry = pool.take();
        return entry != 0 && live(entry) ? 0 : entry;
    }

    private void free(int entry) {
        area.octet(at(entry) + MapHeader.ENTRY_LIVE, 0);
        pool.free(entry);
    }

    private void fill(int entry, byte[] key, int hash) {
        long at = at(entry);
        area.word(at + MapHeader.ENTRY_HASH, hash);
        area.word(at + MapHeader.ENTRY_VALUE, (int) value(entry - 1L, 0));
        area.octet(at + MapHeader.ENTRY_LIVE, 1);
        area.octet(at + MapHeader.ENTRY_USED, 0);
        GuestBytes.clear(memory, at + MapHeader.ENTRY_KEY, entryStride - MapHeader.ENTRY_KEY);
        area.bytes(at + MapHeader.ENTRY_KEY, key);
    }

    // ---- operations ----

    @Override
    public int size() {
        lock.lock();
        try {
            return Math.clamp(field(MapHeader.COUNT), 0, pool.slots());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte @Nullable [] lookup(byte[] key) {
        lock.lock();
        try {
            int entry = find(checkedKey(key));
            return entry == 0 ? null : load(entry - 1L);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long lookup(Lane lane, byte[] key) {
        lock.lock();
        try {
            int entry = find(key);
            if (entry == 0 || type().storage() == MapType.Storage.OBJECTS) {
                return 0;
            }
            if (type().storage() == MapType.Storage.POINTER_HASH) {
                return area.word(value(entry - 1L, 0)) & 0xffff_ffffL;
            }
            if (evicts) {
                area.octet(at(entry) + MapHeader.ENTRY_USED, 1);
            }
            return value(entry - 1L, lane);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long ofObject(long object, boolean create, long initial) {
        if (type().storage() != MapType.Storage.OBJECTS) {
            return 0;
        }
        byte[] key = numberKey((int) object);
        lock.lock();
        try {
            int entry = find(key);
            if (entry != 0 || !create) {
                return entry == 0 ? 0 : value(entry - 1L, 0);
            }
            MemorySegment from = initial == 0 ? MemorySegment.ofArray(new byte[valueSize]) : memory;
            long error = insert(key, hash(key), from, initial & GuestLayout.ADDRESS_MASK, ALL_LANES);
            return error != 0 ? 0 : value(find(key) - 1L, 0);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte[] keyOf(long address) {
        long slot = slotAt(address);
        return slot < 0 || slot >= pool.slots() ? new byte[0] : key((int) slot + 1);
    }

    @Override
    public long ofGroup(Lane lane, long group) {
        if (!groups) {
            return 0;
        }
        byte[] key = ByteBuffer.allocate(keySize).order(definition().order()).putLong(0, group).array();
        lock.lock();
        try {
            int entry = find(key);
            if (entry == 0 && insert(key, hash(key), MemorySegment.ofArray(new byte[valueSize]), 0, lane.cpu()) != 0) {
                return 0;
            }
            return value(find(key) - 1L, lane);
        } finally {
            lock.unlock();
        }
    }

    @Override
    long putByProgram(Lane lane, byte[] key, long value, long flags) {
        return type().storage() == MapType.Storage.OBJECTS ? -Errno.EINVAL : super.putByProgram(lane, key, value, flags);
    }

    @Override
    long put(byte[] key, MemorySegment from, long at, int cpu, long flags) {
        if (badFlags(flags)) {
            return -Errno.EINVAL;
        }
        int hash = hash(key);
        lock.lock();
        try {
            Place old = find(key, hash);
            if (groups) { // Linux kernel/bpf/local_storage.c: values come and go with what is attached
                return flags == NOEXIST ? -Errno.EINVAL : old.entry == 0 ? -Errno.ENOENT : overwrite(old, from, at, cpu);
            }
            if (old.entry == 0) {
                return flags == EXIST && reference() != Reference.DEVICE_BY_KEY ? -Errno.ENOENT : insert(key, hash, from, at, cpu);
            }
            if (flags == NOEXIST) {
                return -Errno.EEXIST;
            }
            if (perCpu || type().storage() == MapType.Storage.OBJECTS) {
                return overwrite(old, from, at, cpu);
            }
            return replace(old, key, hash, from, at, cpu);
        } finally {
            lock.unlock();
        }
    }

    private long overwrite(Place old, MemorySegment from, long at, int cpu) {
        store(old.entry - 1L, from, at, cpu);
        area.octet(at(old.entry) + MapHeader.ENTRY_USED, 1);
        return 0;
    }

    private long insert(byte[] key, int hash, MemorySegment from, long at, int cpu) {
        int count = field(MapHeader.COUNT);
        if (count < 0 || count >= maxEntries) {
            if (!evicts || !evict()) {
                return -Errno.E2BIG;
            }
            count = field(MapHeader.COUNT);
        }
        int entry = take();
        if (entry == 0) {
            return -Errno.E2BIG;
        }
        fill(entry, key, hash);
        if (perCpu && cpu != ALL_LANES) {
            zero(entry - 1L);
        }
        store(entry - 1L, from, at, cpu);
        pool.lead(next(entry), pool.follow(bucket(hash)));
        pool.lead(bucket(hash), entry);
        field(MapHeader.COUNT, count + 1);
        return 0;
    }

    private long replace(Place old, byte[] key, int hash, MemorySegment from, long at, int cpu) {
        int entry = take();
        if (entry == 0) {
            return -Errno.ENOMEM;
        }
        fill(entry, key, hash);
        store(entry - 1L, from, at, cpu);
        pool.lead(next(entry), pool.follow(next(old.entry)));
        pool.lead(old.link, entry);
        free(old.entry);
        return 0;
    }

    @Override
    long remove(byte[] key) {
        if (groups) {
            return -Errno.EINVAL;
        }
        lock.lock();
        try {
            Place place = find(key, hash(key));
            if (place.entry == 0) {
                return -Errno.ENOENT;
            }
            unlink(place);
            return 0;
        } finally {
            lock.unlock();
        }
    }

    private void unlink(Place place) {
        pool.lead(place.link, pool.follow(next(place.entry)));
        free(place.entry);
        field(MapHeader.COUNT, Math.max(0, field(MapHeader.COUNT) - 1));
    }

    /**
     * Takes out the first entry that was not looked up since the search last came by ("second chance"): the search goes round all entries and
     * takes away the mark of those that were. Linux's lists per CPU choose differently in detail; its documents promise no order.
     */
    private boolean evict() {
        int slots = pool.slots();
        int hand = Math.floorMod(field(MapHeader.ROOT), slots);
        for (long steps = 0; steps < 2L * slots + 1; steps++) {
            int entry = hand + 1;
            hand = (hand + 1) % slots;
            if (!live(entry)) {
                continue;
            }
            long mark = at(entry) + MapHeader.ENTRY_USED;
            if (area.octet(mark) != 0) {
                area.octet(mark, 0);
                continue;
            }
            field(MapHeader.ROOT, hand);
            byte[] key = key(entry);
            Place place = find(key, hash(key));
            if (place.entry == 0) {
                return false;
            }
            unlink(place);
            return true;
        }
        return false;
    }

    @Override
    public byte @Nullable [] nextKey(byte @Nullable [] key) {
        lock.lock();
        try {
            int entry = key == null ? 0 : find(checkedKey(key));
            if (entry != 0) {
                int next = pool.follow(next(entry));
                if (next != 0) {
                    return key(next);
                }
                return firstFrom((area.word(at(entry) + MapHeader.ENTRY_HASH) & bucketMask) + 1);
            }
            return firstFrom(0);
        } finally {
            lock.unlock();
        }
    }

    private byte @Nullable [] firstFrom(int bucket) {
        if (field(MapHeader.COUNT) == 0) {
            return null;
        }
        for (int i = bucket; i <= bucketMask; i++) {
            int entry = pool.follow(buckets + 4L * i);
            if (entry != 0) {
                return key(entry);
            }
        }
        return null;
    }

    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        for (int entry = 1; entry <= pool.slots(); entry++) {
            byte[] key;
            byte[] value;
            lock.lock();
            try {
                if (entry > pool.used()) {
                    return;
                }
                if (!live(entry)) {
                    continue;
                }
                key = key(entry);
                value = load(entry - 1L);
            } finally {
                lock.unlock();
            }
            visitor.accept(key, value);
        }
    }

    @Override
    public long visit(Lane lane, Visitor visitor) {
        long count = 0;
        int left = pool.slots();
        for (int bucket = 0; bucket <= bucketMask && left > 0; bucket++) {
            int[] chain = chain(bucket, left);
            left -= chain.length;
            for (int entry : chain) {
                if (!live(entry)) {
                    continue;
                }
                count++;
                if (!visitor.entry(key(entry), value(entry - 1L, lane))) {
                    return count;
                }
            }
        }
        return count;
    }

    /** The entries of a chain, at most so many. */
    private int[] chain(int bucket, int most) {
        lock.lock();
        try {
            int entry = pool.follow(buckets + 4L * bucket);
            if (entry == 0) {
                return NO_ENTRIES;
            }
            int[] chain = new int[4];
            int length = 0;
            while (entry != 0 && length < most) {
                if (length == chain.length) {
                    chain = Arrays.copyOf(chain, 2 * length);
                }
                chain[length++] = entry;
                entry = pool.follow(next(entry));
            }
            return Arrays.copyOf(chain, length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void clear() {
        lock.lock();
        try {
            for (int i = 0; i <= bucketMask; i++) {
                pool.lead(buckets + 4L * i, 0);
            }
            for (int entry = pool.used(); entry > 0; entry--) {
                area.octet(at(entry) + MapHeader.ENTRY_LIVE, 0);
            }
            pool.clear();
            field(MapHeader.COUNT, 0);
            field(MapHeader.ROOT, 0);
        } finally {
            lock.unlock();
        }
    }
}
