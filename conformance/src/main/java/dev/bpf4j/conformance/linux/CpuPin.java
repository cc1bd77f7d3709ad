// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Keeps the calling thread on one CPU, so that one slot of every per-CPU map is the one that programs use. Closing it, in the same thread, lets
 * the thread go where it could go before.
 */
final class CpuPin implements AutoCloseable {
    /** CPUs that fit into the mask; the kernel refuses masks that are too short for it. */
    private static final int MASK_BYTES = 1024;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment before = arena.allocate(MASK_BYTES, 8);
    private final int cpu;

    CpuPin() throws KernelRefusal {
        int result = Libc.getAffinity(before);
        if (result < 0) {
            arena.close();
            throw new KernelRefusal("sched_getaffinity", result, "");
        }
        cpu = firstCpu(before);
        MemorySegment one = arena.allocate(MASK_BYTES, 8);
        one.set(ValueLayout.JAVA_BYTE, cpu / 8, (byte) (1 << cpu % 8));
        int pinned = Libc.setAffinity(one);
        if (pinned < 0) {
            arena.close();
            throw new KernelRefusal("sched_setaffinity", pinned, "");
        }
    }

    /** The mask is an array of longs, CPU 0 in the lowest bit; so on a little-endian machine byte by byte as well. */
    private static int firstCpu(MemorySegment mask) {
        for (int cpu = 0; cpu < MASK_BYTES * 8; cpu++) {
            if ((mask.get(ValueLayout.JAVA_BYTE, cpu / 8) >> cpu % 8 & 1) != 0) {
                return cpu;
            }
        }
        return 0;
    }

    /** The CPU that the thread is kept on. */
    int cpu() {
        return cpu;
    }

    @Override
    public void close() {
        int result = Libc.setAffinity(before);
        arena.close();
        if (result < 0) {
            throw new IllegalStateException("sched_setaffinity: " + Errno.describe(-result));
        }
    }
}
