// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import dev.bpf4j.isa.Bits;
import dev.bpf4j.isa.Effect.AtomicOp;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Atomic accesses to guest memory for engines in Java. Addresses are confined and aligned already; widths are in bits; values are
 * zero-extended. The memory order is sequentially consistent, except for {@link #loadAcquire} and {@link #storeRelease}.
 */
public final class GuestAtomics {
    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();
    private static final VarHandle SHORT = ValueLayout.JAVA_SHORT.varHandle();
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();
    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    private GuestAtomics() {
    }

    /** Whether a value in memory has its bytes the other way round than this host. */
    private static boolean swaps(ByteOrder order) {
        return order != ByteOrder.nativeOrder();
    }

    private static long host(long value, int width, ByteOrder order) {
        return width > 8 && swaps(order) ? Bits.bswap(value, width) : value;
    }

    /** Read-modify-write of 32 or 64 bits; gives the old value. */
    public static long update(MemorySegment memory, AtomicOp op, long address, int width, long value, ByteOrder order) {
        while (true) {
            long old = host(raw(memory, address, width), width, order);
            long fresh = switch (op) {
                case ADD -> Bits.lo(old + value, width);
                case OR -> old | value;
                case AND -> old & value;
                case XOR -> old ^ value;
                case XCHG -> value;
            };
            if (compareAndSet(memory, address, width, host(old, width, order), host(fresh, width, order))) {
                return old;
            }
        }
    }

    /** Compare and exchange of 32 or 64 bits; gives the old value. */
    public static long compareExchange(MemorySegment memory, long address, int width, long expected, long value, ByteOrder order) {
        long wanted = host(expected, width, order);
        long fresh = host(value, width, order);
        long old = width == 32 ? (int) INT.compareAndExchange(memory, address, (int) wanted, (int) fresh) & 0xffff_ffffL
                : (long) LONG.compareAndExchange(memory, address, wanted, fresh);
        return host(old, width, order);
    }

    /** Load of 8 to 64 bits with acquire order. */
    public static long loadAcquire(MemorySegment memory, long address, int width, ByteOrder order) {
        long raw = switch (width) {
            case 8 -> (byte) BYTE.getAcquire(memory, address) & 0xffL;
            case 16 -> (short) SHORT.getAcquire(memory, address) & 0xffffL;
            case 32 -> (int) INT.getAcquire(memory, address) & 0xffff_ffffL;
            default -> (long) LONG.getAcquire(memory, address);
        };
        return host(raw, width, order);
    }

    /** Store of 8 to 64 bits with release order. */
    public static void storeRelease(MemorySegment memory, long address, int width, long value, ByteOrder order) {
        long raw = host(Bits.lo(value, width), width, order);
        switch (width) {
            case 8 -> BYTE.setRelease(memory, address, (byte) raw);
            case 16 -> SHORT.setRelease(memory, address, (short) raw);
            case 32 -> INT.setRelease(memory, address, (int) raw);
            default -> LONG.setRelease(memory, address, raw);
        }
    }

    private static long raw(MemorySegment memory, long address, int width) {
        return width == 32 ? (int) INT.getVolatile(memory, address) & 0xffff_ffffL : (long) LONG.getVolatile(memory, address);
    }

    private static boolean compareAndSet(MemorySegment memory, long address, int width, long expected, long fresh) {
        return width == 32 ? INT.compareAndSet(memory, address, (int) expected, (int) fresh)
                : LONG.compareAndSet(memory, address, expected, fresh);
    }
}
