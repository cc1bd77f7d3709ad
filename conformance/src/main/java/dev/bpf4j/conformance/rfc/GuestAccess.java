// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Policy;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.function.LongUnaryOperator;

/**
 * Guest memory as one program sees it: its byte order, and the policy of its machine. A value of 1, 2, 4 or 8 bytes is a {@code long}, zero
 * extended. Addresses are the full 64 bits that the program computed; those allowed are confined to the guest space by their low 32 bits.
 */
final class GuestAccess {
    private final Lane lane;
    private final MemorySegment memory;
    private final boolean strict;
    private final Forms forms;

    /** How values of each size lie in memory, and are reached so that no other access comes between. */
    private record Forms(ValueLayout.OfShort u16, ValueLayout.OfInt u32, ValueLayout.OfLong u64, VarHandle atomic8, VarHandle atomic16,
            VarHandle atomic32, VarHandle atomic64) {
        /** Made once: a handle costs as much as a short program. */
        static final Forms LITTLE = of(ByteOrder.LITTLE_ENDIAN);
        static final Forms BIG = of(ByteOrder.BIG_ENDIAN);

        private static Forms of(ByteOrder order) {
            return new Forms(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(order), ValueLayout.JAVA_INT_UNALIGNED.withOrder(order),
                    ValueLayout.JAVA_LONG_UNALIGNED.withOrder(order), ValueLayout.JAVA_BYTE.varHandle(), ValueLayout.JAVA_SHORT.withOrder(
                            order).varHandle(), ValueLayout.JAVA_INT.withOrder(order).varHandle(), ValueLayout.JAVA_LONG.withOrder(order)
                                    .varHandle());
        }
    }

    GuestAccess(Lane lane, ByteOrder order) {
        this.lane = lane;
        this.memory = lane.memory();
        this.strict = lane.machine().policy() == Policy.STRICT;
        this.forms = order == ByteOrder.BIG_ENDIAN ? Forms.BIG : Forms.LITTLE;
    }

    /** Under the strict policy an access must lie inside one live region with the right permission; under the sandbox policy all is allowed. */
    boolean allowed(long address, int size, boolean write) {
        return !strict || lane.regions().find(address, size, write) >= 0;
    }

    private static long confined(long address) {
        return address & GuestLayout.ADDRESS_MASK;
    }

    /** RFC 9669 section 5.1: {@code *(unsigned size *) address}. */
    long load(long address, int size) {
        return switch (size) {
            case 1 -> Byte.toUnsignedLong(memory.get(ValueLayout.JAVA_BYTE, confined(address)));
            case 2 -> Short.toUnsignedLong(memory.get(forms.u16, confined(address)));
            case 4 -> Integer.toUnsignedLong(memory.get(forms.u32, confined(address)));
            case 8 -> memory.get(forms.u64, confined(address));
            default -> throw new IllegalArgumentException("no access has " + size + " bytes");
        };
    }

    /** RFC 9669 section 5.1: {@code *(size *) address = value}; the value's upper bits are dropped. */
    void store(long address, int size, long value) {
        switch (size) {
            case 1 -> memory.set(ValueLayout.JAVA_BYTE, confined(address), (byte) value);
            case 2 -> memory.set(forms.u16, confined(address), (short) value);
            case 4 -> memory.set(forms.u32, confined(address), (int) value);
            case 8 -> memory.set(forms.u64, confined(address), value);
            default -> throw new IllegalArgumentException("no access has " + size + " bytes");
        }
    }

    /**
     * RFC 9669 section 5.3: replaces a value by what the operation makes of it, so that no other access comes between.
     *
     * @param size 4 or 8; the address is a multiple of it
     * @return the value before
     */
    long update(long address, int size, LongUnaryOperator operation) {
        while (true) {
            long old = loadAcquire(address, size);
            long changed = operation.applyAsLong(old);
            boolean done = size == 8 ? forms.atomic64.compareAndSet(memory, confined(address), old, changed)
                    : forms.atomic32.compareAndSet(memory, confined(address), (int) old, (int) changed);
            if (done) {
                return old;
            }
        }
    }

    /** A load that no later access of this lane overtakes. The address is a multiple of the size. */
    long loadAcquire(long address, int size) {
        return switch (size) {
            case 1 -> Byte.toUnsignedLong((byte) forms.atomic8.getAcquire(memory, confined(address)));
            case 2 -> Short.toUnsignedLong((short) forms.atomic16.getAcquire(memory, confined(address)));
            case 4 -> Integer.toUnsignedLong((int) forms.atomic32.getAcquire(memory, confined(address)));
            case 8 -> (long) forms.atomic64.getAcquire(memory, confined(address));
            default -> throw new IllegalArgumentException("no access has " + size + " bytes");
        };
    }

    /** A store that overtakes no earlier access of this lane. The address is a multiple of the size. */
    void storeRelease(long address, int size, long value) {
        switch (size) {
            case 1 -> forms.atomic8.setRelease(memory, confined(address), (byte) value);
            case 2 -> forms.atomic16.setRelease(memory, confined(address), (short) value);
            case 4 -> forms.atomic32.setRelease(memory, confined(address), (int) value);
            case 8 -> forms.atomic64.setRelease(memory, confined(address), value);
            default -> throw new IllegalArgumentException("no access has " + size + " bytes");
        }
    }
}
