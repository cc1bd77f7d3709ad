// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * This host's own processor, on Linux. Code memory is a memfd mapped twice, once for writing and once for executing, so that no address is both
 * and no page changes its protection under a running thread. Mapped once per process and never unmapped. Thread-safe.
 *
 * <p>
 * On processors whose instruction caches do not see what is written, a routine of the architecture's own makes them: it is the first code that
 * is written, before anything in the mapping has been executed, so that it needs no such routine itself.
 */
public final class HostProcessor implements Processor {
    private static final MethodHandle CALL = Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG));
    private static final MethodHandle CRITICAL_CALL = Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG),
            Linker.Option.critical(false));
    private static final MethodHandle SYNCHRONISE = Linker.nativeLinker().downcallHandle(FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG));
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Path AUXILIARY_VECTOR = Path.of("/proc/self/auxv");
    private static final String SEGMENTS = "fsgsbase";
    private static final long AT_HWCAP2 = 26;
    private static final long HWCAP2_FSGSBASE = 2;
    private static final int MFD_CLOEXEC = 1;
    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_SHARED = 1;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static @Nullable HostProcessor instance;

    private final CodeSpace space;
    private final Set<String> features = readFeatures();
    private final @Nullable MemorySegment synchronise;
    private final Optional<String> withoutNet;

    private HostProcessor(CodeSpace space, HostRoutines routines) {
        this.space = space;
        byte[] code = routines.synchronise();
        this.synchronise = code.length == 0 ? null : MemorySegment.ofAddress(space.first(code).entry());
        this.withoutNet = HardwareFaults.install(space, routines);
    }

    /**
     * Why machine code for processors of these names cannot run here; empty if it can.
     *
     * @param names    as Java names them in {@code os.arch}
     * @param routines as in {@link #get}
     */
    public static Optional<String> unavailable(List<String> names, HostRoutines routines) {
        String system = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        if (!system.equals("Linux") || !names.contains(processor)) {
            return Optional.of("needs Linux on " + names.getLast() + "; this is " + system + " on " + processor);
        }
        if (!HostProcessor.class.getModule().isNativeAccessEnabled()) {
            return Optional.of("needs native access: start Java with --enable-native-access=ALL-UNNAMED");
        }
        try {
            get(routines);
        } catch (IllegalStateException | ExceptionInInitializerError | NoClassDefFoundError e) {
            return Optional.of("cannot make executable memory: " + (e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
        return Optional.empty();
    }

    /**
     * The one of this process, made at the first call.
     *
     * @param routines this architecture's
     * @throws IllegalStateException if this host does not allow it, with the reason
     */
    public static synchronized HostProcessor get(HostRoutines routines) {
        HostProcessor made = instance;
        if (made == null) {
            made = new HostProcessor(map(Tuning.CODE_SPACE), routines);
            instance = made;
        }
        return made;
    }

    @Override
    public Set<String> features() {
        return features;
    }

    /** The line is called {@code flags} on x86 and {@code Features} on ARM. Where it cannot be read, code is made for processors without any. */
    private static Set<String> readFeatures() {
        try {
            boolean segments = mayWriteSegments();
            return Files.readAllLines(CPUINFO).stream().filter(line -> line.startsWith("flags") || line.startsWith("Features")).findFirst()
                    .stream().flatMap(line -> Arrays.stream(line.split("[ \t]+"))).filter(word -> segments || !word.equals(SEGMENTS))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            return Set.of();
        }
    }

    /**
     * Whether the kernel lets programs write the bases of fs and gs: cpuinfo only says that the processor could. Bit 1 of AT_HWCAP2 of x86
     * (arch/x86/include/uapi/asm/hwcap2.h, Linux 5.9). Not where the kernel does not say.
     */
    private static boolean mayWriteSegments() {
        ByteBuffer vector;
        try {
            vector = ByteBuffer.wrap(Files.readAllBytes(AUXILIARY_VECTOR)).order(ByteOrder.nativeOrder());
        } catch (IOException e) {
            return false;
        }
        while (vector.remaining() >= 2 * Long.BYTES) {
            long type = vector.getLong();
            long value = vector.getLong();
            if (type == AT_HWCAP2) {
                return (value & HWCAP2_FSGSBASE) != 0;
            }
        }
        return false;
    }

    @Override
    public Optional<String> withoutNet() {
        return withoutNet;
    }

    @Override
    public Range put(byte[] code) throws LoadException {
        Range range = space.put(code);
        synchronise(range);
        return range;
    }

    @Override
    public void remove(Range range) {
        space.clear(range);
        synchronise(range);
        space.free(range);
    }

    private void synchronise(Range range) {
        if (synchronise == null) {
            return;
        }
        try {
            SYNCHRONISE.invokeExact(synchronise, range.entry(), range.entry() + range.size());
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Core core(Lane lane) {
        return new HostCore(lane.memory().address());
    }

    /** The thread itself. */
    private record HostCore(long memoryBase) implements Core {
        @Override
        public Shared allocate(long bytes) {
            MemorySegment segment = Arena.ofAuto().allocate(bytes, ALIGNMENT);
            return new Shared(segment, segment.address());
        }

        @Override
        public void enter(long entry, long context, boolean critical) {
            try {
                if (critical) {
                    CRITICAL_CALL.invokeExact(MemorySegment.ofAddress(entry), context);
                } else {
                    CALL.invokeExact(MemorySegment.ofAddress(entry), context);
                }
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("machine code threw", e);
            }
        }

        @Override
        public void close() {
            // a thread holds nothing
        }
    }

    private static final int ALIGNMENT = 64;

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
