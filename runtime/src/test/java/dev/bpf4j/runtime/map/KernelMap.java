// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A map of the running Linux kernel, through {@code bpf(2)}. */
final class KernelMap implements MapSubject, AutoCloseable {
    private static final long BPF_SYSCALL = System.getProperty("os.arch").equals("aarch64") ? 280 : 321;
    private static final int CREATE = 0;
    private static final int LOOKUP = 1;
    private static final int UPDATE = 2;
    private static final int DELETE = 3;
    private static final int NEXT_KEY = 4;
    private static final int LOOKUP_AND_DELETE = 21;
    private static final int PROG_LOAD = 5;
    private static final int INFO = 15;
    private static final long ATTR_SIZE = 128;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment attr = arena.allocate(ATTR_SIZE, 8);
    private final MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
    private final MemorySegment key;
    private final MemorySegment value;
    private final MemorySegment next;
    private final int keySize;
    private final int valueSize;
    private final int fd;

    private static final class Calls {
        static final MethodHandle SYSCALL = Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow(
                "syscall"),
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS,
                        ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1), Linker.Option.captureCallState("errno"));
        static final MethodHandle CLOSE = Linker.nativeLinker().downcallHandle(Linker.nativeLinker().defaultLookup().findOrThrow("close"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final long ERRNO = Linker.Option.captureStateLayout().byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    }

    KernelMap(MapType type, int keySize, int valueSize, int maxEntries, int flags) {
        this(type, keySize, valueSize, maxEntries, flags, 1, 0);
    }

    /**
     * @param cpus  values of a per-CPU map that the kernel keeps; of no matter for others
     * @param inner file descriptor of a map of the inner shape, for maps of maps
     */
    KernelMap(MapType type, int keySize, int declared, int maxEntries, int flags, int cpus, int inner) {
        int valueSize = type.storage().perCpu() ? cpus * (declared + 7 & ~7) : declared;
        this.keySize = keySize;
        this.valueSize = valueSize;
        this.key = arena.allocate(Math.max(8, keySize), 8);
        this.next = arena.allocate(Math.max(8, keySize), 8);
        this.value = arena.allocate(valueSize + 8L, 8);
        attr.fill((byte) 0);
        int[] words = {type.number(), keySize, declared, maxEntries, flags, inner};
        MemorySegment.copy(words, 0, attr, ValueLayout.JAVA_INT, 0, words.length);
        this.fd = (int) call(CREATE);
        if (fd < 0) {
            throw new UnsupportedOperationException("bpf(BPF_MAP_CREATE, " + type + ") failed with errno " + -fd);
        }
    }

    /** Why the kernel cannot be asked; null if it can. */
    static @Nullable String refusal() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return "not on Linux";
        }
        try (KernelMap map = new KernelMap(MapType.ARRAY, 4, 8, 1, 0)) {
            return map.lookup(new byte[4]) == null ? "lookup failed" : null;
        } catch (UnsupportedOperationException e) {
            return e.getMessage();
        }
    }

    /** The file descriptor. */
    int fd() {
        return fd;
    }

    /** The number that the kernel gave to this map, or to a program. */
    int id(int descriptor) {
        MemorySegment info = arena.allocate(256, 8);
        attr.fill((byte) 0);
        attr.set(ValueLayout.JAVA_INT, 0, descriptor);
        attr.set(ValueLayout.JAVA_INT, 4, (int) info.byteSize());
        attr.set(ValueLayout.JAVA_LONG, 8, info.address());
        long result = call(INFO);
        if (result != 0) {
            throw new IllegalStateException("BPF_OBJ_GET_INFO_BY_FD failed with errno " + -result);
        }
        return info.get(ValueLayout.JAVA_INT, 4);
    }

    /** Loads a socket filter that returns 0; its file descriptor. */
    int program() {
        MemorySegment code = arena.allocateFrom(ValueLayout.JAVA_LONG, 0xb7L, 0x95L);
        MemorySegment license = arena.allocateFrom("GPL");
        attr.fill((byte) 0);
        attr.set(ValueLayout.JAVA_INT, 0, 1);
        attr.set(ValueLayout.JAVA_INT, 4, 2);
        attr.set(ValueLayout.JAVA_LONG, 8, code.address());
        attr.set(ValueLayout.JAVA_LONG, 16, license.address());
        long result = call(PROG_LOAD);
        if (result < 0) {
            throw new UnsupportedOperationException("BPF_PROG_LOAD failed with errno " + -result);
        }
        return (int) result;
    }

    private long call(int command) {
        try {
            long result = (long) Calls.SYSCALL.invokeExact(errno, BPF_SYSCALL, (long) command, attr, ATTR_SIZE);
            return result >= 0 ? result : -errno.get(ValueLayout.JAVA_INT, Calls.ERRNO);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private long element(int command, byte @Nullable [] wanted, MemorySegment second, long flags) {
        attr.fill((byte) 0);
        attr.set(ValueLayout.JAVA_INT, 0, fd);
        if (wanted != null && keySize > 0) {
            MemorySegment.copy(wanted, 0, key, ValueLayout.JAVA_BYTE, 0, keySize);
            attr.set(ValueLayout.JAVA_LONG, 8, key.address());
        }
        attr.set(ValueLayout.JAVA_LONG, 16, second.address());
        attr.set(ValueLayout.JAVA_LONG, 24, flags);
        return call(command);
    }

    @Override
    public byte @Nullable [] lookup(byte[] wanted) {
        return element(LOOKUP, wanted, value, 0) == 0 ? bytes(value, valueSize) : null;
    }

    @Override
    public long update(byte[] wanted, byte[] bytes, long flags) {
        MemorySegment.copy(bytes, 0, value, ValueLayout.JAVA_BYTE, 0, valueSize);
        return element(UPDATE, wanted, value, flags);
    }

    @Override
    public long delete(byte[] wanted) {
        return element(DELETE, wanted, MemorySegment.NULL, 0);
    }

    @Override
    public byte @Nullable [] nextKey(byte @Nullable [] wanted) {
        return element(NEXT_KEY, wanted, next, 0) == 0 ? bytes(next, keySize) : null;
    }

    @Override
    public byte @Nullable [] take() {
        return element(LOOKUP_AND_DELETE, null, value, 0) == 0 ? bytes(value, valueSize) : null;
    }

    private static byte[] bytes(MemorySegment from, int count) {
        return from.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Asks a bloom filter: whether a value may have been put in. */
    @Override
    public boolean contains(byte[] asked) {
        MemorySegment.copy(asked, 0, value, ValueLayout.JAVA_BYTE, 0, valueSize);
        return element(LOOKUP, null, value, 0) == 0;
    }

    /** Takes an entry of a hash table out. */
    @Override
    public byte @Nullable [] takeOut(byte[] wanted) {
        return element(LOOKUP_AND_DELETE, wanted, value, 0) == 0 ? bytes(value, valueSize) : null;
    }

    @Override
    public void close() {
        try {
            close(fd);
        } finally {
            arena.close();
        }
    }

    static void close(int descriptor) {
        try {
            int result = (int) Calls.CLOSE.invokeExact(descriptor);
            if (result != 0) {
                throw new IllegalStateException("close failed");
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }
}
