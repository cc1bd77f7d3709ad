// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Values in the order in which they came, without keys. {@link MapHeader#ROOT} is the next place to write, {@link MapHeader#TAIL} that of the
 * oldest value; one place stays empty, so that full and empty differ. Linux {@code kernel/bpf/queue_stack_maps.c}.
 *
 * <p>
 * For the host, {@link #update(byte[], byte[], long)} with an empty key pushes and {@link #lookup(byte[])} looks at the next value; as in Linux.
 */
final class QueueStack extends KeylessMap {
    private final boolean stack;
    private final int places;

    QueueStack(Site site) throws LoadException {
        super(site, site.definition().maxEntries() + 1L);
        this.stack = site.type().storage() == MapType.Storage.STACK;
        this.places = Math.addExact(maxEntries, 1);
    }

    private int place(int field) {
        return Math.floorMod(field(field), places);
    }

    private int before(int place) {
        return place == 0 ? places - 1 : place - 1;
    }

    private int behind(int place) {
        return place + 1 == places ? 0 : place + 1;
    }

    @Override
    public int size() {
        lock.lock();
        try {
            return Math.floorMod(place(MapHeader.ROOT) - place(MapHeader.TAIL), places);
        } finally {
            lock.unlock();
        }
    }

    @Override
    long put(byte[] key, MemorySegment from, long at, int cpu, long flags) {
        if (badFlags(flags) || flags == NOEXIST) {
            return -Errno.EINVAL;
        }
        lock.lock();
        try {
            int head = place(MapHeader.ROOT);
            int tail = place(MapHeader.TAIL);
            if (behind(head) == tail) {
                if (flags != EXIST) {
                    return -Errno.E2BIG;
                }
                field(MapHeader.TAIL, behind(tail));
            }
            store(head, from, at, ALL_LANES);
            field(MapHeader.ROOT, behind(head));
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    long putByProgram(Lane lane, byte[] key, long value, long flags) {
        return -Errno.EINVAL;
    }

    @Override
    public long push(Lane lane, long value, long flags) {
        return readOnly() ? -Errno.EPERM : put(NO_KEY, memory, value & dev.bpf4j.runtime.GuestLayout.ADDRESS_MASK, ALL_LANES, flags);
    }

    @Override
    public long pop(Lane lane, long value, boolean remove) {
        long to = value & dev.bpf4j.runtime.GuestLayout.ADDRESS_MASK;
        lock.lock();
        try {
            int place = next();
            if (place < 0) {
                GuestBytes.clear(memory, to, valueSize);
                return -Errno.ENOENT;
            }
            GuestBytes.copy(memory, value(place, 0), memory, to, valueSize);
            if (remove) {
                drop(place);
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    /** Where the value lies that pop takes; -1 if there is none. */
    private int next() {
        int head = place(MapHeader.ROOT);
        int tail = place(MapHeader.TAIL);
        if (head == tail) {
            return -1;
        }
        return stack ? before(head) : tail;
    }

    private void drop(int place) {
        if (stack) {
            field(MapHeader.ROOT, place);
        } else {
            field(MapHeader.TAIL, behind(place));
        }
    }

    /** The value that pop would take; null if there is none. */
    @Override
    public byte @Nullable [] lookup(byte[] key) {
        lock.lock();
        try {
            int place = checkedKey(key).length == 0 ? next() : -1;
            return place < 0 ? null : load(place);
        } finally {
            lock.unlock();
        }
    }

    /** Calls with every value in the order in which pop would give them, and an empty key. */
    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        int count = size();
        int place = stack ? before(place(MapHeader.ROOT)) : place(MapHeader.TAIL);
        for (int i = 0; i < count; i++) {
            visitor.accept(NO_KEY, load(place));
            place = stack ? before(place) : behind(place);
        }
    }

    @Override
    public void clear() {
        lock.lock();
        try {
            field(MapHeader.ROOT, 0);
            field(MapHeader.TAIL, 0);
        } finally {
            lock.unlock();
        }
    }
}
