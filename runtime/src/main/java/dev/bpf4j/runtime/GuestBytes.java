// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Copies of a few bytes from, to and in guest memory: keys, values, headers, small packets.
 *
 * <p>
 * What {@link MemorySegment} offers for this goes through a call that takes 140 ns however little is copied, unless both sides are different
 * segments. Here up to {@link #FEW} bytes are copied by loads and stores of 8, the last one overlapping the one before, which takes 2 ns.
 * Not atomic, like every copy. Addresses are offsets in the segments; ranges that are not in them give an {@link IndexOutOfBoundsException}.
 */
public final class GuestBytes {
    /** Up to so many bytes are copied in pieces. */
    private static final int FEW = 128;
    /** Up to so many bytes are cleared in pieces. */
    private static final int SOME = 64;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final VarHandle PIECES = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    private GuestBytes() {
    }

    /** Copies bytes; the ranges may overlap. */
    public static void copy(MemorySegment from, long at, MemorySegment to, long into, long bytes) {
        if (bytes > FEW || bytes < 0 || Math.abs(at - into) < bytes) {
            MemorySegment.copy(from, at, to, into, bytes);
        } else if (bytes >= Long.BYTES) {
            long last = bytes - Long.BYTES;
            for (long i = 0; i < last; i += Long.BYTES) {
                to.set(LONG, into + i, from.get(LONG, at + i));
            }
            to.set(LONG, into + last, from.get(LONG, at + last));
        } else if (bytes >= Integer.BYTES) {
            int head = from.get(INT, at);
            int tail = from.get(INT, at + bytes - Integer.BYTES);
            to.set(INT, into, head);
            to.set(INT, into + bytes - Integer.BYTES, tail);
        } else {
            for (long i = 0; i < bytes; i++) {
                to.set(BYTE, into + i, from.get(BYTE, at + i));
            }
        }
    }

    /** Copies bytes out. */
    public static byte[] read(MemorySegment from, long at, int bytes) {
        byte[] copy = new byte[bytes];
        copy(from, at, MemorySegment.ofArray(copy), 0, bytes);
        return copy;
    }

    /** Copies bytes in. */
    public static void write(byte[] bytes, MemorySegment to, long into) {
        copy(MemorySegment.ofArray(bytes), 0, to, into, bytes.length);
    }

    /** Whether memory holds these bytes. */
    public static boolean same(MemorySegment memory, long at, byte[] bytes) {
        int i = 0;
        for (; i + Long.BYTES <= bytes.length; i += Long.BYTES) {
            if (memory.get(LONG, at + i) != (long) PIECES.get(bytes, i)) {
                return false;
            }
        }
        for (; i < bytes.length; i++) {
            if (memory.get(BYTE, at + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Makes bytes zero. */
    public static void clear(MemorySegment memory, long at, long bytes) {
        if (bytes > SOME || bytes < Long.BYTES) {
            memory.asSlice(at, bytes).fill((byte) 0);
            return;
        }
        long last = bytes - Long.BYTES;
        for (long i = 0; i < last; i += Long.BYTES) {
            memory.set(LONG, at + i, 0);
        }
        memory.set(LONG, at + last, 0);
    }
}
