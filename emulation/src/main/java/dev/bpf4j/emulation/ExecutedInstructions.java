// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import java.util.concurrent.atomic.LongAdder;

/** Counts instructions that emulators execute. Thread-safe. */
public final class ExecutedInstructions {
    private final LongAdder count = new LongAdder();

    void add(int instructions) {
        count.add(instructions);
    }

    /** Instructions since the start or the last {@link #reset()}. */
    public long get() {
        return count.sum();
    }

    /** Starts again from 0. Nothing may be running. */
    public void reset() {
        count.reset();
    }
}
