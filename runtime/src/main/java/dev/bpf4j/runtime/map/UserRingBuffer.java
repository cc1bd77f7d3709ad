// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Region;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * A ring of records from the host to programs. Linux {@code kernel/bpf/ringbuf.c}, user space's side as libbpf's.
 *
 * <p>
 * <b>Structures.</b> Those of {@link RingBuffer}: a word with the length, a word that is 0, the data, padded to 8; the storage is twice as long as
 * the ring, so that no record runs over its end. A record is a region of the lane while its callback runs.
 *
 * <p>
 * <b>Invariants.</b> One lane reads at a time. Positions and lengths are checked when they are read back; if they cannot be true the ring is
 * emptied.
 */
final class UserRingBuffer extends KeylessMap {
    private static final int RECORD_HEADER = 8;
    /** Most records that one call takes (Linux BPF_MAX_USER_RINGBUF_SAMPLES). */
    private static final int MOST_SAMPLES = 128 * 1024;

    private final long capacity;
    private final AtomicBoolean reading = new AtomicBoolean();

    UserRingBuffer(Site site) throws LoadException {
        super(site, 1, storage(site));
        this.capacity = site.definition().maxEntries();
    }

    private static int storage(Site site) throws LoadException {
        int bytes = site.definition().maxEntries();
        if (Integer.bitCount(bytes) != 1 || bytes < 4096 || bytes > 1 << 29) {
            throw new LoadException("map " + site.definition().name()
                    + ": max_entries of a user_ringbuf is a power of two from 4096 to 536870912, not " + bytes);
        }
        return 2 * bytes;
    }

    private long producer() {
        return area.wide(header() + MapHeader.PRODUCER);
    }

    private long consumer() {
        return area.wide(header() + MapHeader.CONSUMER);
    }

    private long filled() {
        long bytes = producer() - consumer();
        if (bytes < 0 || bytes > capacity || ((producer() | consumer()) & 7) != 0) {
            empty();
            return 0;
        }
        return bytes;
    }

    private void empty() {
        area.wide(header() + MapHeader.PRODUCER, 0);
        area.wide(header() + MapHeader.CONSUMER, 0);
    }

    private long at(long position) {
        return values() + (position & capacity - 1);
    }

    @Override
    public long feed(byte[] sample) {
        long length = MapSpace.roundUp((long) sample.length + RECORD_HEADER, 8);
        if (length > capacity) {
            return -Errno.E2BIG;
        }
        lock.lock();
        try {
            if (filled() + length > capacity) {
                return -Errno.ENOSPC;
            }
            long position = producer();
            area.word(at(position), sample.length);
            area.word(at(position) + 4, 0);
            area.bytes(at(position) + RECORD_HEADER, sample);
            area.wide(header() + MapHeader.PRODUCER, position + length);
            return 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long drain(Lane lane, Reader reader) {
        if (!reading.compareAndSet(false, true)) {
            return -Errno.EBUSY;
        }
        try {
            long taken = 0;
            boolean more = true;
            while (more && taken < MOST_SAMPLES) {
                long position = next();
                if (position < 0) {
                    break;
                }
                int size = area.word(at(position));
                more = read(lane, at(position) + RECORD_HEADER, size, reader);
                taken++;
                take(position + MapSpace.roundUp((long) size + RECORD_HEADER, 8));
            }
            return taken;
        } finally {
            reading.set(false);
        }
    }

    /** Position of the oldest record; -1 if there is none. */
    private long next() {
        lock.lock();
        try {
            long left = filled();
            if (left == 0) {
                return -1;
            }
            long position = consumer();
            int size = area.word(at(position));
            if (size < 0 || MapSpace.roundUp((long) size + RECORD_HEADER, 8) > left) {
                empty();
                return -1;
            }
            return position;
        } finally {
            lock.unlock();
        }
    }

    private void take(long position) {
        lock.lock();
        try {
            if (position <= producer()) {
                area.wide(header() + MapHeader.CONSUMER, position);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean read(Lane lane, long data, int size, Reader reader) {
        if (size > 0) {
            lane.openRegion(new Region(definition().name() + " record", data, size, true));
        }
        try {
            return reader.sample(data, size);
        } finally {
            if (size > 0) {
                lane.closeRegion(data);
            }
        }
    }

    @Override
    public long query(long what) {
        lock.lock();
        try {
            return what == 0 ? filled() : what == 1 ? capacity : what == 2 ? consumer() : what == 3 ? producer() : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes in the ring, the records' headers included. */
    @Override
    public int size() {
        return (int) query(0);
    }

    /** Calls with the records that no program has taken yet, and an empty key; they stay. */
    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        long position = query(2);
        long end = query(3);
        while (position < end) {
            int size = area.word(at(position));
            long length = MapSpace.roundUp((long) size + RECORD_HEADER, 8);
            if (size < 0 || length > end - position) {
                return;
            }
            visitor.accept(NO_KEY, area.bytes(at(position) + RECORD_HEADER, size));
            position += length;
        }
    }

    @Override
    public int hostValueSize() {
        return 0;
    }

    @Override
    public void clear() {
        lock.lock();
        try {
            area.wide(header() + MapHeader.CONSUMER, producer());
        } finally {
            lock.unlock();
        }
    }
}
