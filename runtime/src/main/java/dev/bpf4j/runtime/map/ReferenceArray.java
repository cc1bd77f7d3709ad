// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Things by index that are no plain bytes: maps, sockets, control groups, interfaces, CPUs. There is one at an index if the first word of its
 * value is not 0. What may be put there, and with which errors, is in {@link Reference}.
 */
final class ReferenceArray extends GuestMap {

    ReferenceArray(Site site) throws LoadException {
        super(site, site.definition().maxEntries());
    }

    private boolean present(long index) {
        return area.word(value(index, 0)) != 0;
    }

    @Override
    public long reference(long index) {
        byte[] key = numberKey((int) index);
        if (index < 0 || index >= maxEntries || !present(index)) {
            return 0;
        }
        return number(area.bytes(value(number(key), 0), Integer.BYTES));
    }

    @Override
    public int size() {
        int count = 0;
        for (int index = 0; index < maxEntries; index++) {
            count += present(index) ? 1 : 0;
        }
        return count;
    }

    @Override
    public byte @Nullable [] lookup(byte[] key) {
        long index = number(checkedKey(key));
        return index < maxEntries && present(index) ? load(index) : null;
    }

    @Override
    public long lookup(Lane lane, byte[] key) {
        long index = number(key);
        if (index >= maxEntries || !present(index)) {
            return 0;
        }
        return switch (type().storage()) {
            case POINTERS -> area.word(value(index, 0)) & 0xffff_ffffL;
            case TARGETS -> value(index, 0);
            case NONE, ARRAY, PERCPU_ARRAY, HASH, PERCPU_HASH, LRU_HASH, LRU_PERCPU_HASH, LPM_TRIE, PROGRAMS, QUEUE, STACK, EVENTS, RINGBUF,
                    POINTER_HASH, TARGET_HASH, REFERENCES, STACKS, OBJECTS, BLOOM, CGROUPS, PERCPU_CGROUPS, USER_RINGBUF, ARENA -> 0;
        };
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
        lock.lock();
        try {
            boolean there = present(index);
            boolean picky = reference() == Reference.SOCKET || reference() == Reference.XSK;
            if (picky && there && flags == NOEXIST) {
                return -Errno.EEXIST;
            }
            if (picky && !there && flags == EXIST) {
                return -Errno.ENOENT;
            }
            store(index, from, at, cpu);
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    long remove(byte[] key) {
        long index = number(key);
        boolean fds = reference() == Reference.MAP || reference() == Reference.NUMBER || type() == MapType.REUSEPORT_SOCKARRAY;
        if (index >= maxEntries) {
            return fds ? -Errno.E2BIG : -Errno.EINVAL;
        }
        lock.lock();
        try {
            boolean there = present(index);
            zero(index);
            return there ? 0 : fds ? -Errno.ENOENT : reference() == Reference.SOCKET ? -Errno.EINVAL : 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte @Nullable [] nextKey(byte @Nullable [] key) {
        return nextNumber(key);
    }

    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        for (int index = 0; index < maxEntries; index++) {
            if (present(index)) {
                visitor.accept(numberKey(index), load(index));
            }
        }
    }

    @Override
    public void clear() {
        for (int index = 0; index < maxEntries; index++) {
            zero(index);
        }
    }
}
