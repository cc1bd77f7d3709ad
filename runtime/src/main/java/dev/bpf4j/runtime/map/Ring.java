// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.LoadException;

/**
 * A ring of records between programs and the host, one way or the other. Linux {@code kernel/bpf/ringbuf.c}.
 *
 * <p>
 * <b>Structures.</b> A record is a word with its length, a word that is 0, and the data, all padded to 8. {@link MapHeader#PRODUCER} and
 * {@link MapHeader#CONSUMER} count bytes since the start; a record at position {@code p} lies at {@code p mod max_entries}. Linux maps the ring
 * twice, so that a record can run over its end; here the storage is simply twice as long.
 *
 * <p>
 * <b>Invariant.</b> Positions and lengths are checked when they are read back; if they cannot be true the ring is emptied.
 */
abstract sealed class Ring extends KeylessMap permits RingBuffer, UserRingBuffer {
    static final int RECORD_HEADER = 8;
    private static final int LEAST_BYTES = 1 << 12;
    private static final int MOST_BYTES = 1 << 29;

    final long capacity;

    Ring(Site site) throws LoadException {
        super(site, 1, storage(site));
        this.capacity = site.definition().maxEntries();
    }

    private static int storage(Site site) throws LoadException {
        int bytes = site.definition().maxEntries();
        if (Integer.bitCount(bytes) != 1 || bytes < LEAST_BYTES || bytes > MOST_BYTES) {
            throw new LoadException("map " + site.definition().name() + ": max_entries of a " + site.type() + " is a power of two from "
                    + LEAST_BYTES + " to " + MOST_BYTES + ", not " + bytes);
        }
        return 2 * bytes;
    }

    /** Bytes that a record of so much data takes. */
    static long length(long data) {
        return MapSpace.roundUp(data + RECORD_HEADER, 8);
    }

    final long producer() {
        return area.wide(header() + MapHeader.PRODUCER);
    }

    final void producer(long position) {
        area.wide(header() + MapHeader.PRODUCER, position);
    }

    final long consumer() {
        return area.wide(header() + MapHeader.CONSUMER);
    }

    final void consumer(long position) {
        area.wide(header() + MapHeader.CONSUMER, position);
    }

    /** Bytes between consumer and producer; empties the ring if what stands there cannot be true. */
    final long filled() {
        long bytes = producer() - consumer();
        if (bytes < 0 || bytes > capacity || ((producer() | consumer()) & 7) != 0) {
            empty();
            return 0;
        }
        return bytes;
    }

    final void empty() {
        producer(0);
        consumer(0);
    }

    /** Guest address of a position. */
    final long at(long position) {
        return values() + (position & capacity - 1);
    }

    @Override
    final long refusal() {
        return Errno.ENOTSUPP;
    }

    @Override
    public final long query(long what) {
        lock.lock();
        try {
            return what == 0 ? filled() : what == 1 ? capacity : what == 2 ? consumer() : what == 3 ? producer() : 0;
        } finally {
            lock.unlock();
        }
    }

    /** Bytes in the ring: records with their headers, those that are open or discarded included. */
    @Override
    public final int size() {
        return (int) query(0);
    }

    @Override
    public final int hostValueSize() {
        return 0;
    }

    @Override
    public final void clear() {
        lock.lock();
        try {
            consumer(producer());
        } finally {
            lock.unlock();
        }
    }
}
