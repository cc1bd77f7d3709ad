// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import java.math.BigInteger;

/**
 * What the 64-bit time of a pcapng interface counts (options {@code if_tsresol} and {@code if_tsoffset}, draft-ietf-opsawg-pcapng section 4.2).
 *
 * @param code   the option's byte: units are 10^-code seconds, or 2^-(code - 128) with the highest bit set
 * @param offset seconds to add
 */
record TimeResolution(int code, long offset) {
    /** Microseconds, what holds without the options. */
    static final TimeResolution DEFAULT = new TimeResolution(6, 0);

    private static final int BINARY = 0x80;
    private static final int LONGEST_DECIMAL = 18; // the largest power of ten in a long
    private static final long NANOS = 1_000_000_000L;

    /** Seconds since 1970 of a time, rounded down. */
    long seconds(long ticks) {
        return (code <= LONGEST_DECIMAL ? Long.divideUnsigned(ticks, power(code)) : big(ticks).divide(unitsPerSecond()).longValue())
                + offset;
    }

    /** Nanoseconds of a time beyond its full second, rounded down. */
    int nanos(long ticks) {
        if (code > LONGEST_DECIMAL) {
            BigInteger units = unitsPerSecond();
            return big(ticks).mod(units).multiply(BigInteger.valueOf(NANOS)).divide(units).intValue();
        }
        long rest = Long.remainderUnsigned(ticks, power(code));
        return (int) (code <= 9 ? rest * power(9 - code) : rest / power(code - 9));
    }

    private static long power(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    private BigInteger unitsPerSecond() {
        return (code & BINARY) == 0 ? BigInteger.TEN.pow(code) : BigInteger.TWO.pow(code & ~BINARY);
    }

    private static BigInteger big(long unsigned) {
        return new BigInteger(Long.toUnsignedString(unsigned));
    }
}
