// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.generate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The bytes that a random program is made from. Behind their end come zeros, so that a shorter string is a simpler program. Not thread-safe.
 */
public final class Entropy {
    /** Bytes that {@link #seed} fills in; a program of 40 instructions takes about 300. */
    public static final int SEEDED = 1024;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    /** Weyl increment and multipliers of SplitMix64 (Steele, Lea, Flood 2014). */
    private static final long GAMMA = 0x9e37_79b9_7f4a_7c15L;
    private static final long FIRST = 0xbf58_476d_1ce4_e5b9L;
    private static final long SECOND = 0x94d0_49bb_1331_11ebL;

    private byte[] seeded = new byte[SEEDED];
    private byte[] bytes = seeded;
    private int position;

    /** Starts again with the bytes that follow from a seed; as many as {@link #SEEDED}. */
    public void seed(long seed) {
        seed(seed, SEEDED);
    }

    /** Starts again with the bytes that follow from a seed. */
    public void seed(long seed, int length) {
        if (seeded.length < length) {
            seeded = new byte[(length + 7) / 8 * 8];
        }
        long state = seed * SECOND;
        for (int i = 0; i + 8 <= seeded.length; i += 8) {
            state += GAMMA;
            LONG.set(seeded, i, mix(state));
        }
        bytes = seeded;
        position = 0;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * FIRST;
        z = (z ^ z >>> 27) * SECOND;
        return z ^ z >>> 31;
    }

    /** Starts again with these bytes; they are not copied. */
    public void use(byte[] given) {
        bytes = given;
        position = 0;
    }

    /** Bytes taken so far; may be more than there were. */
    public int taken() {
        return position;
    }

    /** The next byte, 0 to 255. */
    public int u8() {
        int at = position++;
        return at < bytes.length ? bytes[at] & 0xff : 0;
    }

    /** The next two bytes. */
    public int u16() {
        return u8() | u8() << 8;
    }

    /** The next four bytes. */
    public int s32() {
        return u16() | u16() << 16;
    }

    /** The next eight bytes. */
    public long s64() {
        return s32() & 0xffff_ffffL | (long) s32() << 32;
    }

    /** A number from 0 to {@code bound - 1}; the bound is 1 to 65536. Nearly even. */
    public int below(int bound) {
        return bound <= 256 ? u8() * bound >>> 8 : (int) ((long) u16() * bound >>> 16);
    }

    /** True in about {@code of256} of 256 cases; never once the bytes are used up. */
    public boolean chance(int of256) {
        return u8() >= 256 - of256;
    }
}
