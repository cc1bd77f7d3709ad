// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A map that hands things on instead of keeping them under keys: nothing is found in it, put under a key, or removed. */
abstract sealed class KeylessMap extends GuestMap permits ArenaMap, BloomFilter, EventArray, QueueStack,
        Ring {
    static final byte[] NO_KEY = {};

    KeylessMap(Site site, long slots) throws LoadException {
        super(site, slots);
    }

    KeylessMap(Site site, long slots, int valueSize) throws LoadException {
        super(site, slots, valueSize);
    }

    @Override
    public byte @Nullable [] lookup(byte[] key) {
        return null;
    }

    /** The error number of updates and deletes. */
    long refusal() {
        return Errno.EINVAL;
    }

    @Override
    long put(byte[] key, MemorySegment from, long at, int cpu, long flags) {
        return -refusal();
    }

    @Override
    long remove(byte[] key) {
        return -refusal();
    }

    @Override
    public byte @Nullable [] nextKey(byte @Nullable [] key) {
        return null;
    }
}
