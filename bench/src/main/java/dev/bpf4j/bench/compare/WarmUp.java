// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

/**
 * Whether a program still becomes faster from lap to lap. Looks at the fastest batch of each lap: what else a machine does makes batches slower,
 * never faster. For one thread.
 */
final class WarmUp {
    /** A lap that saves less is no progress. */
    private static final double SHARE = 0.05;
    /** Nor is one that saves less than this: some times are whole nanoseconds. */
    private static final double NANOS = 1;

    private double best = Double.POSITIVE_INFINITY;

    /**
     * Takes the time of a lap.
     *
     * @param nanos of a pass in the fastest batch of the lap
     * @return whether this lap was faster than all before it; so is the first
     */
    boolean lap(double nanos) {
        boolean faster = nanos < best * (1 - SHARE) && nanos <= best - NANOS;
        best = Math.min(best, nanos);
        return faster;
    }
}
