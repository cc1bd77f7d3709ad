// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Times of pcapng for every resolution that the option can name. */
class TimeResolutionTest {
    @Property
    void everyResolutionIsExactToTheNanosecond(@ForAll long ticks, @ForAll @IntRange(max = 255) int code) {
        BigDecimal units = new BigDecimal((code & 0x80) == 0 ? BigInteger.TEN.pow(code) : BigInteger.TWO.pow(code & 0x7f));
        BigDecimal time = new BigDecimal(Long.toUnsignedString(ticks)).multiply(BigDecimal.valueOf(1_000_000_000L));
        BigInteger nanos = time.divide(units, 0, RoundingMode.FLOOR).toBigInteger();
        BigInteger[] expected = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000_000L));
        TimeResolution resolution = new TimeResolution(code, 0);
        assertThat(resolution.seconds(ticks)).isEqualTo(expected[0].longValue());
        assertThat(resolution.nanos(ticks)).isEqualTo(expected[1].intValue());
    }
}
