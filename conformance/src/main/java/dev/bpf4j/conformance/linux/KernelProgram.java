// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A program in the kernel: verified, compiled, and ready for BPF_PROG_TEST_RUN. Not thread-safe. */
public final class KernelProgram implements AutoCloseable {
    /** Enough for the last part of any log, which is where the reason stands: kernels since 6.4 keep the end if it overflows. */
    static final int LOG_SIZE = 1 << 16;
    /** Log level 1: if a program is refused, the instructions on the way to the one that is to blame. */
    static final int WAY_TO_THE_ERROR = 1;
    /** Log level 2: all instructions that the verifier follows. */
    private static final int EVERY_INSTRUCTION = 2;
    private static final int LONG_LOG_SIZE = 1 << 24;

    /** How much longer than it came a packet can go: the test run's headroom and tailroom are below a page each. */
    private static final int GROWTH = 8192;

    private final Fd fd;
    private final Type type;
    private final BpfAttr attr = new BpfAttr(Arena.ofAuto());

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
        if (!KernelCode.usesFunctionPointers(code)) {
            return load(type, code, 0);
        }
        try (Fd types = FunctionInfo.load()) {
            return load(type, code, types.number());
        }
    }

    private static KernelProgram load(Type type, byte[] code, int types) throws KernelRefusal {
        try (Arena arena = Arena.ofConfined()) {
            BpfAttr attr = attributes(type, code, types, arena);
            int result = attr.call(BpfAttr.PROG_LOAD);
            if (Errno.EAGAIN.is(result)) { // a signal came in between
                result = attr.call(BpfAttr.PROG_LOAD);
            }
            if (result < 0) {
                throw new KernelRefusal("BPF_PROG_LOAD", result, log(attr, WAY_TO_THE_ERROR, LOG_SIZE, arena));
            }
            return new KernelProgram(new Fd(result), type);
        }
    }

    private static BpfAttr attributes(Type type, byte[] code, int types, Arena arena) {
        BpfAttr attr = new BpfAttr(arena);
        fill(attr, type, copy(code, arena), code.length / 8, BpfAttr.string(arena, "GPL"));
        if (types != 0) {
            Collection<Integer> functions = FunctionInfo.functions(code);
            attr.u32(BpfAttr.LOAD_BTF_FD, types).u32(BpfAttr.LOAD_FUNC_INFO_REC_SIZE, FunctionInfo.RECORD).u32(BpfAttr.LOAD_FUNC_INFO_CNT,
                    functions
                            .size()).pointer(BpfAttr.LOAD_FUNC_INFO, FunctionInfo.records(functions, arena));
        }
        return attr;
    }

    /** What the verifier says about code, whether it takes it or not. */
    static String verifierLog(Type type, byte[] code) throws KernelRefusal {
        try (Arena arena = Arena.ofConfined(); Fd types = FunctionInfo.load()) {
            return log(attributes(type, code, KernelCode.usesFunctionPointers(code) ? types.number() : 0, arena), EVERY_INSTRUCTION,
                    LONG_LOG_SIZE, arena);
        }
    }

    /** Fills the fields of BPF_PROG_LOAD for a load without a log. */
    static void fill(BpfAttr attr, Type type, MemorySegment insns, int count, MemorySegment license) {
        attr.clear().u32(BpfAttr.LOAD_TYPE, type.number()).u32(BpfAttr.LOAD_INSN_CNT, count).pointer(BpfAttr.LOAD_INSNS, insns).pointer(
                BpfAttr.LOAD_LICENSE, license).u32(BpfAttr.LOAD_FLAGS, type.flags()).u32(BpfAttr.LOAD_EXPECTED_ATTACH_TYPE, type
                        .expectedAttachType());
    }

    /** Loads with a log. What was refused is loaded once more for it, because a log that overflows makes a load fail that would not otherwise. */
    static String log(BpfAttr attr, int level, int size, Arena arena) {
        MemorySegment log = arena.allocate(size);
        int result = attr.u32(BpfAttr.LOAD_LOG_LEVEL, level).u32(BpfAttr.LOAD_LOG_SIZE, size).pointer(BpfAttr.LOAD_LOG_BUF, log).call(
                BpfAttr.PROG_LOAD);
        if (result >= 0) {
            Libc.close(result);
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
     * Runs the program by BPF_PROG_TEST_RUN.
     *
     * @throws KernelRefusal if the kernel does not take the input, or has no test run for the type (ENOTSUPP)
     */
    public KernelOutput run(KernelInput input) throws KernelRefusal {
        try (Arena own = Arena.ofConfined()) {
            byte[] packet = input.packet();
            byte[] context = input.context();
            MemorySegment packetOut = own.allocate(packet.length + GROWTH, 8);
            MemorySegment contextBytes = copy(context, own);
            attr.clear().u32(BpfAttr.TEST_PROG_FD, fd());
            if (packet.length > 0) {
                attr.u32(BpfAttr.TEST_DATA_SIZE_IN, packet.length).pointer(BpfAttr.TEST_DATA_IN, copy(packet, own));
                attr.u32(BpfAttr.TEST_DATA_SIZE_OUT, (int) packetOut.byteSize()).pointer(BpfAttr.TEST_DATA_OUT, packetOut);
                attr.u32(BpfAttr.TEST_REPEAT, input.repeat()); // types without a packet refuse any count
            }
            if (context.length > 0) {
                attr.u32(BpfAttr.TEST_CTX_SIZE_IN, context.length).pointer(BpfAttr.TEST_CTX_IN, contextBytes);
            }
            if (context.length > 0 && packet.length > 0) {
                attr.u32(BpfAttr.TEST_CTX_SIZE_OUT, context.length).pointer(BpfAttr.TEST_CTX_OUT, contextBytes);
            }
            int result = attr.call(BpfAttr.PROG_TEST_RUN);
            if (result < 0) {
                throw new KernelRefusal("BPF_PROG_TEST_RUN of " + input, result, "");
            }
            int size = packet.length == 0 ? 0 : attr.u32(BpfAttr.TEST_DATA_SIZE_OUT);
            return new KernelOutput(attr.u32(BpfAttr.TEST_RETVAL), attr.u32(BpfAttr.TEST_DURATION), packetOut.asSlice(0, size).toArray(
                    ValueLayout.JAVA_BYTE), contextBytes.asSlice(0, context.length).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private static MemorySegment copy(byte[] bytes, Arena arena) {
        MemorySegment copy = arena.allocate(Math.max(8, bytes.length), 8);
        MemorySegment.copy(bytes, 0, copy, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return copy;
    }

    @Override
    public void close() {
        fd.close();
    }
}
