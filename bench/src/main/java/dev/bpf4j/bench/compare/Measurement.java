// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import java.util.Arrays;
import java.util.List;

/**
 * A program in a contender: the median of each round, in nanoseconds per pass.
 *
 * @param rounds one per round, at least one
 */
public record Measurement(List<Double> rounds) {
    /** Copies the list. */
    public Measurement { rounds = List.copyOf(rounds); }

    /** The median of the rounds: the figure that is reported. */
    public double nanos() {
        return median(rounds.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** The slowest round over the fastest: how much the machine disturbed. At least 1. */
    public double spread() {
        double fastest = rounds.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double slowest = rounds.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        return fastest > 0 ? slowest / fastest : 1;
    }

    /** The middle value, or the mean of the two in the middle. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The geometric mean; not a number if there are no values. */
    static double geometricMean(double[] values) {
        return Math.exp(Arrays.stream(values).map(Math::log).average().orElse(Double.NaN));
    }
}
