// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import java.util.stream.IntStream;

/**
 * Work that is dealt out to threads by the numbers of its items: to each a run of neighbours, from the first on, and when it has done
 * these, what is left at the end of the largest remainder. Neighbours are of one candidate and one byte order, and what a thread needs for them
 * (machines, and what the JVM's compilers make of an engine for a machine) is needed in that thread alone. Thread-safe.
 */
final class Shares {
    private final int[] next;
    private final int[] end;

    /**
     * Items from 0 on.
     *
     * @param items   how many
     * @param threads how many share them, at least 1
     */
    Shares(int items, int threads) {
        next = IntStream.range(0, threads).map(thread -> border(items, thread, threads)).toArray();
        end = IntStream.range(0, threads).map(thread -> border(items, thread + 1, threads)).toArray();
    }

    private static int border(int items, int thread, int threads) {
        return (int) ((long) items * thread / threads);
    }

    /** The number of an item for a thread, each once; -1 when all are taken. */
    synchronized int take(int thread) {
        if (next[thread] < end[thread]) {
            return next[thread]++;
        }
        int richest = 0;
        for (int other = 1; other < next.length; other++) {
            if (end[other] - next[other] > end[richest] - next[richest]) {
                richest = other;
            }
        }
        return next[richest] < end[richest] ? --end[richest] : -1;
    }
}
