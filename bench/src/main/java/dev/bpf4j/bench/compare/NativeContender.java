// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import java.io.IOException;
import java.io.UncheckedIOException;
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
        return new Ready(name(), program, program.inputs(), load(program));
    }

    /**
     * Compiles a program and loads what comes out.
     *
     * @throws CannotRun if there is no compiler, it fails, or native access is not enabled
     */
    public NativeProgram load(CorpusProgram program) throws CannotRun {
        if (build.compiler().isEmpty()) {
            throw new CannotRun("no " + build.label().split(" ")[0] + " on the PATH");
        }
        try {
            return NativeProgram.load(compile(program));
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

    private record Ready(String contender, CorpusProgram program, List<byte[]> inputs, NativeProgram code) implements Prepared {
        @Override
        public Observation observe() {
            long result = 0;
            List<byte[]> memories = new ArrayList<>();
            for (byte[] input : inputs) {
                code.put(input);
                result = CorpusProgram.fold(result, code.run(1));
                memories.add(code.memory());
            }
            return new Observation(result, memories);
        }

        @Override
        public double time(int passes) throws Disagreement {
            long nanos = 0;
            long result = 0;
            for (byte[] input : inputs) {
                code.put(input);
                long start = System.nanoTime();
                long r0 = code.run(passes);
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
            code.close();
        }
    }
}
