// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Map;

/** Numbers and texts. Linux {@code kernel/bpf/helpers.c}. */
final class TextHelpers {
    private static final long BASE_MASK = 0x1f;
    /** Linux looks at this many characters behind the sign. */
    private static final int MOST_DIGITS = 63;
    private static final BigInteger OVERFLOW = BigInteger.ONE.shiftLeft(64);

    private TextHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("strtol", (lane, r1, r2, r3, r4, r5) -> parse(lane, r1, r2, r3, r4, true));
        all.put("strtoul", (lane, r1, r2, r3, r4, r5) -> parse(lane, r1, r2, r3, r4, false));
        all.put("strncmp", TextHelpers::compare);
    }

    /** Gives the characters used, and the number at {@code result} in the program's byte order. */
    private static long parse(Lane lane, long buffer, long size, long flags, long result, boolean signed) {
        int base = (int) (flags & BASE_MASK);
        int length = (int) size;
        if ((flags & ~BASE_MASK) != 0 || length == 0 || base != 0 && base != 8 && base != 10 && base != 16) {
            return -Errno.EINVAL;
        }
        byte[] text = lane.read(buffer, Math.min(length, 1 << 16));
        int at = 0;
        while (at < text.length && isSpace(text[at])) {
            at++;
        }
        boolean negative = at < text.length && text[at] == '-';
        if (negative) {
            at++;
        }
        int end = Math.min(text.length, at + MOST_DIGITS);
        if (base == 0) {
            base = radix(text, at, end);
        }
        if (base == 16 && hexPrefix(text, at, end)) {
            at += 2;
        }
        BigInteger value = BigInteger.ZERO;
        int first = at;
        while (at < end && Character.digit(text[at], base) >= 0) {
            value = value.multiply(BigInteger.valueOf(base)).add(BigInteger.valueOf(Character.digit(text[at++], base)));
        }
        if (at == first) {
            return -Errno.EINVAL;
        }
        if (value.compareTo(OVERFLOW) >= 0) {
            return -Errno.ERANGE;
        }
        if (negative && !signed) {
            return -Errno.EINVAL;
        }
        BigInteger limit = !signed ? OVERFLOW : negative ? OVERFLOW.shiftRight(1).add(BigInteger.ONE) : OVERFLOW.shiftRight(1);
        if (value.compareTo(limit) >= 0) {
            return -Errno.ERANGE;
        }
        long number = negative ? -value.longValue() : value.longValue();
        lane.memory().set(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(lane.order()), result & GuestLayout.ADDRESS_MASK, number);
        return at;
    }

    private static boolean isSpace(byte octet) {
        return octet == ' ' || octet >= '\t' && octet <= '\r' || (octet & 0xff) == 0xa0;
    }

    private static boolean hexPrefix(byte[] text, int at, int end) {
        return at + 1 < end && text[at] == '0' && (text[at + 1] | 0x20) == 'x';
    }

    private static int radix(byte[] text, int at, int end) {
        if (at < end && text[at] == '0') {
            return hexPrefix(text, at, end) && at + 2 < end && Character.digit(text[at + 2], 16) >= 0 ? 16 : 8;
        }
        return 10;
    }

    /** Compares like C's strncmp; the second text is checked as far as it is read. */
    private static long compare(Lane lane, long first, long size, long second, long r4, long r5) {
        long bytes = size & 0xffff_ffffL;
        long readable = 0;
        for (long i = 0; i < bytes; i++) {
            if (i == readable) {
                readable += Arguments.readableFrom(lane, second + i, bytes - i);
            }
            if (i == readable) {
                lane.fault(FaultKind.BAD_ACCESS, second + i, 1, false, "argument of a helper");
                return 0;
            }
            int a = lane.memory().get(ValueLayout.JAVA_BYTE, first + i & GuestLayout.ADDRESS_MASK) & 0xff;
            int b = lane.memory().get(ValueLayout.JAVA_BYTE, second + i & GuestLayout.ADDRESS_MASK) & 0xff;
            if (a != b) {
                return a < b ? -1 : 1;
            }
            if (a == 0) {
                return 0;
            }
        }
        return 0;
    }
}
