// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A ring of records from programs to the host.
 *
 * <p>
 * <b>Structures.</b> The word with a record's length has two marks, {@link #BUSY} and {@link #DISCARDED}.
 *
 * <p>
 * <b>Invariant.</b> An open record is a region of the lane that reserved it; the host reads records in order and stops at the first open one.
 */
final class RingBuffer extends Ring {
    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;

    RingBuffer(Site site) throws LoadException {
        super(site);
    }

    @Override
    public long reserve(Lane lane, long size) {
        if (size < 0 || size > capacity) {
            return 0;
        }
        long length = length(size);
        lock.lock();
        try {
            if (filled() + length > capacity - 1) {
                return 0;
            }
            long position = producer();
            area.word(at(position), (int) size | BUSY);
            area.word(at(position) + 4, 0);
            producer(position + length);
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
                long length = length(size);
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
            consumer(position);
        } finally {
            lock.unlock();
        }
        return records;
    }

    /** Takes the finished records out of the ring and calls with each, and an empty key. */
    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        drain().forEach(bytes -> visitor.accept(NO_KEY, bytes));
    }
}
