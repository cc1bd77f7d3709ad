// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

/**
 * What a program is attached to, which decides its context. Names and numbers as in Linux {@code enum bpf_prog_type}; {@link #RAW} is ours:
 * memory in r1, its length in r2.
 */
public enum ProgramType {
    RAW(-1), UNSPEC(0), SOCKET_FILTER(1), KPROBE(2), SCHED_CLS(3), SCHED_ACT(4), TRACEPOINT(5), XDP(6), PERF_EVENT(7), CGROUP_SKB(
            8), CGROUP_SOCK(
                    9), LWT_IN(10), LWT_OUT(11), LWT_XMIT(12), SOCK_OPS(13), SK_SKB(14), CGROUP_DEVICE(15), SK_MSG(16), RAW_TRACEPOINT(
                            17), CGROUP_SOCK_ADDR(18), LWT_SEG6LOCAL(19), LIRC_MODE2(20), SK_REUSEPORT(21), FLOW_DISSECTOR(
                                    22), CGROUP_SYSCTL(
                                            23), RAW_TRACEPOINT_WRITABLE(
                                                    24), CGROUP_SOCKOPT(25), TRACING(26), STRUCT_OPS(27), EXT(28), LSM(29), SK_LOOKUP(
                                                            30), SYSCALL(31), NETFILTER(32);

    private final int number;

    ProgramType(int number) {
        this.number = number;
    }

    /** Whether such programs work on packets, connections or their lookups: those that Linux offers its network helpers to. */
    public boolean network() {
        return switch (this) {
            case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, XDP, CGROUP_SKB, LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL, SK_SKB, SK_MSG, SK_LOOKUP,
                    SK_REUSEPORT, FLOW_DISSECTOR, NETFILTER -> true;
            case RAW, UNSPEC, KPROBE, TRACEPOINT, PERF_EVENT, CGROUP_SOCK, SOCK_OPS, CGROUP_DEVICE, RAW_TRACEPOINT, CGROUP_SOCK_ADDR,
                    LIRC_MODE2, CGROUP_SYSCTL, RAW_TRACEPOINT_WRITABLE, CGROUP_SOCKOPT, TRACING, STRUCT_OPS, EXT, LSM, SYSCALL -> false;
        };
    }

    /** The number in {@code enum bpf_prog_type}; -1 for {@link #RAW}. */
    public int number() {
        return number;
    }
}
