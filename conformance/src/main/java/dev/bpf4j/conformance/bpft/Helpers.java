// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.helper.HelperTable;

/** The tables of helpers that a case may ask for. */
public enum Helpers {
    /** Those of Linux. */
    LINUX,
    /** That of the public conformance suite: helper 5 returns r1 and ends the program if that is 0 (Ruling 17). */
    CONFORMANCE,
    /**
     * Helpers that show an engine's handling of helpers: 1 mixes its five arguments into a value; 2 fills r2 bytes at r1 with r3; 3 adds up r2
     * bytes at r1; 4 fails; 5 ends the program with r1; 6 calls the function r2 with (i, r3) for i = 0 … r1-1 until it returns something else
     * than 0, and returns the number of calls. 12 is the tail call.
     */
    TEST;

    private static final int MOST_BYTES = 64;
    private static final int MOST_CALLS = 16;
    private static final HelperTable TABLE = HelperTable.conformance()
            .with(1, "mix", Helpers::mix)
            .with(2, "fill", Helpers::fill)
            .with(3, "sum", Helpers::sum)
            .with(4, "fail", Helpers::fail)
            .with(5, "unwind", Helpers::unwind)
            .with(6, "repeat", Helpers::repeat)
            .with(HelperTable.TAIL_CALL, "tail_call", (lane, r1, r2, r3, r4, r5) -> 0);

    /** The table. */
    public HelperTable table() {
        return switch (this) {
            case LINUX -> HelperTable.linux();
            case CONFORMANCE -> HelperTable.conformance();
            case TEST -> TABLE;
        };
    }

    private static long mix(Lane lane, long r1, long r2, long r3, long r4, long r5) {
        return ((((r1 * 31 + r2) * 31 + r3) * 31 + r4) * 31 + r5) * 31;
    }

    private static long fill(Lane lane, long r1, long r2, long r3, long r4, long r5) {
        int bytes = (int) (r2 & MOST_BYTES - 1);
        if (!lane.check(r1, bytes, true)) {
            return 0;
        }
        byte[] filled = new byte[bytes];
        java.util.Arrays.fill(filled, (byte) r3);
        lane.write(r1, filled);
        return bytes;
    }

    private static long sum(Lane lane, long r1, long r2, long r3, long r4, long r5) {
        int bytes = (int) (r2 & MOST_BYTES - 1);
        if (!lane.check(r1, bytes, false)) {
            return 0;
        }
        long sum = 0;
        for (byte b : lane.read(r1, bytes)) {
            sum += b & 0xff;
        }
        return sum;
    }

    private static long fail(Lane lane, long r1, long r2, long r3, long r4, long r5) {
        lane.fault(FaultKind.HELPER_FAILED, r1, 0, false, "the helper that always fails");
        return 0;
    }

    private static long unwind(Lane lane, long r1, long r2, long r3, long r4, long r5) {
        lane.unwind(r1);
        return 0;
    }

    private static long repeat(Lane lane, long r1, long r2, long r3, long r4, long r5) {
        long calls = r1 & MOST_CALLS - 1;
        for (long i = 0; i < calls; i++) {
            long result = lane.call(r2, i, r3, 0, 0, 0);
            if (lane.interrupted()) {
                return 0;
            }
            if (result != 0) {
                return i + 1;
            }
        }
        return calls;
    }
}
