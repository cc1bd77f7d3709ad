// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.Optional;

/**
 * The few C functions that talk to the kernel: {@code syscall} for bpf(2), which has no wrapper, {@code mmap}, {@code munmap}, {@code close} and
 * the scheduling affinity. All return a negative {@link Errno} number where C returns -1. Thread-safe.
 */
final class Libc {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    /** Where a call leaves its errno; one per thread. */
    private static final ThreadLocal<MemorySegment> CAPTURED = ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CAPTURE));

    private static final int PROT_READ_WRITE = 1 | 2;
    private static final int MAP_SHARED = 1;

    private Libc() {
    }

    /** Why this host has no bpf(2) that could be asked; empty if it has. Nothing is called. */
    static Optional<String> unavailable() {
        String system = System.getProperty("os.name", "");
        if (!system.equals("Linux")) {
            return Optional.of("bpf(2) is a system call of Linux; this is " + system);
        }
        if (bpfNumber() < 0) {
            return Optional.of("the number of bpf(2) on " + System.getProperty("os.arch") + " is not known");
        }
        return Optional.empty();
    }

    /** The number of bpf(2); Linux arch/x86/entry/syscalls/syscall_64.tbl and include/uapi/asm-generic/unistd.h. */
    private static int bpfNumber() {
        return switch (System.getProperty("os.arch", "").toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> 321;
            case "aarch64", "riscv64", "loongarch64" -> 280;
            default -> -1;
        };
    }

    /** The handles, made when the first call needs them, so that this class loads everywhere. */
    private static final class Handles {
        static final long BPF = bpfNumber();
        static final MethodHandle SYSCALL = handle("syscall", FunctionDescriptor.of(LONG, LONG, INT, ValueLayout.ADDRESS, INT),
                Linker.Option.firstVariadicArg(1));
        static final MethodHandle MMAP = handle("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
        static final MethodHandle MUNMAP = handle("munmap", FunctionDescriptor.of(INT, LONG, LONG));
        static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(INT, INT));
        static final MethodHandle GET_AFFINITY = handle("sched_getaffinity", FunctionDescriptor.of(INT, INT, LONG, ValueLayout.ADDRESS));
        static final MethodHandle SET_AFFINITY = handle("sched_setaffinity", FunctionDescriptor.of(INT, INT, LONG, ValueLayout.ADDRESS));

        private static MethodHandle handle(String name, FunctionDescriptor type, Linker.Option... options) {
            SymbolLookup libc = Linker.nativeLinker().defaultLookup();
            Linker.Option[] all = new Linker.Option[options.length + 1];
            System.arraycopy(options, 0, all, 0, options.length);
            all[options.length] = Linker.Option.captureCallState("errno");
            return Linker.nativeLinker().downcallHandle(libc.findOrThrow(name), type, all);
        }
    }

    /**
     * Calls bpf(2).
     *
     * @param command one of {@code enum bpf_cmd}
     * @param attr    {@code union bpf_attr}
     * @return what the command returns, or a negative errno
     */
    static int bpf(int command, MemorySegment attr) {
        MemorySegment captured = CAPTURED.get();
        try {
            long result = (long) Handles.SYSCALL.invokeExact(captured, Handles.BPF, command, attr, (int) attr.byteSize());
            return result < 0 ? -errno(captured) : (int) result;
        } catch (Throwable e) {
            throw failed("bpf", e);
        }
    }

    /**
     * Maps the value storage of a map, for reading and writing, shared with the kernel. It is unmapped when the arena is closed.
     *
     * @return the bytes, or the errno
     */
    static Mapping mmap(int fd, long size, Arena arena) {
        MemorySegment captured = CAPTURED.get();
        try {
            long address = (long) Handles.MMAP.invokeExact(captured, 0L, size, PROT_READ_WRITE, MAP_SHARED, fd, 0L);
            if (address == -1) {
                return new Mapping(MemorySegment.NULL, errno(captured));
            }
            MemorySegment bytes = MemorySegment.ofAddress(address).reinterpret(size, arena, segment -> munmap(segment.address(), size));
            return new Mapping(bytes, 0);
        } catch (Throwable e) {
            throw failed("mmap", e);
        }
    }

    /**
     * What {@link #mmap} gives.
     *
     * @param bytes the mapped bytes, or {@link MemorySegment#NULL}
     * @param errno 0, or why there are none
     */
    record Mapping(MemorySegment bytes, int errno) {}

    private static void munmap(long address, long size) {
        try {
            int result = (int) Handles.MUNMAP.invokeExact(CAPTURED.get(), address, size);
            if (result != 0) {
                throw new IllegalStateException("munmap: " + Errno.name(errno(CAPTURED.get())));
            }
        } catch (Throwable e) {
            throw failed("munmap", e);
        }
    }

    /** Closes a file descriptor. On Linux it is closed even if an error is reported, so there is nothing to try again. */
    static void close(int fd) {
        try {
            int result = (int) Handles.CLOSE.invokeExact(CAPTURED.get(), fd);
            if (result != 0) {
                throw new IllegalStateException("close: " + Errno.name(errno(CAPTURED.get())));
            }
        } catch (Throwable e) {
            throw failed("close", e);
        }
    }

    /** The CPUs that the calling thread may run on; 0 or a negative errno. */
    static int getAffinity(MemorySegment mask) {
        try {
            int result = (int) Handles.GET_AFFINITY.invokeExact(CAPTURED.get(), 0, mask.byteSize(), mask);
            return result < 0 ? -errno(CAPTURED.get()) : 0;
        } catch (Throwable e) {
            throw failed("sched_getaffinity", e);
        }
    }

    /** Sets the CPUs that the calling thread may run on; 0 or a negative errno. */
    static int setAffinity(MemorySegment mask) {
        try {
            int result = (int) Handles.SET_AFFINITY.invokeExact(CAPTURED.get(), 0, mask.byteSize(), mask);
            return result < 0 ? -errno(CAPTURED.get()) : 0;
        } catch (Throwable e) {
            throw failed("sched_setaffinity", e);
        }
    }

    private static int errno(MemorySegment captured) {
        return (int) ERRNO.get(captured, 0L);
    }

    /** The handles throw nothing that is checked; an error is passed on as it is. */
    private static RuntimeException failed(String function, Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException exception) {
            return exception;
        }
        return new IllegalStateException(function, cause);
    }
}
