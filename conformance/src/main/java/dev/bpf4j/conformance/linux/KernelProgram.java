// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A program in the kernel: verified, compiled, and ready for BPF_PROG_TEST_RUN. Not thread-safe. */
public final class KernelProgram implements AutoCloseable {
    /** Enough for the last part of any log, which is where the reason stands: kernels since 6.4 keep the end if it overflows. */
    private static final int LOG_SIZE = 1 << 16;

    private final Fd fd;
    private final Type type;
    private final Arena arena = Arena.ofShared();
    private final BpfAttr attr = new BpfAttr(arena);

    private KernelProgram(Fd fd, Type type) {
        this.fd = fd;
        this.type = type;
    }

    /**
     * What a program is loaded as.
     *
     * @param number             {@code enum bpf_prog_type}
     * @param expectedAttachType {@code enum bpf_attach_type}; 0 for most types
     * @param flags              {@code BPF_F_*} of BPF_PROG_LOAD
     */
    public record Type(int number, int expectedAttachType, int flags) {
        /** BPF_PROG_TYPE_SYSCALL, which loads and runs fastest and asks least of its context. */
        public static final Type SYSCALL = new Type(31, 0, BpfAttr.F_SLEEPABLE);
        /** BPF_PROG_TYPE_XDP. */
        public static final Type XDP = new Type(6, 0, 0);
        /** BPF_PROG_TYPE_SOCKET_FILTER. */
        public static final Type SOCKET_FILTER = new Type(1, 0, 0);
        /** BPF_PROG_TYPE_SCHED_CLS. */
        public static final Type SCHED_CLS = new Type(3, 0, 0);
        /** BPF_PROG_TYPE_RAW_TRACEPOINT. */
        public static final Type RAW_TRACEPOINT = new Type(17, 0, 0);
    }

    /**
     * Loads code, in this machine's byte order, with maps named by file descriptor.
     *
     * @throws KernelRefusal if the verifier refuses it, with its log
     */
    public static KernelProgram load(Type type, byte[] code) throws KernelRefusal {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttr attr = new BpfAttr(arena);
            MemorySegment insns = arena.allocate(Math.max(8, code.length), 8);
            MemorySegment.copy(code, 0, insns, ValueLayout.JAVA_BYTE, 0, code.length);
            fill(attr, type, insns, code.length / 8, BpfAttr.string(arena, "GPL"));
            int result = attr.call(BpfAttr.PROG_LOAD);
            if (Errno.EAGAIN.is(result)) {
                result = attr.call(BpfAttr.PROG_LOAD);
            }
            if (result < 0) {
                throw new KernelRefusal("BPF_PROG_LOAD", result, log(attr, arena));
            }
            return new KernelProgram(new Fd(result), type);
        }
    }

    /** Fills the fields of BPF_PROG_LOAD for a load without a log. */
    static void fill(BpfAttr attr, Type type, MemorySegment insns, int count, MemorySegment license) {
        attr.clear().u32(BpfAttr.LOAD_TYPE, type.number()).u32(BpfAttr.LOAD_INSN_CNT, count).pointer(BpfAttr.LOAD_INSNS, insns).pointer(
                BpfAttr.LOAD_LICENSE, license).u32(BpfAttr.LOAD_FLAGS, type.flags()).u32(BpfAttr.LOAD_EXPECTED_ATTACH_TYPE, type
                        .expectedAttachType());
    }

    /**
     * Loads once more what was refused, to hear why. The first load goes without a log, because a log that overflows its buffer makes a load
     * fail that would not fail otherwise.
     */
    static String log(BpfAttr attr, Arena arena) {
        MemorySegment log = arena.allocate(LOG_SIZE);
        int result = attr.u32(BpfAttr.LOAD_LOG_LEVEL, 1).u32(BpfAttr.LOAD_LOG_SIZE, LOG_SIZE).pointer(BpfAttr.LOAD_LOG_BUF, log).call(
                BpfAttr.PROG_LOAD);
        if (result >= 0) {
            Libc.close(result);
            return "the kernel took the program when it was asked again, with a log";
        }
        return log.getString(0, StandardCharsets.ISO_8859_1);
    }

    /** The file descriptor that prog arrays name it by. */
    public int fd() {
        return fd.number();
    }

    /** What it was loaded as. */
    public Type type() {
        return type;
    }

    /**
     * The machine code that the kernel's JIT made, function by function, main first. Each starts at a kernel address of its own.
     *
     * @throws KernelRefusal if the kernel does not show it, which needs CAP_PERFMON or CAP_SYS_ADMIN
     */
    public List<byte[]> machineCode() throws KernelRefusal {
        try (Arena own = Arena.ofConfined()) {
            MemorySegment info = own.allocate(BpfAttr.PROG_INFO_SIZE, 8);
            info(info);
            int length = info.get(ValueLayout.JAVA_INT, BpfAttr.PROG_INFO_JITED_LEN);
            int functions = info.get(ValueLayout.JAVA_INT, BpfAttr.PROG_INFO_NR_JITED_FUNC_LENS);
            if (length == 0) {
                throw new KernelRefusal("BPF_OBJ_GET_INFO_BY_FD of machine code (is the kernel's JIT off?)", -1, "");
            }
            MemorySegment code = own.allocate(length, 8);
            MemorySegment lengths = own.allocate(4L * Math.max(1, functions), 8);
            info.fill((byte) 0);
            info.set(ValueLayout.JAVA_INT, BpfAttr.PROG_INFO_JITED_LEN, length);
            info.set(ValueLayout.JAVA_LONG, BpfAttr.PROG_INFO_JITED_INSNS, code.address());
            info.set(ValueLayout.JAVA_INT, BpfAttr.PROG_INFO_NR_JITED_FUNC_LENS, functions);
            info.set(ValueLayout.JAVA_LONG, BpfAttr.PROG_INFO_JITED_FUNC_LENS, lengths.address());
            info(info);
            return split(code, lengths, functions);
        }
    }

    private static List<byte[]> split(MemorySegment code, MemorySegment lengths, int functions) {
        if (functions <= 1) {
            return List.of(code.toArray(ValueLayout.JAVA_BYTE));
        }
        List<byte[]> parts = new ArrayList<>();
        long start = 0;
        for (int i = 0; i < functions; i++) {
            int length = lengths.getAtIndex(ValueLayout.JAVA_INT, i);
            parts.add(code.asSlice(start, length).toArray(ValueLayout.JAVA_BYTE));
            start += length;
        }
        return parts;
    }

    private void info(MemorySegment info) throws KernelRefusal {
        int result = attr.clear().u32(BpfAttr.INFO_FD, fd()).u32(BpfAttr.INFO_LEN, (int) info.byteSize()).pointer(BpfAttr.INFO_INFO, info)
                .call(
                        BpfAttr.OBJ_GET_INFO_BY_FD);
        if (result < 0) {
            throw new KernelRefusal("BPF_OBJ_GET_INFO_BY_FD", result, "");
        }
    }

    /**
     * What a run is given and what it leaves. Empty arrays: none.
     */
    public static final class Run {
        private final byte[] data;
        private final byte[] context;
        private final int repeat;
        private int returned;
        private int nanos;
        private byte[] dataOut = new byte[0];
        private byte[] contextOut = new byte[0];

        /**
         * @param data    the packet; 14 bytes at least
         * @param context the context, as the kernel's test run takes it for the type
         * @param repeat  how often to run; from 2 on {@link #nanos} is an average that is worth something
         */
        public Run(byte[] data, byte[] context, int repeat) {
            this.data = data;
            this.context = context;
            this.repeat = repeat;
        }

        /** The lower 32 bits of r0. */
        public int returned() {
            return returned;
        }

        /** Nanoseconds per run, as the kernel measured it. */
        public int nanos() {
            return nanos;
        }

        /** The packet afterwards. */
        public byte[] data() {
            return dataOut.clone();
        }

        /** The context afterwards. */
        public byte[] context() {
            return contextOut.clone();
        }
    }

    /**
     * Runs the program by BPF_PROG_TEST_RUN.
     *
     * @throws KernelRefusal if the kernel does not take the input, or has no test run for the type (ENOTSUPP)
     */
    public Run run(Run run) throws KernelRefusal {
        try (Arena own = Arena.ofConfined()) {
            // a program may make the packet longer: headroom and tailroom are below a page each
            MemorySegment dataOut = own.allocate(run.data.length + 8192L, 8);
            MemorySegment context = own.allocate(Math.max(8, run.context.length), 8);
            MemorySegment.copy(run.context, 0, context, ValueLayout.JAVA_BYTE, 0, run.context.length);
            attr.clear().u32(BpfAttr.TEST_PROG_FD, fd());
            if (run.data.length > 0) {
                MemorySegment data = own.allocate(run.data.length, 8);
                MemorySegment.copy(run.data, 0, data, ValueLayout.JAVA_BYTE, 0, run.data.length);
                attr.u32(BpfAttr.TEST_DATA_SIZE_IN, run.data.length).pointer(BpfAttr.TEST_DATA_IN, data).u32(BpfAttr.TEST_DATA_SIZE_OUT,
                        (int) dataOut.byteSize()).pointer(BpfAttr.TEST_DATA_OUT, dataOut);
            }
            if (run.context.length > 0) {
                attr.u32(BpfAttr.TEST_CTX_SIZE_IN, run.context.length).pointer(BpfAttr.TEST_CTX_IN, context);
            }
            boolean contextComesBack = type.number() == Type.SYSCALL.number();
            if (run.context.length > 0 && run.data.length > 0) {
                attr.u32(BpfAttr.TEST_CTX_SIZE_OUT, run.context.length).pointer(BpfAttr.TEST_CTX_OUT, context);
            }
            if (!contextComesBack) {
                attr.u32(BpfAttr.TEST_REPEAT, run.repeat);
            }
            int result = attr.call(BpfAttr.PROG_TEST_RUN);
            if (result < 0) {
                throw new KernelRefusal("BPF_PROG_TEST_RUN", result, "");
            }
            run.returned = attr.u32(BpfAttr.TEST_RETVAL);
            run.nanos = attr.u32(BpfAttr.TEST_DURATION);
            run.dataOut = run.data.length == 0 ? run.data
                    : dataOut.asSlice(0, attr.u32(BpfAttr.TEST_DATA_SIZE_OUT)).toArray(
                            ValueLayout.JAVA_BYTE);
            run.contextOut = context.asSlice(0, run.context.length).toArray(ValueLayout.JAVA_BYTE);
            return run;
        }
    }

    @Override
    public void close() {
        arena.close();
        fd.close();
    }
}
