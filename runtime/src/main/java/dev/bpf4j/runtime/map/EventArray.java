// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A perf event array: what programs send goes to {@link Maps#onEvent} at once; nothing is stored. As if every lane's event were open at the
 * index of its number.
 */
final class EventArray extends KeylessMap {
    private static final long CURRENT_CPU = 0xffff_ffffL;

    EventArray(Site site) throws LoadException {
        super(site, 0);
    }

    /** Sends data; the index is one lane's number, or all ones for the running lane. */
    @Override
    public long output(Lane lane, long index, byte[] data) {
        long cpu = index == CURRENT_CPU ? lane.cpu() : index;
        // an array without a size has one entry per lane, as libbpf makes it
        if (cpu >= capacity()) {
            return -Errno.E2BIG;
        }
        if (cpu != lane.cpu()) {
            return cpu < lanes ? -Errno.EOPNOTSUPP : -Errno.ENOENT;
        }
        machine().maps().deliver(new MapEvent(this, lane.cpu(), data));
        return 0;
    }

    private int capacity() {
        return maxEntries == 0 ? lanes : maxEntries;
    }

    /** Events are things of the kernel, which nothing here can name. */
    @Override
    long put(byte[] key, MemorySegment from, long at, int cpu, long flags) {
        return flags != ANY ? -Errno.EINVAL : number(key) >= capacity() ? -Errno.E2BIG : -Errno.EBADF;
    }

    @Override
    long remove(byte[] key) {
        return number(key) >= capacity() ? -Errno.E2BIG : -Errno.ENOENT;
    }

    @Override
    public byte @Nullable [] nextKey(byte @Nullable [] key) {
        return nextNumber(key, capacity());
    }

    @Override
    public int size() {
        return 0;
    }

    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        // nothing is stored
    }

    @Override
    public void clear() {
        // nothing is stored
    }
}
