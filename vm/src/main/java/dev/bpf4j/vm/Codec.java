// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * How keys or values of a map are written as bytes. Immutable and thread-safe, if the functions given are.
 *
 * <p>
 * Programs write numbers in their own byte order, little-endian for almost all; addresses and ports out of packets are big-endian and are taken
 * with {@link #withOrder}. A structure is a codec of the host's own:
 *
 * <pre>{@code
 * record Counter(long packets, long bytes) {}
 *
 * Codec<Counter> counter = Codec.of(16, bytes -> new Counter(bytes.getLong(), bytes.getLong()),
 *         (value, bytes) -> bytes.putLong(value.packets()).putLong(value.bytes()));
 * }</pre>
 */
public final class Codec<T> {
    private final int size;
    private final ByteOrder order;
    private final Function<ByteBuffer, T> reader;
    private final BiConsumer<T, ByteBuffer> writer;

    private Codec(int size, ByteOrder order, Function<ByteBuffer, T> reader, BiConsumer<T, ByteBuffer> writer) {
        this.size = size;
        this.order = order;
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * A codec of the host's own, little-endian.
     *
     * @param size   bytes that a value takes
     * @param reader makes a value of a buffer with so many bytes
     * @param writer puts a value into a buffer with room for so many bytes, which are zero before
     */
    public static <T> Codec<T> of(int size, Function<ByteBuffer, T> reader, BiConsumer<T, ByteBuffer> writer) {
        return new Codec<>(size, ByteOrder.LITTLE_ENDIAN, reader, writer);
    }

    /** Numbers of 8 bits, 0 to 255. */
    public static Codec<Integer> u8() {
        return of(Byte.BYTES, bytes -> bytes.get() & 0xff, (value, bytes) -> bytes.put((byte) (int) value));
    }

    /** Numbers of 16 bits, 0 to 65,535. */
    public static Codec<Integer> u16() {
        return of(Short.BYTES, bytes -> bytes.getShort() & 0xffff, (value, bytes) -> bytes.putShort((short) (int) value));
    }

    /** Numbers of 32 bits; {@link Integer#toUnsignedLong} for those that have no sign. */
    public static Codec<Integer> u32() {
        return of(Integer.BYTES, ByteBuffer::getInt, (value, bytes) -> bytes.putInt(value));
    }

    /** Numbers of 64 bits. */
    public static Codec<Long> u64() {
        return of(Long.BYTES, ByteBuffer::getLong, (value, bytes) -> bytes.putLong(value));
    }

    /** So many bytes as they are. */
    public static Codec<byte[]> bytes(int size) {
        return of(size, bytes -> {
            byte[] value = new byte[size];
            bytes.get(value);
            return value;
        }, (value, bytes) -> bytes.put(value));
    }

    /**
     * The values of a per-CPU map, one for each lane.
     *
     * @param lanes number of lanes of the machine
     */
    public static <T> Codec<List<T>> perLane(Codec<T> value, int lanes) {
        int stride = (value.size + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        return new Codec<>(stride * lanes, value.order, bytes -> {
            List<T> values = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                values.add(value.reader.apply(bytes.slice(lane * stride, value.size).order(value.order)));
            }
            return values;
        }, (values, bytes) -> {
            for (int lane = 0; lane < lanes; lane++) {
                value.writer.accept(values.get(lane), bytes.slice(lane * stride, value.size).order(value.order));
            }
        });
    }

    /** The same with numbers in another byte order. */
    public Codec<T> withOrder(ByteOrder other) {
        return new Codec<>(size, other, reader, writer);
    }

    /** Bytes that a value takes. */
    public int size() {
        return size;
    }

    /**
     * A value out of bytes, of which those behind its own do not matter: what a program sent.
     *
     * @throws IllegalArgumentException if there are too few
     */
    public T read(byte[] bytes) {
        if (bytes.length < size) {
            throw new IllegalArgumentException(bytes.length + " bytes for a value of " + size);
        }
        return decode(bytes);
    }

    /** A value out of so many bytes. */
    T decode(byte[] bytes) {
        return reader.apply(ByteBuffer.wrap(bytes).order(order));
    }

    /** A value as so many bytes. */
    byte[] encode(T value) {
        ByteBuffer buffer = ByteBuffer.allocate(size).order(order);
        writer.accept(value, buffer);
        return buffer.array();
    }
}
