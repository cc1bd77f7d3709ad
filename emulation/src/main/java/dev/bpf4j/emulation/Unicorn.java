// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * A Unicorn library, as far as it is needed: one method for each function of its C interface ({@code unicorn.h} of 2.0.1), in the same order of
 * arguments; {@code uc} is an engine's handle. Functions that fail throw {@link UnicornException} with the library's own words. Thread-safe, but
 * each engine is for one thread at a time.
 */
final class Unicorn {
    /** Kinds of hooks: {@code UC_HOOK_CODE}, {@code UC_HOOK_BLOCK}, {@code UC_HOOK_MEM_INVALID}. */
    static final int HOOK_CODE = 1 << 2;
    static final int HOOK_BLOCK = 1 << 3;
    static final int HOOK_MEM_INVALID = 0x3f << 4;
    /** {@code uc_ctl} that sets the CPU model: an option that is written, with one argument. */
    private static final int SET_CPU_MODEL = 7 | 1 << 26 | 1 << 30;
    private static final int OK = 0;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option SHORT = Linker.Option.critical(false);
    private static final MethodHandle VERSION = handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle ARCH_SUPPORTED = handle(FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_INT));
    private static final MethodHandle STRERROR = handle(FunctionDescriptor.of(ADDRESS, JAVA_INT));
    private static final MethodHandle OPEN = handle(FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle CLOSE = handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
    private static final MethodHandle CTL = handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_INT), Linker.Option
            .firstVariadicArg(2));
    private static final MethodHandle MAP = handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS));
    private static final MethodHandle HOOK_ADD = handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG,
            JAVA_LONG, JAVA_LONG), Linker.Option.firstVariadicArg(7));
    private static final MethodHandle REG_WRITE_BATCH = handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS, JAVA_INT),
            SHORT);
    private static final MethodHandle REG_READ = handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS), SHORT);
    private static final MethodHandle EMU_START = handle(FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
            JAVA_LONG));

    private final String origin;
    private final MemorySegment version;
    private final MemorySegment archSupported;
    private final MemorySegment strerror;
    private final MemorySegment open;
    private final MemorySegment close;
    private final MemorySegment ctl;
    private final MemorySegment map;
    private final MemorySegment hookAdd;
    private final MemorySegment regWriteBatch;
    private final MemorySegment regRead;
    private final MemorySegment emuStart;

    /**
     * Binds a library that has been opened for good.
     *
     * @param origin where it comes from, for people
     * @throws UnicornException if a function is missing, as in Unicorn 1, or its version is not 2
     */
    Unicorn(SymbolLookup library, String origin) {
        this.origin = origin;
        this.version = find(library, "uc_version");
        this.archSupported = find(library, "uc_arch_supported");
        this.strerror = find(library, "uc_strerror");
        this.open = find(library, "uc_open");
        this.close = find(library, "uc_close");
        this.ctl = find(library, "uc_ctl");
        this.map = find(library, "uc_mem_map_ptr");
        this.hookAdd = find(library, "uc_hook_add");
        this.regWriteBatch = find(library, "uc_reg_write_batch");
        this.regRead = find(library, "uc_reg_read");
        this.emuStart = find(library, "uc_emu_start");
        if (versionNumber() >>> 24 != 2) {
            throw new UnicornException(origin + " is Unicorn " + version() + ", not 2");
        }
    }

    private static MethodHandle handle(FunctionDescriptor type, Linker.Option... options) {
        return LINKER.downcallHandle(type, options);
    }

    private MemorySegment find(SymbolLookup library, String name) {
        return library.find(name).orElseThrow(() -> new UnicornException(origin + " has no function " + name + "; Unicorn 2 is needed"));
    }

    /** Where the library comes from. */
    String origin() {
        return origin;
    }

    /** The version: {@code 2.0.1}. */
    String version() {
        int number = versionNumber();
        return (number >>> 24) + "." + (number >>> 16 & 0xff) + "." + (number >>> 8 & 0xff);
    }

    private int versionNumber() {
        try {
            return byteOfEach((int) VERSION.invokeExact(version, 0L, 0L));
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** {@code major << 24 | minor << 16 | patch << 8 | extra}, which releases before 2.0.1 gave as {@code major << 8 | minor}. */
    private static int byteOfEach(int version) {
        return version >>> 16 == 0 ? version << 16 : version;
    }

    /** Whether the library was built with an architecture. */
    boolean supports(Architecture architecture) {
        try {
            return (boolean) ARCH_SUPPORTED.invokeExact(archSupported, architecture.number());
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** A new engine, with the architecture's CPU model. Takes about 0.1 ms, and 1 GiB of address space. */
    long open(Architecture architecture) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment handle = arena.allocate(JAVA_LONG);
            check("uc_open", (int) OPEN.invokeExact(open, architecture.number(), architecture.mode(), handle));
            long uc = handle.get(JAVA_LONG, 0);
            if (architecture.model() >= 0) {
                check("uc_ctl(CPU_MODEL)", (int) CTL.invokeExact(ctl, uc, SET_CPU_MODEL, architecture.model()));
            }
            return uc;
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    void close(long uc) {
        try {
            check("uc_close", (int) CLOSE.invokeExact(close, uc));
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** Maps memory of the host, which has to stay, and whose pages must all be readable. */
    void map(long uc, long address, MemorySegment memory, int access) {
        try {
            check("uc_mem_map_ptr", (int) MAP.invokeExact(map, uc, address, memory.byteSize(), access, memory));
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** Adds a hook for all addresses; for code hooks before any code has run. */
    void hook(long uc, int type, MemorySegment callback) {
        try (Arena arena = Arena.ofConfined()) {
            check("uc_hook_add", (int) HOOK_ADD.invokeExact(hookAdd, uc, arena.allocate(JAVA_LONG), type, callback, 0L, 1L, 0L));
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** Sets registers: their numbers, pointers to their values, and how many. */
    void writeRegisters(long uc, MemorySegment numbers, MemorySegment pointers, int count) {
        try {
            check("uc_reg_write_batch", (int) REG_WRITE_BATCH.invokeExact(regWriteBatch, uc, numbers, pointers, count));
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** Reads a register of 64 bits into memory. */
    void readRegister(long uc, int number, MemorySegment value) {
        try {
            check("uc_reg_read", (int) REG_READ.invokeExact(regRead, uc, number, value));
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** Runs until an address is reached. The result is Unicorn's error number; 0 also if the code stopped the processor by itself. */
    int start(long uc, long begin, long until) {
        try {
            return (int) EMU_START.invokeExact(emuStart, uc, begin, until, 0L, 0L);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    /** The library's words for an error number. */
    String describe(int error) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(strerror, error);
            return text.reinterpret(Long.MAX_VALUE).getString(0);
        } catch (Throwable e) {
            throw thrown(e);
        }
    }

    private void check(String function, int error) {
        if (error != OK) {
            throw new UnicornException(function + ": " + describe(error) + ", in " + origin);
        }
    }

    private static RuntimeException thrown(Throwable e) {
        return switch (e) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            default -> new IllegalStateException("Unicorn threw", e);
        };
    }
}
