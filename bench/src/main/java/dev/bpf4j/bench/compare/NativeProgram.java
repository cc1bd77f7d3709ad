// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/** A program of the corpus as native code, with memory of its own. For one thread. */
public final class NativeProgram implements AutoCloseable {
    /** A page and a half more than the longest input, so that an input's end is no page's end. */
    private static final long MEMORY = 8192;
    private static final long ALIGNMENT = 4096;

    private final Arena arena;
    private final MemorySegment memory;
    private final MethodHandle repeat;
    private long length;

    private NativeProgram(Arena arena, MethodHandle repeat) {
        this.arena = arena;
        this.memory = arena.allocate(MEMORY, ALIGNMENT);
        this.repeat = repeat;
    }

    /**
     * Loads a shared object with the function {@code repeat(memory, length, times)}.
     *
     * @throws IllegalCallerException if native access is not enabled
     */
    static NativeProgram load(Path library) {
        Arena arena = Arena.ofShared();
        boolean done = false;
        try {
            SymbolLookup symbols = SymbolLookup.libraryLookup(library, arena);
            FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_LONG);
            NativeProgram program = new NativeProgram(arena, Linker.nativeLinker().downcallHandle(symbols.findOrThrow("repeat"), type));
            done = true;
            return program;
        } finally {
            if (!done) {
                arena.close();
            }
        }
    }

    /** Copies an input into memory, of at most a page. */
    public void put(byte[] input) {
        MemorySegment.copy(input, 0, memory, ValueLayout.JAVA_BYTE, 0, input.length);
        length = input.length;
    }

    /**
     * Runs the program on the input, many times in one call.
     *
     * @param times at least 1
     * @return the last run's result
     */
    public long run(long times) {
        try {
            return (long) repeat.invokeExact(memory.address(), length, times);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("native code threw", e);
        }
    }

    /** What has become of the input. */
    byte[] memory() {
        return memory.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Unloads it. */
    @Override
    public void close() {
        arena.close();
    }
}
