// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import dev.bpf4j.runtime.ProgramType;

/** What a program finds in r1, by its type. */
enum ContextKind {
    /** {@code struct xdp_md} and a packet. */
    XDP,
    /** {@code struct __sk_buff} and a packet from its link-layer header on. */
    SKB,
    /** {@code struct __sk_buff} and a packet from its network header on. */
    SKB_NETWORK,
    /** {@code struct sk_msg_md} and a message. */
    MESSAGE,
    /** {@code struct bpf_sk_lookup}, made from a packet. */
    LOOKUP,
    /** {@code struct __sk_buff} with {@code struct bpf_flow_keys}, and a packet. */
    DISSECTOR,
    /** {@code struct bpf_nf_ctx} and a packet from its network header on. */
    NETFILTER,
    /** Raw memory, its length in r2. */
    MEMORY,
    /** A structure that the user gives as bytes. */
    BYTES;

    /** Whether the program works on packets. */
    boolean packet() {
        return switch (this) {
            case XDP, SKB, SKB_NETWORK, MESSAGE, LOOKUP, DISSECTOR, NETFILTER -> true;
            case MEMORY, BYTES -> false;
        };
    }

    static ContextKind of(ProgramType type) {
        return switch (type) {
            case XDP -> XDP;
            case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, SK_SKB -> SKB;
            case CGROUP_SKB, LWT_IN, LWT_OUT, LWT_XMIT, LWT_SEG6LOCAL -> SKB_NETWORK;
            case SK_MSG -> MESSAGE;
            case SK_LOOKUP -> LOOKUP;
            case FLOW_DISSECTOR -> DISSECTOR;
            case NETFILTER -> NETFILTER;
            case RAW, UNSPEC -> MEMORY;
            case KPROBE, TRACEPOINT, PERF_EVENT, CGROUP_SOCK, SOCK_OPS, CGROUP_DEVICE, RAW_TRACEPOINT, CGROUP_SOCK_ADDR, LIRC_MODE2,
                    SK_REUSEPORT, CGROUP_SYSCTL, RAW_TRACEPOINT_WRITABLE, CGROUP_SOCKOPT, TRACING, STRUCT_OPS, EXT, LSM,
                    SYSCALL -> BYTES;
        };
    }
}
