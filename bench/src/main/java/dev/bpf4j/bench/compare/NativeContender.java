// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The corpus' sources compiled by a compiler of this machine, in a folder that is deleted at the end. */
public final class NativeContender implements Contender {
    /** A page and a half more than the longest input, so that an input's end is no page's end. */
    private static final long MEMORY = 8192;
    private static final long ALIGNMENT = 4096;
    private static final String REPEAT = "repeat.c";

    private final NativeBuild build;
    private @Nullable Path root;

    /** A build, whether its compiler is there or not. */
    public NativeContender(NativeBuild build) {
        this.build = build;
    }

    @Override
    public String name() {
        return build.label();
    }

    @Override
    public String description() {
        try {
            Optional<Path> compiler = build.compiler();
            return compiler.isPresent() ? build.version(compiler.get()) : "";
        } catch (CannotRun e) {
            return e.reason();
        }
    }

    @Override
    public Prepared prepare(CorpusProgram program, Cpu cpu) throws CannotRun {
        if (build.compiler().isEmpty()) {
            throw new CannotRun("no " + build.label().split(" ")[0] + " on the PATH");
        }
        try {
            Path library = compile(program);
            Arena arena = Arena.ofShared();
            boolean done = false;
            try {
                SymbolLookup symbols = SymbolLookup.libraryLookup(library, arena);
                FunctionDescriptor type = FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG);
                MethodHandle repeat = Linker.nativeLinker().downcallHandle(symbols.findOrThrow("repeat"), type);
                Ready ready = new Ready(name(), program, program.inputs(), arena, arena.allocate(MEMORY, ALIGNMENT), repeat);
                done = true;
                return ready;
            } finally {
                if (!done) {
                    arena.close();
                }
            }
        } catch (IOException e) {
            throw new CannotRun("the sources cannot be written: " + e.getMessage());
        } catch (IllegalCallerException e) {
            throw new CannotRun("native access is not enabled; start Java with --enable-native-access=ALL-UNNAMED");
        }
    }

    private Path compile(CorpusProgram program) throws IOException, CannotRun {
        Path folder = root;
        if (folder == null) {
            folder = Files.createTempDirectory("bpf4j-bench");
            root = folder;
        }
        Path sources = program.corpus().copy(List.of(program.source(), REPEAT), folder);
        Path library = folder.resolve(program.name() + ".so");
        if (!Files.exists(library)) {
            build.compile(List.of(sources.resolve(program.source()), sources.resolve(REPEAT)), sources.resolve(Corpus.INCLUDE), library);
        }
        return library;
    }

    /** Deletes the folder. */
    @Override
    public void close() {
        Path folder = root;
        root = null;
        if (folder != null) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + folder, e);
            }
        }
    }

    private record Ready(String contender, CorpusProgram program, List<byte[]> inputs, Arena arena, MemorySegment memory,
            MethodHandle repeat) implements Prepared {

        private void put(byte[] input) {
            MemorySegment.copy(input, 0, memory, ValueLayout.JAVA_BYTE, 0, input.length);
        }

        private long run(byte[] input, long times) {
            try {
                return (long) repeat.invokeExact(memory.address(), (long) input.length, times);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("native code threw", e);
            }
        }

        @Override
        public Observation observe() {
            long result = 0;
            List<byte[]> memories = new ArrayList<>();
            for (byte[] input : inputs) {
                put(input);
                result = CorpusProgram.fold(result, run(input, 1));
                memories.add(memory.asSlice(0, input.length).toArray(ValueLayout.JAVA_BYTE));
            }
            return new Observation(result, memories);
        }

        @Override
        public double time(int passes) throws Disagreement {
            long nanos = 0;
            long result = 0;
            for (byte[] input : inputs) {
                put(input);
                long start = System.nanoTime();
                long r0 = run(input, passes);
                nanos += System.nanoTime() - start;
                result = CorpusProgram.fold(result, r0);
            }
            if (result != program.result()) {
                throw new Disagreement(contender, program, "while it was timed, result 0x" + Long.toHexString(result));
            }
            return (double) nanos / passes;
        }

        @Override
        public void close() {
            arena.close();
        }
    }
}
