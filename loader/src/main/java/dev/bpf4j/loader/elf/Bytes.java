// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader.elf;

import dev.bpf4j.runtime.LoadException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A bounds-checked window on the bytes of a file, which knows what it shows, so that an access outside gives an error with file, section and
 * offset. Offsets are relative to the window. Immutable; the bytes below are shared and must not be changed.
 */
public final class Bytes {
    private final ByteBuffer buffer;
    private final String place;

    private Bytes(ByteBuffer buffer, String place) {
        this.buffer = buffer;
        this.place = place;
    }

    /**
     * A window on a whole array.
     *
     * @param bytes the bytes; not copied
     * @param order byte order of the numbers in it
     * @param place what to call it in errors, for instance {@code filter.o: section .maps}
     */
    public static Bytes of(byte[] bytes, ByteOrder order, String place) {
        return new Bytes(ByteBuffer.wrap(bytes).asReadOnlyBuffer().order(order), place);
    }

    /** Number of bytes. */
    public int size() {
        return buffer.capacity();
    }

    /** Byte order of the numbers. */
    public ByteOrder order() {
        return buffer.order();
    }

    /** What errors call this window. */
    public String place() {
        return place;
    }

    /**
     * A part of this window under a name of its own.
     *
     * @throws LoadException if it does not lie wholly in this window
     */
    public Bytes part(long offset, long size, String name) throws LoadException {
        check(offset, size, name);
        ByteBuffer part = buffer.slice((int) offset, (int) size).order(buffer.order());
        return new Bytes(part, name);
    }

    /** This window read in another byte order. */
    public Bytes withOrder(ByteOrder order) {
        return new Bytes(buffer.duplicate().order(order), place);
    }

    /** The unsigned byte at an offset. */
    public int u8(long offset) throws LoadException {
        check(offset, 1, "a byte");
        return buffer.get((int) offset) & 0xff;
    }

    /** The unsigned 16-bit number at an offset. */
    public int u16(long offset) throws LoadException {
        check(offset, 2, "16 bits");
        return buffer.getShort((int) offset) & 0xffff;
    }

    /** The 32-bit number at an offset, as its bits. */
    public int i32(long offset) throws LoadException {
        check(offset, 4, "32 bits");
        return buffer.getInt((int) offset);
    }

    /** The unsigned 32-bit number at an offset. */
    public long u32(long offset) throws LoadException {
        return i32(offset) & 0xffff_ffffL;
    }

    /** The 64-bit number at an offset, as its bits. */
    public long i64(long offset) throws LoadException {
        check(offset, 8, "64 bits");
        return buffer.getLong((int) offset);
    }

    /** A copy of all bytes. */
    public byte[] toArray() {
        byte[] copy = new byte[size()];
        buffer.get(0, copy);
        return copy;
    }

    /** A copy of a part. */
    public byte[] toArray(long offset, int size) throws LoadException {
        check(offset, size, "data");
        byte[] copy = new byte[size];
        buffer.get((int) offset, copy);
        return copy;
    }

    /** Offset of the first zero byte at or behind an offset, at most {@code limit} bytes on; -1 if there is none. */
    int findZero(int offset, int limit) {
        int end = (int) Math.min(size(), (long) offset + limit);
        for (int i = offset; i < end; i++) {
            if (buffer.get(i) == 0) {
                return i;
            }
        }
        return -1;
    }

    /** An error about an offset of this window. */
    public LoadException error(long offset, String what) {
        return new LoadException(place + ", offset 0x" + Long.toHexString(offset) + ": " + what);
    }

    private void check(long offset, long length, String what) throws LoadException {
        if (offset < 0 || length < 0 || offset > size() || length > size() - offset) {
            throw error(offset, what + " of " + length + " bytes expected, but only " + size() + " bytes are there");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && buffer.equals(that.buffer) && order() == that.order() && place.equals(that.place);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new Object[] {buffer, place});
    }

    @Override
    public String toString() {
        return place + " (" + size() + " bytes)";
    }
}
