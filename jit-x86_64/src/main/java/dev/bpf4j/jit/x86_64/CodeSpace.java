// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.runtime.LoadException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.TreeMap;

/**
 * Memory for machine code: a memfd mapped twice, once for writing and once for executing, so that no address is both and no page changes its
 * protection under a running thread. Mapped once per process and never unmapped. Thread-safe.
 */
final class CodeSpace {
    private static final int ALIGNMENT = 64;
    private static final int MFD_CLOEXEC = 1;
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_SHARED = 1;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    private final MemorySegment writable;
    private final long executable;
    /** Free ranges: size by offset. */
    private final TreeMap<Long, Long> free = new TreeMap<>();

    private CodeSpace(MemorySegment writable, long executable) {
        this.writable = writable;
        this.executable = executable;
        free.put(0L, writable.byteSize());
    }

    /** The one of this process. */
    private static final class Holder {
        static final CodeSpace SPACE = map(Tuning.CODE_SPACE);
    }

    /**
     * The one of this process, mapped at the first call.
     *
     * @throws IllegalStateException if this host does not allow it, with the reason
     */
    static CodeSpace get() {
        return Holder.SPACE;
    }

    /**
     * A range of code.
     *
     * @param offset where it starts
     * @param size   bytes
     * @param entry  its address for execution
     */
    record Range(long offset, long size, long entry) {}

    /**
     * Puts code in.
     *
     * @throws LoadException if there is no room
     */
    synchronized Range put(byte[] code) throws LoadException {
        long size = (code.length + ALIGNMENT - 1L) / ALIGNMENT * ALIGNMENT;
        Map.Entry<Long, Long> found = null;
        for (Map.Entry<Long, Long> range : free.entrySet()) {
            if (range.getValue() >= size) {
                found = Map.entry(range.getKey(), range.getValue());
                break;
            }
        }
        if (found != null) {
            long offset = found.getKey();
            free.remove(offset);
            if (found.getValue() > size) {
                free.put(offset + size, found.getValue() - size);
            }
            MemorySegment.copy(code, 0, writable, ValueLayout.JAVA_BYTE, offset, code.length);
            return new Range(offset, size, executable + offset);
        }
        throw new LoadException("no room for " + code.length + " bytes of machine code; " + writable.byteSize()
                + " bytes are there for all programs");
    }

    /** Gives a range back; its code is not running. What was there becomes traps. */
    synchronized void remove(Range range) {
        writable.asSlice(range.offset(), range.size()).fill((byte) 0xcc);
        long offset = range.offset();
        long size = range.size();
        Map.Entry<Long, Long> before = free.floorEntry(offset);
        if (before != null && before.getKey() + before.getValue() == offset) {
            offset = before.getKey();
            size += before.getValue();
        }
        Long after = free.remove(range.offset() + range.size());
        free.put(offset, after == null ? size : size + after);
    }

    private static CodeSpace map(long size) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = arena.allocate(Linker.Option.captureStateLayout());
            int file = (int) call("memfd_create", FunctionDescriptor.of(INT, ValueLayout.ADDRESS, INT)).invokeExact(errno, arena
                    .allocateFrom("bpf4j-code"), MFD_CLOEXEC);
            check("memfd_create", file, errno);
            int grown = (int) call("ftruncate", FunctionDescriptor.of(INT, INT, LONG)).invokeExact(errno, file, size);
            check("ftruncate", grown, errno);
            MethodHandle mmap = call("mmap", FunctionDescriptor.of(LONG, LONG, LONG, INT, INT, INT, LONG));
            long writable = (long) mmap.invokeExact(errno, 0L, size, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0L);
            check("mmap for writing", writable, errno);
            long executable = (long) mmap.invokeExact(errno, 0L, size, PROT_READ | PROT_EXEC, MAP_SHARED, file, 0L);
            check("mmap for executing", executable, errno);
            int closed = (int) call("close", FunctionDescriptor.of(INT, INT)).invokeExact(errno, file);
            check("close", closed, errno);
            return new CodeSpace(MemorySegment.ofAddress(writable).reinterpret(size), executable);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static MethodHandle call(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, Linker.Option.captureCallState("errno"));
    }

    private static void check(String what, long result, MemorySegment errno) {
        if (result == -1) {
            VarHandle number = Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));
            throw new IllegalStateException(what + " is refused with errno " + (int) number.get(errno, 0L)
                    + "; does this system forbid memory that is executable (SELinux execmem, a seccomp filter, noexec)?");
        }
    }
}
