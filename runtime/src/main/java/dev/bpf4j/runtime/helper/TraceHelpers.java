// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import java.util.Map;

/** {@code bpf_trace_printk}: text for people, handed to {@link dev.bpf4j.runtime.Machine#onTrace}. */
final class TraceHelpers {
    /** Longest line (Linux MAX_TRACE_PRINTK is 512 with the zero byte). */
    private static final int MOST = 511;
    /** Longest format that is looked at; no line of {@link #MOST} characters needs more. */
    private static final int MOST_FORMAT = 4096;

    private TraceHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("trace_printk", TraceHelpers::print);
    }

    /** Gives the characters printed, or {@code -EINVAL} for a format that Linux refuses. */
    private static long print(Lane lane, long format, long size, long arg1, long arg2, long arg3) {
        byte[] text = lane.read(format, (int) Math.min(size & 0xffff_ffffL, MOST_FORMAT));
        TraceFormat line = new TraceFormat(lane, text, arg1, arg2, arg3);
        long length = line.format();
        if (length >= 0) {
            String printed = line.text();
            lane.machine().trace(printed.length() > MOST ? printed.substring(0, MOST) : printed);
        }
        return length;
    }
}
