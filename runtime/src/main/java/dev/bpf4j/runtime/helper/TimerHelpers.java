// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.HelperFunction;
import java.util.Map;

/** Timers in maps' values; {@link dev.bpf4j.runtime.Timers} keeps and runs them. Linux {@code kernel/bpf/helpers.c}. */
final class TimerHelpers {
    private TimerHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("timer_init", (lane, timer, map, flags, r4, r5) -> lane.machine().timers().init(lane, timer, MapHelpers.map(lane, map),
                flags));
        all.put("timer_set_callback", (lane, timer, callback, r3, r4, r5) -> lane.machine().timers().setCallback(lane, timer, callback));
        all.put("timer_start", (lane, timer, nanos, flags, r4, r5) -> lane.machine().timers().start(lane, timer, nanos, flags));
        all.put("timer_cancel", (lane, timer, r2, r3, r4, r5) -> lane.machine().timers().cancel(lane, timer));
    }
}
