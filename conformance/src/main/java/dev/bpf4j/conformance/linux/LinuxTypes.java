// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;

/** Which types of programs the kernel can be asked to run, and what they are given (measured on Linux 6.18). */
final class LinuxTypes {
    /** What the kernel's test run gives to a program. */
    enum Given {
        /** Memory of the engine's own: a map, whose address the prologue puts into r1. */
        MEMORY,
        /** A packet with {@code struct xdp_md}. */
        XDP_PACKET,
        /** A packet with {@code struct __sk_buff}. */
        SOCKET_BUFFER,
        /** A context, which is only read. */
        ARGUMENTS,
        /** A context, which comes back. */
        CONTEXT
    }

    private LinuxTypes() {
    }

    static Given given(Program program) throws LoadException {
        return switch (program.type()) {
            case RAW -> Given.MEMORY;
            case XDP -> Given.XDP_PACKET;
            case SOCKET_FILTER, SCHED_CLS, SCHED_ACT, CGROUP_SKB, LWT_IN, LWT_OUT, LWT_XMIT -> Given.SOCKET_BUFFER;
            case RAW_TRACEPOINT -> Given.ARGUMENTS;
            case SYSCALL -> Given.CONTEXT;
            case UNSPEC, KPROBE, TRACEPOINT, PERF_EVENT, CGROUP_SOCK, SOCK_OPS, SK_SKB, CGROUP_DEVICE, SK_MSG, CGROUP_SOCK_ADDR,
                    LWT_SEG6LOCAL,
                    LIRC_MODE2, SK_REUSEPORT, FLOW_DISSECTOR, CGROUP_SYSCTL, RAW_TRACEPOINT_WRITABLE, CGROUP_SOCKOPT, TRACING, STRUCT_OPS,
                    EXT,
                    LSM, SK_LOOKUP, NETFILTER -> throw new LoadException("the engine linux cannot run program " + program.name()
                            + ": BPF_PROG_TEST_RUN does not run programs of type " + program.type()
                            + ", or wants something that this engine does not give");
        };
    }

    /** What a program is loaded as. Programs over raw memory are XDP programs, whose runs cost least and can be repeated in the kernel. */
    static KernelProgram.Type of(Program program) {
        if (program.type() == ProgramType.RAW) {
            return KernelProgram.Type.XDP;
        }
        return program.type() == ProgramType.SYSCALL ? KernelProgram.Type.SYSCALL : new KernelProgram.Type(program.type().number(), 0, 0);
    }
}
