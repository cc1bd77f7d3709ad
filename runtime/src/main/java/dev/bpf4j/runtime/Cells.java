// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The lane's cells in the system area: what the clock, random and CPU routines work on. Little-endian in every machine. */
final class Cells {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Cells() {
    }

    /** Sets a lane's cells to their start. Each lane has a random sequence of its own. */
    static void fill(Lane lane, Machine.Settings settings) {
        MemorySegment memory = lane.memory();
        long cells = lane.cells();
        memory.set(LONG, cells + GuestLayout.CELL_CLOCK, settings.clockStart());
        memory.set(LONG, cells + GuestLayout.CELL_CLOCK_STEP, settings.clockStep());
        memory.set(LONG, cells + GuestLayout.CELL_RANDOM, settings.seed() ^ (lane.cpu() * 0xd1b5_4a32_d192_ed03L));
        memory.set(LONG, cells + GuestLayout.CELL_CPU, lane.cpu());
    }
}
