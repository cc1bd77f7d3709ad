// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.ProgramType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SectionNamesTest {
    /** Names from libbpf's documentation, and what programs before libbpf 1.0 wrote. */
    @ParameterizedTest
    @CsvSource({"xdp, XDP", "xdp.frags, XDP", "xdp/cpumap, XDP", "xdp.frags/devmap, XDP", "xdp_filter, XDP", "?xdp, XDP", "tc, SCHED_CLS",
        "tc/ingress, SCHED_CLS",
        "tcx/egress, SCHED_CLS", "netkit/peer, SCHED_CLS", "classifier, SCHED_CLS", "classifier/ingress, SCHED_CLS",
        "classifier_in, SCHED_CLS",
        "action, SCHED_ACT", "socket, SOCKET_FILTER", "socket1, SOCKET_FILTER", "socket/http, SOCKET_FILTER",
        "sk_reuseport/migrate, SK_REUSEPORT",
        "kprobe/do_unlinkat, KPROBE", "kretprobe/x, KPROBE", "kprobe.multi/x*, KPROBE", "kprobe.session/x, KPROBE",
        "uprobe//bin/sh:main, KPROBE",
        "uretprobe.s/x, KPROBE", "uprobe.multi/x, KPROBE", "ksyscall/open, KPROBE", "usdt/x:y:z, KPROBE", "tracepoint/a/b, TRACEPOINT",
        "tp/a/b, TRACEPOINT",
        "raw_tp/x, RAW_TRACEPOINT", "raw_tracepoint/x, RAW_TRACEPOINT", "raw_tp.w/x, RAW_TRACEPOINT_WRITABLE", "tp_btf/x, TRACING",
        "fentry/x, TRACING",
        "fexit.s/x, TRACING", "fmod_ret/x, TRACING", "iter/task, TRACING", "iter.s/task, TRACING", "freplace/x, EXT", "lsm/file_open, LSM",
        "lsm.s/x, LSM",
        "lsm_cgroup/x, LSM", "syscall, SYSCALL", "perf_event, PERF_EVENT", "lwt_in, LWT_IN", "lwt_out, LWT_OUT", "lwt_xmit, LWT_XMIT",
        "lwt_seg6local, LWT_SEG6LOCAL", "sockops, SOCK_OPS", "sk_skb, SK_SKB", "sk_skb/stream_parser, SK_SKB", "sk_msg, SK_MSG",
        "lirc_mode2, LIRC_MODE2",
        "lirc_mode2/rc6, LIRC_MODE2", "flow_dissector, FLOW_DISSECTOR", "cgroup_skb/ingress, CGROUP_SKB", "cgroup/skb, CGROUP_SKB",
        "cgroup/sock_create, CGROUP_SOCK", "cgroup/sock, CGROUP_SOCK", "cgroup/post_bind4, CGROUP_SOCK",
        "cgroup/connect4, CGROUP_SOCK_ADDR",
        "cgroup/sendmsg_unix, CGROUP_SOCK_ADDR", "cgroup/dev, CGROUP_DEVICE", "cgroup/sysctl, CGROUP_SYSCTL",
        "cgroup/getsockopt, CGROUP_SOCKOPT",
        "struct_ops/init, STRUCT_OPS", "struct_ops.s/x, STRUCT_OPS", "sk_lookup, SK_LOOKUP", "sk_lookup/x, SK_LOOKUP",
        "netfilter, NETFILTER",
        "tcp_tracker, UNSPEC", "tracepoints, UNSPEC", "kprobes, UNSPEC", "cgroup/unknown, UNSPEC", "2/5, UNSPEC", ".text, UNSPEC",
        "'', UNSPEC"})
    void types(String section, ProgramType type) {
        assertThat(SectionNames.typeOf(section)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({"xdp, true", "?xdp, false"})
    void autoload(String section, boolean expected) {
        assertThat(SectionNames.autoload(section)).isEqualTo(expected);
    }
}
