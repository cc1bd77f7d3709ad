// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.runtime.Outcome;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Measures runs. Each run is timed by itself, between the restoring of packet and context, which is not counted; what reading the clock takes
 * is measured first and taken off. Runs that are not counted come before, until the JVM has compiled what is hot.
 */
final class Stopwatch {
    /** Runs before the measured ones end after this time, */
    private static final long WARM_UP_NANOS = 1_000_000_000L;
    /** or after this many. */
    private static final long WARM_UP_RUNS = 200_000;
    private static final int CLOCK_READINGS = 10_000;
    /** Times are told apart exactly below this many nanoseconds, and to one in 1,024 above. */
    private static final int EXACT = 1 << 14;

    private final long[] exact = new long[EXACT];
    private final Map<Long, Long> coarse = new TreeMap<>();
    private long count;

    private Stopwatch() {
    }

    /**
     * The median time of a run.
     *
     * @param guest  runs on a machine whose maps may change
     * @param inputs at least one
     * @param repeat measured runs of each input, at least 1
     * @return nanoseconds
     */
    static double median(Guest guest, List<Input> inputs, long repeat) {
        warmUp(guest, inputs);
        Stopwatch clock = new Stopwatch();
        for (int i = 0; i < CLOCK_READINGS; i++) {
            long start = System.nanoTime();
            clock.add(System.nanoTime() - start);
        }
        double overhead = clock.median();
        Stopwatch runs = new Stopwatch();
        Outcome last = null;
        for (Input input : inputs) {
            guest.prepare(input);
            for (long i = 0; i < repeat; i++) {
                guest.restore();
                long start = System.nanoTime();
                last = guest.run();
                runs.add(System.nanoTime() - start);
            }
        }
        if (last == null) {
            throw new IllegalArgumentException("nothing to measure");
        }
        return Math.max(0, runs.median() - overhead);
    }

    private static void warmUp(Guest guest, List<Input> inputs) {
        long end = System.nanoTime() + WARM_UP_NANOS;
        long runs = 0;
        while (runs < WARM_UP_RUNS && System.nanoTime() - end < 0) {
            for (Input input : inputs) {
                guest.prepare(input);
                for (int i = 0; i < 100 && System.nanoTime() - end < 0; i++) {
                    guest.restore();
                    guest.run();
                    runs++;
                }
            }
        }
    }

    private void add(long nanos) {
        count++;
        if (nanos < EXACT) {
            exact[(int) Math.max(0, nanos)]++;
        } else {
            long step = Long.highestOneBit(nanos) >>> 10;
            coarse.merge(nanos / step * step, 1L, Long::sum);
        }
    }

    private double median() {
        long before = 0;
        for (int i = 0; i < EXACT; i++) {
            before += exact[i];
            if (2 * before >= count) {
                return i;
            }
        }
        for (Map.Entry<Long, Long> entry : coarse.entrySet()) {
            before += entry.getValue();
            if (2 * before >= count) {
                return entry.getKey();
            }
        }
        throw new IllegalStateException("no times");
    }
}
