// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.context.FlowDissectorContext;
import dev.bpf4j.runtime.context.NetfilterContext;
import java.util.List;

/** What a program's r0 means to its caller, by the program's type. Numbers and names from Linux {@code include/uapi/linux/{bpf,pkt_cls}.h}. */
final class Verdict {
    private static final List<String> XDP = List.of("ABORTED", "DROP", "PASS", "TX", "REDIRECT");
    /** From -1 on. */
    private static final List<String> TC = List.of("UNSPEC", "OK", "RECLASSIFY", "SHOT", "PIPE", "STOLEN", "QUEUED", "REPEAT", "REDIRECT",
            "TRAP");
    private static final int XDP_PASS = 2;
    private static final int XDP_REDIRECT = 4;

    private Verdict() {
    }

    /** Whether programs of the type give verdicts. */
    static boolean has(ProgramType type) {
        return ContextKind.of(type).packet();
    }

    /** The verdict's name; of a type without verdicts the value in hex. */
    static String name(ProgramType type, long r0) {
        int value = (int) r0;
        return switch (type) {
            case XDP -> value >= 0 && value < XDP.size() ? XDP.get(value) : unknown(r0);
            case SCHED_CLS, SCHED_ACT -> value >= -1 && value + 1 < TC.size() ? TC.get(value + 1) : unknown(r0);
            case SOCKET_FILTER -> value == 0 ? "DROP" : "KEEP";
            case CGROUP_SKB -> switch (value) {
                case 0 -> "DROP";
                case 1 -> "PASS";
                default -> unknown(r0);
            };
            case FLOW_DISSECTOR -> switch (value) {
                case FlowDissectorContext.OK -> "OK";
                case FlowDissectorContext.DROP -> "DROP";
                case FlowDissectorContext.CONTINUE -> "CONTINUE";
                default -> unknown(r0);
            };
            case NETFILTER -> switch (value) {
                case NetfilterContext.DROP -> "DROP";
                case NetfilterContext.ACCEPT -> "ACCEPT";
                default -> unknown(r0);
            };
            case SK_SKB, SK_MSG, SK_LOOKUP -> switch (value) {
                case 0 -> "DROP";
                case 1 -> "PASS";
                default -> unknown(r0);
            };
            case RAW, UNSPEC, KPROBE, TRACEPOINT, PERF_EVENT, CGROUP_SOCK, LWT_IN, LWT_OUT, LWT_XMIT, SOCK_OPS, CGROUP_DEVICE,
                    RAW_TRACEPOINT, CGROUP_SOCK_ADDR, LWT_SEG6LOCAL, LIRC_MODE2, SK_REUSEPORT, CGROUP_SYSCTL,
                    RAW_TRACEPOINT_WRITABLE, CGROUP_SOCKOPT, TRACING, STRUCT_OPS, EXT, LSM, SYSCALL -> "0x" + Long
                            .toHexString(r0);
        };
    }

    private static String unknown(long r0) {
        return "0x" + Integer.toHexString((int) r0);
    }

    /**
     * How much of a packet goes on its way.
     *
     * @param length bytes of the packet as the program left it
     * @return bytes, or -1 if it goes no further
     */
    static int kept(ProgramType type, long r0, int length) {
        int value = (int) r0;
        boolean goes = switch (type) {
            case XDP -> value >= XDP_PASS && value <= XDP_REDIRECT;
            case SCHED_CLS, SCHED_ACT -> switch (name(type, r0)) {
                case "UNSPEC", "OK", "RECLASSIFY", "PIPE", "REPEAT", "REDIRECT" -> true;
                default -> false;
            };
            case SOCKET_FILTER, CGROUP_SKB, SK_SKB, SK_MSG, SK_LOOKUP, NETFILTER -> value != 0;
            case FLOW_DISSECTOR -> value != FlowDissectorContext.DROP;
            case RAW, UNSPEC, KPROBE, TRACEPOINT, PERF_EVENT, CGROUP_SOCK, LWT_IN, LWT_OUT, LWT_XMIT, SOCK_OPS, CGROUP_DEVICE,
                    RAW_TRACEPOINT, CGROUP_SOCK_ADDR, LWT_SEG6LOCAL, LIRC_MODE2, SK_REUSEPORT, CGROUP_SYSCTL,
                    RAW_TRACEPOINT_WRITABLE, CGROUP_SOCKOPT, TRACING, STRUCT_OPS, EXT, LSM, SYSCALL -> true;
        };
        if (!goes) {
            return -1;
        }
        return type == ProgramType.SOCKET_FILTER ? (int) Math.min(Integer.toUnsignedLong(value), length) : length;
    }
}
