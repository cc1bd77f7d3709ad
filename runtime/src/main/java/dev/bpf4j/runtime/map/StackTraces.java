// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Call stacks by a number that is made from their addresses. Linux {@code kernel/bpf/stackmap.c}. Programs put stacks in by
 * {@code bpf_get_stackid}; the host looks them up. Per bucket the metadata holds the number of addresses plus one (0: empty) and the hash.
 */
final class StackTraces extends GuestMap {
    /** Most addresses of a stack: Linux {@code kernel.perf_event_max_stack}. */
    static final int DEEPEST = 127;

    private static final int BUCKET = 8;
    private static final int HASH = 4;

    private final int buckets;
    private final long metadata;

    StackTraces(Site site) throws LoadException {
        super(site, buckets(site));
        this.buckets = Math.toIntExact(buckets(site));
        this.metadata = site.space().metadata(site.definition().name(), (long) buckets * BUCKET);
    }

    private static long buckets(Site site) {
        return Long.highestOneBit(2L * site.definition().maxEntries() - 1);
    }

    private long bucket(long id) {
        return metadata + id * BUCKET;
    }

    private boolean present(long id) {
        return area.word(bucket(id)) != 0;
    }

    @Override
    public long addStack(long[] stack, boolean compare, boolean replace) {
        int depth = Math.min(stack.length, valueSize / Long.BYTES);
        byte[] bytes = new byte[valueSize];
        MemorySegment.ofArray(bytes).asSlice(0, (long) depth * Long.BYTES).copyFrom(MemorySegment.ofArray(Arrays.copyOf(stack, depth)));
        int hash = JenkinsHash.words(bytes, depth * 2);
        long id = hash & buckets - 1L;
        lock.lock();
        try {
            boolean same = present(id) && area.word(bucket(id) + HASH) == hash;
            if (same && (!compare || area.word(bucket(id)) == depth + 1 && Arrays.equals(load(id), bytes))) {
                return id;
            }
            if (present(id) && !replace) {
                return -Errno.EEXIST;
            }
            area.bytes(value(id, 0), bytes);
            area.word(bucket(id) + HASH, hash);
            area.word(bucket(id), depth + 1);
            return id;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int size() {
        int count = 0;
        for (int id = 0; id < buckets; id++) {
            count += present(id) ? 1 : 0;
        }
        return count;
    }

    @Override
    public byte @Nullable [] lookup(byte[] key) {
        long id = number(checkedKey(key));
        return id < buckets && present(id) ? load(id) : null;
    }

    @Override
    long put(byte[] key, MemorySegment from, long at, int cpu, long flags) {
        return -Errno.EINVAL;
    }

    @Override
    long remove(byte[] key) {
        long id = number(key);
        if (id >= buckets) {
            return -Errno.E2BIG;
        }
        lock.lock();
        try {
            boolean there = present(id);
            area.word(bucket(id), 0);
            return there ? 0 : -Errno.ENOENT;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte @Nullable [] nextKey(byte @Nullable [] key) {
        long id = key == null ? -1 : number(checkedKey(key));
        id = id >= buckets || id >= 0 && !present(id) ? -1 : id;
        for (long next = id + 1; next < buckets; next++) {
            if (present(next)) {
                return numberKey((int) next);
            }
        }
        return null;
    }

    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        for (int id = 0; id < buckets; id++) {
            if (present(id)) {
                visitor.accept(numberKey(id), load(id));
            }
        }
    }

    @Override
    public void clear() {
        for (int id = 0; id < buckets; id++) {
            area.word(bucket(id), 0);
        }
    }
}
