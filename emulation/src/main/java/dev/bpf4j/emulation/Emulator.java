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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One emulated processor: memory of the host mapped into an address space of its own, and calls of code in it. For one thread at a time.
 *
 * <p>
 * A call sets argument, stack pointer and return address, and runs until that address is reached. Nothing is mapped but what was asked for and
 * a stack, so code that goes astray ends in an exception with its place. Unicorn reads and writes mapped memory by itself: all of it must be
 * readable and, if mapped so, writable by the process, or the JVM dies.
 *
 * <p>
 * Unicorn translates code when it first runs and does not see that the host changes it afterwards: new code needs addresses that have not run
 * yet, or a new emulator.
 */
final class Emulator implements AutoCloseable {
    /** Access rights ({@code uc_prot}). */
    static final int READ_WRITE = 3;
    static final int READ_EXECUTE = 5;
    /** Granularity of addresses, sizes and host memory that can be mapped. */
    static final long PAGE = 4096;
    /** Bytes of stack: the most frames that a machine can have, and more. */
    static final long STACK_SIZE = 256 << 10;
    /** The stack's first address, and the address that calls return to, a page that is never mapped for anything else. */
    static final long STACK = 0x0100_0000;
    private static final long RETURN = 0x0200_0000;
    /** Alignment that both calling conventions want of the stack. */
    private static final int STACK_ALIGNMENT = 16;

    private static final Linker LINKER = Linker.nativeLinker();
    /** {@code bool (uc_engine *, uc_mem_type, uint64_t address, int size, int64_t value, void *)} for accesses that are not allowed. */
    private static final MemorySegment INVALID = upcall("invalid", MethodType.methodType(boolean.class, long.class, int.class, long.class,
            int.class, long.class, long.class), FunctionDescriptor.of(JAVA_BOOLEAN, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG,
                    JAVA_LONG));
    /** {@code void (uc_engine *, uint64_t address, uint32_t size, void *)} for blocks and instructions. */
    private static final MemorySegment EXECUTED = upcall("executed", MethodType.methodType(void.class, long.class, long.class, int.class,
            long.class), FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG));
    private static final Map<Long, Emulator> OPEN = new ConcurrentHashMap<>();

    private final Unicorn unicorn;
    private final Architecture architecture;
    private final long uc;
    private final Arena arena = Arena.ofAuto();
    private final MemorySegment stack;
    private final MemorySegment exit;
    private final MemorySegment numbers;
    private final MemorySegment pointers;
    private final MemorySegment values;
    private final MemorySegment programCounter;
    private final @Nullable ExecutedInstructions counter;
    private String access = "";
    private boolean closed;

    Emulator(Unicorn unicorn, Architecture architecture) {
        this(unicorn, architecture, null);
    }

    /** An emulator that counts what it executes, and is slower for it. */
    Emulator(Unicorn unicorn, Architecture architecture, @Nullable ExecutedInstructions counter) {
        this.unicorn = unicorn;
        this.architecture = architecture;
        this.counter = counter;
        this.stack = arena.allocate(STACK_SIZE, PAGE);
        this.exit = arena.allocate(PAGE, PAGE);
        this.numbers = arena.allocateFrom(JAVA_INT, architecture.callRegisters());
        int count = architecture.callRegisters().length;
        this.pointers = arena.allocate(ADDRESS, count);
        this.values = arena.allocate(JAVA_LONG, count);
        this.programCounter = arena.allocate(JAVA_LONG);
        for (int i = 0; i < count; i++) {
            pointers.setAtIndex(ADDRESS, i, values.asSlice(8L * i, 8));
        }
        this.uc = unicorn.open(architecture);
        OPEN.put(uc, this);
        prepare();
    }

    private void prepare() {
        map(STACK, stack, READ_WRITE);
        map(RETURN, exit, READ_EXECUTE);
        long top = STACK_SIZE - STACK_ALIGNMENT;
        if (architecture.hasLinkRegister()) {
            values.setAtIndex(JAVA_LONG, 2, RETURN);
        } else {
            top -= 8;
            stack.set(JAVA_LONG, top, RETURN);
        }
        values.setAtIndex(JAVA_LONG, 1, STACK + top);
        unicorn.hook(uc, Unicorn.HOOK_MEM_INVALID, INVALID);
        if (counter != null) {
            unicorn.hook(uc, architecture == Architecture.ARM64 ? Unicorn.HOOK_BLOCK : Unicorn.HOOK_CODE, EXECUTED);
        }
    }

    /**
     * Maps memory of the host, which must stay until this is closed.
     *
     * @param address a multiple of {@link #PAGE}, as the segment's address and size
     * @throws UnicornException if it overlaps what is mapped
     */
    void map(long address, MemorySegment segment, int rights) {
        if (segment.address() % PAGE != 0) {
            throw new IllegalArgumentException("host memory at 0x" + Long.toHexString(segment.address()) + " is not aligned");
        }
        unicorn.map(uc, address, segment, rights);
    }

    /**
     * Calls code with one argument and comes back when it returns.
     *
     * @throws UnicornException if it touches what is not mapped, or executes what is no instruction; names the place
     */
    void call(long entry, long argument) {
        values.setAtIndex(JAVA_LONG, 0, argument);
        unicorn.writeRegisters(uc, numbers, pointers, architecture.hasLinkRegister() ? 3 : 2);
        int error = unicorn.start(uc, entry, RETURN);
        if (error != 0 || programCounter() != RETURN) {
            throw failed(error);
        }
    }

    /** The program counter. */
    long programCounter() {
        return register(architecture.programCounter());
    }

    /** A register of 64 bits, by Unicorn's number. */
    long register(int number) {
        unicorn.readRegister(uc, number, programCounter);
        return programCounter.get(JAVA_LONG, 0);
    }

    private UnicornException failed(int error) {
        String what = error == 0 ? "the code stopped the processor" : unicorn.describe(error);
        String where = access;
        access = "";
        return new UnicornException("emulated " + architecture + " code failed at pc 0x" + Long.toHexString(programCounter()) + ": " + what
                + where + ". This is a defect of the engine, not of the program");
    }

    @SuppressWarnings("UnusedMethod") // called by Unicorn
    private static boolean invalid(long uc, int type, long address, int size, long value, long user) {
        Emulator emulator = OPEN.get(uc);
        if (emulator != null) {
            emulator.access = ", " + size + " bytes at 0x" + Long.toHexString(address);
        }
        return false;
    }

    @SuppressWarnings("UnusedMethod") // called by Unicorn
    private static void executed(long uc, long address, int size, long user) {
        Emulator emulator = OPEN.get(uc);
        if (emulator != null && emulator.counter != null) {
            emulator.counter.add(emulator.architecture == Architecture.ARM64 ? size / 4 : 1);
        }
    }

    private static MemorySegment upcall(String method, MethodType type, FunctionDescriptor descriptor) {
        try {
            return LINKER.upcallStub(MethodHandles.lookup().findStatic(Emulator.class, method, type), descriptor, Arena.global());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            OPEN.remove(uc);
            unicorn.close(uc);
        }
    }
}
