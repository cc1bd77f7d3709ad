// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A ring of records from programs to the host. Linux {@code kernel/bpf/ringbuf.c}.
 *
 * <p>
 * <b>Structures.</b> A record is a word with its length and two marks, {@link #BUSY} and {@link #DISCARDED}, a word that is 0, and the data, all
 * padded to 8. {@link MapHeader#PRODUCER} and {@link MapHeader#CONSUMER} count bytes since the start; a record at position {@code p} lies at
 * {@code p mod max_entries}. Linux maps the ring twice, so that a record can run over its end; here the storage is simply twice as long.
 *
 * <p>
 * <b>Invariants.</b> An open record is a region of the lane that reserved it; the host reads records in order and stops at the first open one.
 * Positions and lengths are checked when they are read back; if they cannot be true the ring is emptied.
 */
final class RingBuffer extends KeylessMap {
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;
    private static final int RECORD_HEADER = 8;
    private final long capacity;

    RingBuffer(Site site) throws LoadException {
        super(site, 1, storage(site));
        this.capacity = site.definition().maxEntries();
    }

    private static int storage(Site site) throws LoadException {
        int bytes = site.definition().maxEntries();
        if (Integer.bitCount(bytes) != 1 || bytes < 4096 || bytes > 1 << 29) {
            throw new LoadException("map " + site.definition().name()
                    + ": max_entries of a ringbuf is a power of two from 4096 to 536870912, not "
                    + bytes);
        }
        return 2 * bytes;
    }

    private long producer() {
        return area.wide(header() + MapHeader.PRODUCER);
    }

    private long consumer() {
        return area.wide(header() + MapHeader.CONSUMER);
    }

    /** Bytes between consumer and producer; empties the ring if what stands there cannot be true. */
    private long filled() {
        long bytes = producer() - consumer();
        if (bytes < 0 || bytes > capacity || ((producer() | consumer()) & 7) != 0) {
            area.wide(header() + MapHeader.PRODUCER, 0);
            area.wide(header() + MapHeader.CONSUMER, 0);
            return 0;
        }
        return bytes;
    }

    private long at(long position) {
        return values() + (position & capacity - 1);
    }

    @Override
    public long reserve(Lane lane, long size) {
        if (size < 0 || size > capacity) {
            return 0;
        }
        long length = MapSpace.roundUp(size + RECORD_HEADER, 8);
        lock.lock();
        try {
            if (filled() + length > capacity - 1) {
                return 0;
            }
            long position = producer();
            area.word(at(position), (int) size | BUSY);
            area.word(at(position) + 4, 0);
            area.wide(header() + MapHeader.PRODUCER, position + length);
            long data = at(position) + RECORD_HEADER;
            Open open = new Open(lane, data, (int) size);
            lane.hold(data, open);
            if (size > 0) {
                lane.openRegion(new Region(definition().name() + " record", data, size, true));
            }
            return data;
        } finally {
            lock.unlock();
        }
    }

    /** A record that a program has not finished. */
    private final class Open implements Reservation {
        private final Lane lane;
        private final long data;
        private final int size;

        Open(Lane lane, long data, int size) {
            this.lane = lane;
            this.data = data;
            this.size = size;
        }

        @Override
        public void submit() {
            finish(size);
        }

        @Override
        public void run() {
            finish(size | DISCARDED);
        }

        private void finish(int word) {
            if (size > 0) {
                lane.closeRegion(data);
            }
            lock.lock();
            try {
                area.publish(data - RECORD_HEADER, word);
            } finally {
                lock.unlock();
            }
            if (machine().maps().listened()) {
                drain().forEach(bytes -> machine().maps().deliver(new MapEvent(RingBuffer.this, lane.cpu(), bytes)));
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

    /** Takes the finished records at the front of the ring; discarded ones are passed over. */
    private List<byte[]> drain() {
        List<byte[]> records = new ArrayList<>();
        lock.lock();
        try {
            long left = filled();
            long position = consumer();
            while (left > 0) {
                int word = area.word(at(position));
                int size = word & ~(BUSY | DISCARDED);
                long length = MapSpace.roundUp(size + RECORD_HEADER, 8);
                if ((word & BUSY) != 0 && length <= left) {
                    break;
                }
                if (length > left) {
                    position = producer();
                    break;
                }
                if ((word & DISCARDED) == 0) {
                    records.add(area.bytes(at(position) + RECORD_HEADER, size));
                }
                position += length;
                left -= length;
            }
            area.wide(header() + MapHeader.CONSUMER, position);
        } finally {
            lock.unlock();
        }
        return records;
    }

    /** Bytes in the ring, records that are open or discarded and their headers included. */
    @Override
    public int size() {
        return (int) query(0);
    }

    /** Takes the finished records out of the ring and calls with each, and an empty key. */
    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        drain().forEach(bytes -> visitor.accept(NO_KEY, bytes));
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
