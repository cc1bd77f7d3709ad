// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Programs by index, the targets of tail calls. A value is a 32-bit number, the program's index in the machine plus one; programs can neither
 * read nor change it. Linux {@code kernel/bpf/arraymap.c}, {@code prog_array_map_ops}.
 */
final class ProgramArray extends GuestMap {

    ProgramArray(Site site) throws LoadException {
        super(site, site.definition().maxEntries());
    }

    /** The index of the program at an array index; -1 if there is none. */
    int program(long index) {
        if (index < 0 || index >= maxEntries) {
            return -1;
        }
        int plusOne = area.word(value(index, 0));
        return plusOne <= 0 ? -1 : plusOne - 1;
    }

    @Override
    public int size() {
        int count = 0;
        for (int index = 0; index < maxEntries; index++) {
            count += program(index) >= 0 ? 1 : 0;
        }
        return count;
    }

    @Override
    public byte @Nullable [] lookup(byte[] key) {
        int program = program(number(checkedKey(key)));
        return program < 0 ? null : numberKey(program + 1);
    }

    @Override
    long put(byte[] key, MemorySegment from, long at, int cpu, long flags) {
        long index = number(key);
        if (flags != ANY) {
            return -Errno.EINVAL;
        }
        if (index >= maxEntries) {
            return -Errno.E2BIG;
        }
        byte[] value = from.asSlice(at, valueSize).toArray(ValueLayout.JAVA_BYTE);
        long plusOne = number(value);
        if (plusOne == 0 || plusOne > machine().programs().size()) {
            return -Errno.EBADF;
        }
        area.publish(value(index, 0), (int) plusOne);
        return 0;
    }

    @Override
    long putByProgram(Lane lane, byte[] key, long value, long flags) {
        return -Errno.EINVAL;
    }

    @Override
    long remove(byte[] key) {
        long index = number(key);
        if (index >= maxEntries) {
            return -Errno.E2BIG;
        }
        if (program(index) < 0) {
            return -Errno.ENOENT;
        }
        area.publish(value(index, 0), 0);
        return 0;
    }

    @Override
    long removeByProgram(byte[] key) {
        return -Errno.EINVAL;
    }

    @Override
    public byte @Nullable [] nextKey(byte @Nullable [] key) {
        return nextNumber(key);
    }

    @Override
    public void forEach(BiConsumer<byte[], byte[]> visitor) {
        for (int index = 0; index < maxEntries; index++) {
            int program = program(index);
            if (program >= 0) {
                visitor.accept(numberKey(index), numberKey(program + 1));
            }
        }
    }

    @Override
    public void clear() {
        for (int index = 0; index < maxEntries; index++) {
            area.publish(value(index, 0), 0);
        }
    }
}
