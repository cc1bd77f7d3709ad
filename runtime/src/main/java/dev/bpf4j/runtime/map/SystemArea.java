// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.GuestBytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Metadata words in guest space, little-endian. Addresses are made from geometry that the host keeps and from indices that were checked, so
 * that they are aligned and inside the space whatever a program wrote there.
 */
final class SystemArea {
    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle WORDS = WORD.varHandle();

    private final MemorySegment memory;

    SystemArea(MemorySegment memory) {
        this.memory = memory;
    }

    int word(long address) {
        return memory.get(WORD, address);
    }

    void word(long address, int value) {
        memory.set(WORD, address, value);
    }

    /** Writes a word such that whoever sees it sees everything written before. */
    void publish(long address, int value) {
        WORDS.setRelease(memory, address, value);
    }

    long wide(long address) {
        return memory.get(LONG, address);
    }

    void wide(long address, long value) {
        memory.set(LONG, address, value);
    }

    byte octet(long address) {
        return memory.get(ValueLayout.JAVA_BYTE, address);
    }

    void octet(long address, int value) {
        memory.set(ValueLayout.JAVA_BYTE, address, (byte) value);
    }

    /** Whether these bytes stand at an address. */
    boolean holds(long address, byte[] bytes) {
        return GuestBytes.same(memory, address, bytes);
    }

    byte[] bytes(long address, int count) {
        return GuestBytes.read(memory, address, count);
    }

    void bytes(long address, byte[] bytes) {
        GuestBytes.write(bytes, memory, address);
    }
}
