// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import org.jspecify.annotations.Nullable;

/** A map under test: ours, the model, or the kernel's. Answers are those of {@link BpfMap}. */
interface MapSubject {
    byte @Nullable [] lookup(byte[] key);

    long update(byte[] key, byte[] value, long flags);

    long delete(byte[] key);

    byte @Nullable [] nextKey(byte @Nullable [] key);

    /** Takes the next value out of a queue or stack. */
    default byte @Nullable [] take() {
        throw new UnsupportedOperationException();
    }

    /** Whether a bloom filter says that a value may have been put in. */
    default boolean contains(byte[] value) {
        throw new UnsupportedOperationException();
    }

    /** Takes an entry of a hash table out. */
    default byte @Nullable [] takeOut(byte[] key) {
        byte[] value = lookup(key);
        delete(key);
        return value;
    }

    /** One of our maps, from the host's side. */
    record Hosted(BpfMap map) implements MapSubject {
        @Override
        public byte @Nullable [] lookup(byte[] key) {
            return map.lookup(key);
        }

        @Override
        public long update(byte[] key, byte[] value, long flags) {
            return map.update(key, value, flags);
        }

        @Override
        public long delete(byte[] key) {
            return map.delete(key);
        }

        @Override
        public byte @Nullable [] nextKey(byte @Nullable [] key) {
            return map.nextKey(key);
        }
    }

    /** One of our maps, as helpers use it for a program. */
    record Programmed(BpfMap map, dev.bpf4j.runtime.Lane lane) implements MapSubject {
        private long scratch() {
            return lane.packetBuffer();
        }

        @Override
        public byte @Nullable [] lookup(byte[] key) {
            if (map.type() == MapType.QUEUE || map.type() == MapType.STACK) {
                return map.pop(lane, scratch(), false) == 0 ? lane.read(scratch(), map.definition().valueSize()) : null;
            }
            long address = map.lookup(lane, key);
            return address == 0 ? null : lane.read(address, map.definition().valueSize());
        }

        @Override
        public long update(byte[] key, byte[] value, long flags) {
            lane.write(scratch(), value);
            return key.length == 0 ? map.push(lane, scratch(), flags) : map.update(lane, key, scratch(), flags);
        }

        @Override
        public long delete(byte[] key) {
            return map.delete(lane, key);
        }

        @Override
        public byte @Nullable [] nextKey(byte @Nullable [] key) {
            return map.nextKey(key);
        }

        @Override
        public boolean contains(byte[] value) {
            lane.write(scratch(), value);
            return map.pop(lane, scratch(), false) == 0;
        }

        @Override
        public byte @Nullable [] take() {
            return map.pop(lane, scratch(), true) == 0 ? lane.read(scratch(), map.definition().valueSize()) : null;
        }
    }
}
