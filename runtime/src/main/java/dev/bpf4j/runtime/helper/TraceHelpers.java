// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code bpf_trace_printk}: text for people, handed to {@link dev.bpf4j.runtime.Machine#onTrace}. */
final class TraceHelpers {
    /** Longest line (Linux MAX_TRACE_PRINTK is 512 with the zero byte). */
    private static final int MOST = 511;
    /** Longest format that is looked at; no line of {@link #MOST} characters needs more. */
    private static final int MOST_FORMAT = 4096;

    /** Most arguments (Linux MAX_BPRINTF_VARARGS). */
    private static final int MOST_ARGUMENTS = 12;

    private TraceHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("trace_printk", TraceHelpers::print);
        all.put("trace_vprintk", TraceHelpers::printAll);
        all.put("snprintf", TraceHelpers::format);
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

    /** Arguments of 64 bits in memory; null if there are too many. */
    private static long @Nullable [] arguments(Lane lane, long data, long size) {
        long bytes = size & 0xffff_ffffL;
        if (bytes % Long.BYTES != 0 || bytes > MOST_ARGUMENTS * Long.BYTES || bytes > 0 && data == 0) {
            return null;
        }
        long[] all = new long[(int) bytes / Long.BYTES];
        for (int i = 0; i < all.length; i++) {
            all[i] = lane.memory().get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(lane.order()), (data & GuestLayout.ADDRESS_MASK) + 8L * i);
        }
        return all;
    }

    private static long printAll(Lane lane, long format, long size, long data, long dataSize, long r5) {
        long[] arguments = arguments(lane, data, dataSize);
        if (arguments == null) {
            return -Errno.EINVAL;
        }
        byte[] text = lane.read(format, (int) Math.min(size & 0xffff_ffffL, MOST_FORMAT));
        TraceFormat line = new TraceFormat(lane, text, arguments);
        long length = line.format();
        if (length >= 0) {
            String printed = line.text();
            lane.machine().trace(printed.length() > MOST ? printed.substring(0, MOST) : printed);
        }
        return length;
    }

    /** Gives the length with the zero byte that there would be with enough room. */
    private static long format(Lane lane, long to, long size, long format, long data, long dataSize) {
        long[] arguments = arguments(lane, data, dataSize);
        long readable = Arguments.readableFrom(lane, format, MOST_FORMAT);
        if (arguments == null) {
            return -Errno.EINVAL;
        }
        if (readable == 0) {
            lane.fault(FaultKind.BAD_ACCESS, format, 1, false, "argument of a helper");
            return 0;
        }
        TraceFormat text = new TraceFormat(lane, lane.read(format, (int) readable), arguments);
        long length = text.format();
        int room = (int) Math.min(size & 0xffff_ffffL, MOST_FORMAT);
        if (length < 0 || room == 0) {
            return length < 0 ? length : length + 1;
        }
        byte[] bytes = Arrays.copyOf(text.text().getBytes(StandardCharsets.ISO_8859_1), (int) Math.min(length, room - 1) + 1);
        bytes[bytes.length - 1] = 0;
        lane.write(to, bytes);
        return length + 1;
    }
}
