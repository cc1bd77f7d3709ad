// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.helper.Helper;
import dev.bpf4j.runtime.map.BpfMap;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Hot helpers in plain Java, over the host's operations on maps and the lane's cells. Nothing is shared with the routines that the other engines
 * run, so that a comparison with the reference checks these too.
 */
final class HostHelpers implements RoutineRunner {
    private static final ValueLayout.OfLong CELL = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long NANOS_PER_JIFFY = 1_000_000;

    @Override
    public long run(Lane lane, Helper helper, long r1, long r2, long r3, long r4, long r5) {
        return switch (String.valueOf(helper.routine())) {
            case "map_lookup_elem" -> lookup(lane, r1, r2);
            case "ktime_get_ns" -> readClock(lane);
            case "jiffies64" -> Long.divideUnsigned(readClock(lane), NANOS_PER_JIFFY);
            case "get_prandom_u32" -> random(lane);
            case "get_smp_processor_id" -> lane.cpu();
            case "csum_diff" -> HostChecksum.difference(lane, r1, r2, r3, r4, r5);
            default -> {
                lane.fault(FaultKind.HELPER_FAILED, 0, 0, false, "the reference does not know the hot helper " + helper.name());
                yield 0;
            }
        };
    }

    /** The address of the value under the key at r2; 0 if there is none. */
    private static long lookup(Lane lane, long handle, long key) {
        BpfMap map = lane.machine().maps().argument(lane, handle);
        if (map == null || !lane.check(key, map.definition().keySize(), false)) {
            return 0;
        }
        return map.lookup(lane, lane.read(key, map.definition().keySize()));
    }

    /** Ruling 18: the clock has a fixed start, and each reading moves it on by a fixed step. */
    private static long readClock(Lane lane) {
        long now = lane.memory().get(CELL, lane.cells() + GuestLayout.CELL_CLOCK);
        long step = lane.memory().get(CELL, lane.cells() + GuestLayout.CELL_CLOCK_STEP);
        lane.memory().set(CELL, lane.cells() + GuestLayout.CELL_CLOCK, now + step);
        return now;
    }

    /** The upper half of the next number of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014). */
    private static long random(Lane lane) {
        long state = lane.memory().get(CELL, lane.cells() + GuestLayout.CELL_RANDOM) + 0x9e37_79b9_7f4a_7c15L;
        lane.memory().set(CELL, lane.cells() + GuestLayout.CELL_RANDOM, state);
        long mixed = (state ^ state >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
        return (mixed ^ mixed >>> 31) >>> 32;
    }
}
