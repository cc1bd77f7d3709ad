// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BiConsumer;

/**
 * A bloom filter: values are put in and never taken out; asking may say yes for one that was not put in, never no for one that was. Linux
 * {@code kernel/bpf/bloom_filter.c}. Bits and number of hash functions are those of Linux's default; the hash has no secret.
 */
final class BloomFilter extends KeylessMap {
    private static final int FUNCTIONS = 5;
    private static final int LEAST_BITS = 64;

    private final long mask;
    private final int bytesOfValue;

    BloomFilter(Site site) throws LoadException {
        super(site, 1, bytes(site));
        this.mask = bits(site) - 1;
        this.bytesOfValue = site.definition().valueSize();
    }

    /** Linux gives each entry as many bits as functions, times 7/5, and rounds up to a power of two. */
    private static long bits(Site site) {
        long bits = (long) site.definition().maxEntries() * FUNCTIONS / 5 * 7;
        return Math.max(LEAST_BITS, Long.highestOneBit(2 * bits - 1));
    }

    private static int bytes(Site site) throws LoadException {
        long bytes = bits(site) / 8;
        if (bytes > 1 << 30) {
            throw new LoadException("map " + site.definition().name() + ": its bits take " + bytes + " bytes; lower max_entries");
        }
        return (int) bytes;
    }

    private long bit(byte[] value, int function) {
        return JenkinsHash.bytes(value, function) & mask;
    }

    private long set(byte[] value) {
        lock.lock();
        try {
            for (int i = 0; i < FUNCTIONS; i++) {
                long bit = bit(value, i);
                area.octet(values() + bit / 8, area.octet(values() + bit / 8) | 1 << bit % 8);
            }
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long push(Lane lane, long value, long flags) {
        return flags != ANY ? -Errno.EINVAL : set(lane.read(value & GuestLayout.ADDRESS_MASK, bytesOfValue));
    }

    @Override
    public long pop(Lane lane, long value, boolean remove) {
        return remove ? -Errno.EOPNOTSUPP : contains(lane.read(value & GuestLayout.ADDRESS_MASK, bytesOfValue)) ? 0 : -Errno.ENOENT;
    }

    /** Whether a value may have been put in. */
    boolean contains(byte[] value) {
        for (int i = 0; i < FUNCTIONS; i++) {
            long bit = bit(value, i);
            if ((area.octet(values() + bit / 8) & 1 << bit % 8) == 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    long put(byte[] key, MemorySegment from, long at, int cpu, long flags) {
        return flags != ANY ? -Errno.EINVAL : set(from.asSlice(at, bytesOfValue).toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    long putByProgram(Lane lane, byte[] key, long value, long flags) {
        return -Errno.EINVAL;
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        // what was put in cannot be told
    }

    @Override
    public void clear() {
        memory.asSlice(values(), (mask + 1) / 8).fill((byte) 0);
    }
}
