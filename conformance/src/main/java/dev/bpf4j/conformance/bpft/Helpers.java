// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.Arrays;

/** The tables of helpers that a case may ask for. */
public enum Helpers {
    /** Those of Linux. */
    LINUX,
    /** That of the public conformance suite: helper 5 returns r1 and ends the program if that is 0 (Ruling 17). */
    CONFORMANCE,
    /**
     * Those of Linux, and others that show an engine's handling of helpers: 1001 mixes its five arguments into a value; 1002 fills r2 bytes at r1
     * with r3; 1003 adds up r2 bytes at r1; 1004 fails; 1005 ends the program with r1; 1006 calls the function r2 with (i, r3) for i = 0 … r1-1
     * until it returns something else than 0, and returns the number of calls. Of r2 the low 6 bits count, of the r1 of 1006 the low 4.
     */
    TEST;

    /** Number of the helper that mixes its arguments. */
    public static final int MIX = 1001;
    /** Number of the helper that fills memory. */
    public static final int FILL = 1002;
    /** Number of the helper that adds up memory. */
    public static final int SUM = 1003;
    /** Number of the helper that fails. */
    public static final int FAIL = 1004;
    /** Number of the helper that ends the program. */
    public static final int UNWIND = 1005;
    /** Number of the helper that calls back. */
    public static final int REPEAT = 1006;

    private static final int MOST_BYTES = 64;
    private static final int MOST_CALLS = 16;
    private static final HelperTable TABLE = HelperTable.linux()
            .with(MIX, "mix", Helpers::mix)
            .with(FILL, "fill", Helpers::fill)
            .with(SUM, "sum", Helpers::sum)
            .with(FAIL, "fail", Helpers::fail)
            .with(UNWIND, "unwind", Helpers::unwind)
            .with(REPEAT, "repeat", Helpers::repeat);

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
        Arrays.fill(filled, (byte) r3);
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
