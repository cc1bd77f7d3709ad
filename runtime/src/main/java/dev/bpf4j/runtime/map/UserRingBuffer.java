// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Region;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * A ring of records from the host to programs; user space's side as libbpf's.
 *
 * <p>
 * <b>Invariants.</b> One lane reads at a time. A record is a region of the lane while its callback runs.
 */
final class UserRingBuffer extends Ring {
    /** Most records that one call takes (Linux BPF_MAX_USER_RINGBUF_SAMPLES). */
    private static final int MOST_SAMPLES = 128 * 1024;

    private final AtomicBoolean reading = new AtomicBoolean();

    UserRingBuffer(Site site) throws LoadException {
        super(site);
    }

    @Override
    public long feed(byte[] sample) {
        long length = length(sample.length);
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
            producer(position + length);
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
                take(position + length(size));
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
            if (size < 0 || length(size) > left) {
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
                consumer(position);
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

    /** Calls with the records that no program has taken yet, and an empty key; they stay. */
    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        long position = query(2);
        long end = query(3);
        while (position < end) {
            int size = area.word(at(position));
            long length = length(size);
            if (size < 0 || length > end - position) {
                return;
            }
            visitor.accept(NO_KEY, area.bytes(at(position) + RECORD_HEADER, size));
            position += length;
        }
    }
}
