// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map of the kernel whose values are file descriptors when written and the kernel's numbers when read: of maps or programs. Seen from here
 * both are the place in a list plus one, as our maps name maps and programs. What is not in the list is a descriptor that is not open.
 */
record KernelReferences(KernelMap map, List<Integer> descriptors, List<Integer> numbers) implements MapSubject {
    private static byte[] word(int number) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(number).array();
    }

    private static int number(byte[] word) {
        return ByteBuffer.wrap(word).order(ByteOrder.nativeOrder()).getInt();
    }

    @Override
    public byte @Nullable [] lookup(byte[] key) {
        byte[] found = map.lookup(key);
        return found == null ? null : word(numbers.indexOf(number(found)) + 1);
    }

    @Override
    public long update(byte[] key, byte[] value, long flags) {
        int number = number(value);
        return map.update(key, word(number <= descriptors.size() ? descriptors.get(number - 1) : -1), flags);
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
