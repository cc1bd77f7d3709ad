// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import dev.bpf4j.runtime.ProgramType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the name of a code section says about the programs in it: libbpf's convention (Linux
 * {@code Documentation/bpf/libbpf/program_types.rst}, libbpf 1.5), with the looser names that libbpf before 1.0 took.
 *
 * <p>
 * A name is a row's name, alone or followed by {@code /} and anything. Rows marked <em>loose</em> may be followed by anything at all
 * ({@code xdp_filter}). The longest row that fits decides. A {@code ?} in front means that the program is not loaded unless it is asked for.
 */
public final class SectionNames {
    private record Row(String name, ProgramType type, boolean loose) {
        boolean fits(String section) {
            return section.startsWith(name) && (loose || section.length() == name.length() || section.charAt(name.length()) == '/');
        }
    }

    private static final List<Row> ROWS = rows();

    private SectionNames() {
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        loose(rows, ProgramType.SOCKET_FILTER, "socket");
        exact(rows, ProgramType.SK_REUSEPORT, "sk_reuseport");
        exact(rows, ProgramType.KPROBE, "kprobe", "kretprobe", "kprobe.multi", "kretprobe.multi", "kprobe.session", "uprobe", "uretprobe",
                "uprobe.s", "uretprobe.s", "uprobe.multi", "uretprobe.multi", "uprobe.multi.s", "uretprobe.multi.s", "uprobe.session",
                "uprobe.session.s",
                "ksyscall", "kretsyscall", "usdt", "usdt.s");
        exact(rows, ProgramType.SCHED_CLS, "tc", "tcx", "netkit");
        loose(rows, ProgramType.SCHED_CLS, "classifier");
        loose(rows, ProgramType.SCHED_ACT, "action");
        exact(rows, ProgramType.TRACEPOINT, "tracepoint", "tp");
        exact(rows, ProgramType.RAW_TRACEPOINT, "raw_tracepoint", "raw_tp");
        exact(rows, ProgramType.RAW_TRACEPOINT_WRITABLE, "raw_tracepoint.w", "raw_tp.w");
        exact(rows, ProgramType.TRACING, "tp_btf", "fentry", "fmod_ret", "fexit", "fentry.s", "fmod_ret.s", "fexit.s", "fsession",
                "fsession.s", "iter",
                "iter.s");
        exact(rows, ProgramType.EXT, "freplace");
        exact(rows, ProgramType.LSM, "lsm", "lsm.s", "lsm_cgroup");
        exact(rows, ProgramType.SYSCALL, "syscall");
        loose(rows, ProgramType.XDP, "xdp");
        loose(rows, ProgramType.PERF_EVENT, "perf_event");
        loose(rows, ProgramType.LWT_IN, "lwt_in");
        loose(rows, ProgramType.LWT_OUT, "lwt_out");
        loose(rows, ProgramType.LWT_XMIT, "lwt_xmit");
        loose(rows, ProgramType.LWT_SEG6LOCAL, "lwt_seg6local");
        loose(rows, ProgramType.CGROUP_SKB, "cgroup_skb", "cgroup/skb");
        exact(rows, ProgramType.CGROUP_SOCK, "cgroup/sock", "cgroup/sock_create", "cgroup/sock_release", "cgroup/post_bind4",
                "cgroup/post_bind6");
        exact(rows, ProgramType.CGROUP_DEVICE, "cgroup/dev");
        exact(rows, ProgramType.CGROUP_SOCK_ADDR, "cgroup/bind4", "cgroup/bind6", "cgroup/connect4", "cgroup/connect6",
                "cgroup/connect_unix",
                "cgroup/sendmsg4", "cgroup/sendmsg6", "cgroup/sendmsg_unix", "cgroup/recvmsg4", "cgroup/recvmsg6", "cgroup/recvmsg_unix",
                "cgroup/getpeername4", "cgroup/getpeername6", "cgroup/getpeername_unix", "cgroup/getsockname4", "cgroup/getsockname6",
                "cgroup/getsockname_unix");
        exact(rows, ProgramType.CGROUP_SYSCTL, "cgroup/sysctl");
        exact(rows, ProgramType.CGROUP_SOCKOPT, "cgroup/getsockopt", "cgroup/setsockopt");
        loose(rows, ProgramType.SOCK_OPS, "sockops");
        loose(rows, ProgramType.SK_SKB, "sk_skb");
        loose(rows, ProgramType.SK_MSG, "sk_msg");
        loose(rows, ProgramType.LIRC_MODE2, "lirc_mode2");
        loose(rows, ProgramType.FLOW_DISSECTOR, "flow_dissector");
        exact(rows, ProgramType.STRUCT_OPS, "struct_ops", "struct_ops.s");
        loose(rows, ProgramType.SK_LOOKUP, "sk_lookup");
        exact(rows, ProgramType.NETFILTER, "netfilter");
        rows.sort(Comparator.comparingInt((Row row) -> row.name.length()).reversed());
        return List.copyOf(rows);
    }

    private static void exact(List<Row> rows, ProgramType type, String... names) {
        for (String name : names) {
            rows.add(new Row(name, type, false));
        }
    }

    private static void loose(List<Row> rows, ProgramType type, String... names) {
        for (String name : names) {
            rows.add(new Row(name, type, true));
        }
    }

    /** The type of the programs in a section; {@link ProgramType#UNSPEC} if the name says nothing. */
    public static ProgramType typeOf(String section) {
        String name = withoutMark(section);
        for (Row row : ROWS) {
            if (row.fits(name)) {
                return row.type;
            }
        }
        return ProgramType.UNSPEC;
    }

    /** Whether a loader loads the section's programs without being asked. */
    public static boolean autoload(String section) {
        return !section.startsWith("?");
    }

    /** The name without the {@code ?} that says not to load. */
    static String withoutMark(String section) {
        return autoload(section) ? section : section.substring(1);
    }
}
