// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.context.SkMsgContext;
import java.util.Map;

/** Helpers of programs on messages; numbers are of 32 bits. Linux {@code net/core/filter.c}. */
final class MessageHelpers {
    private static final long U32 = 0xffff_ffffL;

    private MessageHelpers() {
    }

    /** What a helper does with the run's message. */
    @FunctionalInterface
    private interface Work {
        long apply(SkMsgContext message, long r2, long r3, long r4);
    }

    static void register(Map<String, HelperFunction> all) {
        put(all, "msg_apply_bytes", (message, bytes, r3, r4) -> message.apply(bytes & U32));
        put(all, "msg_cork_bytes", (message, bytes, r3, r4) -> message.cork(bytes & U32));
        put(all, "msg_pull_data", (message, start, end, flags) -> message.pull(start & U32, end & U32, flags));
        put(all, "msg_push_data", (message, start, bytes, flags) -> message.push(start & U32, bytes & U32, flags));
        put(all, "msg_pop_data", (message, start, bytes, flags) -> message.pop(start & U32, bytes & U32, flags));
    }

    private static void put(Map<String, HelperFunction> all, String name, Work work) {
        all.put(name, (lane, r1, r2, r3, r4, r5) -> message(lane, work, r2, r3, r4));
    }

    private static long message(Lane lane, Work work, long r2, long r3, long r4) {
        if (lane.environment() instanceof SkMsgContext message) {
            return work.apply(message, r2, r3, r4);
        }
        lane.fault(FaultKind.HELPER_FAILED, 0, 0, false, "the run has no message");
        return 0;
    }
}
