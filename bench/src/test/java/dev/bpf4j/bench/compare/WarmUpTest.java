// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

/** When warming up ends, from times that are made up. */
class WarmUpTest {
    private static Boolean[] laps(double... nanos) {
        WarmUp warmUp = new WarmUp();
        return DoubleStream.of(nanos).mapToObj(warmUp::lap).toArray(Boolean[]::new);
    }

    @Test
    void endsWhenALapIsNotFaster() {
        assertThat(laps(1000, 400, 380, 379)).containsExactly(true, true, false, false);
    }

    @Test
    void disturbedLapIsNoProgressAndForgotten() {
        assertThat(laps(1000, 400, 900, 399)).containsExactly(true, true, false, false);
    }

    @Test
    void slowProgressCounts() {
        assertThat(laps(1000, 940, 880)).containsExactly(true, true, true);
    }

    @Test
    void wholeNanosecondsAreNoProgress() {
        assertThat(laps(2, 1.5, 1)).containsExactly(true, false, false);
        assertThat(laps(0, 0)).containsExactly(true, false);
    }
}
