// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Values by a 32-bit index; all entries always exist. Linux {@code kernel/bpf/arraymap.c}. */
final class ArrayMap extends GuestMap {

    ArrayMap(Site site) throws LoadException {
        super(site, site.definition().maxEntries());
    }

    @Override
    public int size() {
        return maxEntries;
    }

    @Override
    public byte @Nullable [] lookup(byte[] key) {
        long index = number(checkedKey(key));
        return index < maxEntries ? load(index) : null;
    }

    @Override
    public long lookup(Lane lane, byte[] key) {
        long index = number(key);
        return index < maxEntries ? value(index, lane) : 0;
    }

    @Override
    public byte[] keyOf(long address) {
        long index = slotAt(address);
        return index < 0 || index >= maxEntries ? new byte[0] : numberKey((int) index);
    }

    @Override
    long put(byte[] key, MemorySegment from, long at, int cpu, long flags) {
        long index = number(key);
        if (badFlags(flags)) {
            return -Errno.EINVAL;
        }
        if (index >= maxEntries) {
            return -Errno.E2BIG;
        }
        if (flags == NOEXIST) {
            return -Errno.EEXIST;
        }
        lock.lock();
        try {
            store(index, from, at, cpu);
        } finally {
            lock.unlock();
        }
        return 0;
    }

    @Override
    long remove(byte[] key) {
        return -Errno.EINVAL;
    }

    @Override
    public byte @Nullable [] nextKey(byte @Nullable [] key) {
        return nextNumber(key);
    }

    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        for (int index = 0; index < maxEntries; index++) {
            visitor.accept(numberKey(index), load(index));
        }
    }

    @Override
    public long visit(Lane lane, Visitor visitor) {
        for (int index = 0; index < maxEntries; index++) {
            if (!visitor.entry(numberKey(index), value(index, lane))) {
                return index + 1L;
            }
        }
        return maxEntries;
    }

    @Override
    public void clear() {
        for (int index = 0; index < maxEntries; index++) {
            zero(index);
        }
    }
}
