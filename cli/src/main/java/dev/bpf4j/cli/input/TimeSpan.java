// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.input;

import dev.bpf4j.cli.UserError;
import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads spans of time that a user gives: a number and its unit, as {@code 500us}. */
public final class TimeSpan {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,19})(ns|us|ms|s)");
    private static final Map<String, Long> NANOS = Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);
    private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

    private TimeSpan() {
    }

    /**
     * Reads a span.
     *
     * @param what the option, for the message
     * @return nanoseconds, not negative
     * @throws UserError if this is none, or more than 2^63 - 1 nanoseconds, some 292 years
     */
    public static long nanos(String what, String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new UserError(what + " " + text + ": expected a number with its unit, ns, us, ms or s, as in 500us");
        }
        BigInteger nanos = new BigInteger(parts.group(1)).multiply(BigInteger.valueOf(NANOS.getOrDefault(parts.group(2), 1L)));
        if (nanos.compareTo(MOST) > 0) {
            throw new UserError(what + " " + text + ": expected at most " + MOST + "ns");
        }
        return nanos.longValueExact();
    }
}
