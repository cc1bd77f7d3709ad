// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bob Jenkins' hash lookup3, as Linux's {@code jhash} and {@code jhash2} compute it. */
final class JenkinsHash {
    private static final int START = 0xdead_beef;
    /** Rotations of the rounds that mix three words in. Between two rounds the three change places. */
    private static final int[] MIX = {4, 6, 8, 16, 19, 4};
    /** Rotations of the last rounds. */
    private static final int[] FINAL = {14, 11, 25, 16, 4, 14, 24};

    private JenkinsHash() {
    }

    /** The hash of the first words of some bytes, read as little-endian, with the starting value 0. */
    static int words(byte[] bytes, int count) {
        return words(bytes, count, 0);
    }

    /** The hash of the first words of some bytes, read as little-endian. */
    static int words(byte[] bytes, int count, int start) {
        return hash(bytes, count, count << 2, start);
    }

    /** The hash of all bytes, as many as there are: the same as of words if they fill words. */
    static int bytes(byte[] bytes, int start) {
        int count = bytes.length + 3 >> 2;
        return hash(Arrays.copyOf(bytes, count << 2), count, bytes.length, start);
    }

    private static int hash(byte[] bytes, int count, int length, int start) {
        ByteBuffer words = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int a = START + length + start;
        int b = a;
        int c = a;
        int at = 0;
        int left = count;
        for (; left > 3; left -= 3, at += 12) {
            a += words.getInt(at);
            b += words.getInt(at + 4);
            c += words.getInt(at + 8);
            for (int rotation : MIX) {
                int mixed = a - c ^ Integer.rotateLeft(c, rotation);
                int sum = c + b;
                a = b;
                b = sum;
                c = mixed;
            }
        }
        if (left == 0) {
            return c;
        }
        c += left > 2 ? words.getInt(at + 8) : 0;
        b += left > 1 ? words.getInt(at + 4) : 0;
        a += words.getInt(at);
        for (int rotation : FINAL) {
            int mixed = (c ^ b) - Integer.rotateLeft(b, rotation);
            c = a;
            a = b;
            b = mixed;
        }
        return b;
    }
}
