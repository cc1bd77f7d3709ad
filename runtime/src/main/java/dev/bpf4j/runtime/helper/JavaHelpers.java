// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.HelperFunction;
import java.util.Map;
import java.util.TreeMap;

/** The helpers in Java by name, from the classes that hold them. Arguments have been checked when they are called. */
final class JavaHelpers {
    private JavaHelpers() {
    }

    static Map<String, HelperFunction> byName() {
        Map<String, HelperFunction> all = new TreeMap<>();
        MapHelpers.register(all);
        CallbackHelpers.register(all);
        LockHelpers.register(all);
        EventHelpers.register(all);
        TraceHelpers.register(all);
        ProbeHelpers.register(all);
        TextHelpers.register(all);
        XdpHelpers.register(all);
        SkbHelpers.register(all);
        SkbChangeHelpers.register(all);
        TunnelHelpers.register(all);
        RedirectHelpers.register(all);
        RouteHelpers.register(all);
        SocketHelpers.register(all);
        MessageHelpers.register(all);
        StorageHelpers.register(all);
        TimerHelpers.register(all);
        TaskHelpers.register(all);
        DynptrHelpers.register(all);
        return all;
    }
}
