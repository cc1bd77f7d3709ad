// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A compiler of this machine and the options that the corpus is compiled with as native code: the table of them. */
public enum NativeBuild {
    /** What all ratios are to. */
    CLANG("clang -O2", "clang"),
    /** Without what eBPF cannot say. */
    CLANG_SCALAR("clang -O2 -fno-vectorize", "clang", "-fno-vectorize", "-fno-slp-vectorize"),
    /** The other compiler. */
    GCC("gcc -O2", "gcc");

    /** Versions that are tried, newest first, where there is no command without a number. */
    private static final int NEWEST = 30;
    private static final int OLDEST = 10;
    private static final long SECONDS = 120;
    private static final List<String> OPTIONS = List.of("-O2", "-w", "-ffreestanding", "-fno-builtin", "-fno-strict-aliasing", "-shared",
            "-fPIC",
            "-nostdlib", "-fvisibility=hidden");

    private final String label;
    private final String command;
    private final List<String> more;

    NativeBuild(String label, String command, String... more) {
        this.label = label;
        this.command = command;
        this.more = List.of(more);
    }

    /** The name in reports: the compiler with the options that matter. */
    public String label() {
        return label;
    }

    /** The compiler's command, if it is installed: without a version, else the newest. */
    public Optional<Path> compiler() {
        Stream<String> numbered = IntStream.iterate(NEWEST, version -> version >= OLDEST, version -> version - 1).mapToObj(
                version -> command + "-" + version);
        return Stream.concat(Stream.of(command), numbered).flatMap(name -> onPath(name).stream()).findFirst();
    }

    private static Optional<Path> onPath(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of(path.split(File.pathSeparator)).filter(folder -> !folder.isEmpty()).map(folder -> Path.of(folder, name)).filter(
                Files::isExecutable).findFirst();
    }

    /** The first line of what the compiler says of itself. */
    String version(Path compiler) throws CannotRun {
        return call(List.of(compiler.toString(), "--version")).lines().findFirst().orElse(compiler.toString());
    }

    /**
     * Compiles sources into a shared object.
     *
     * @throws CannotRun if there is no compiler, or it fails, with the first line of what it says
     */
    void compile(List<Path> sources, Path include, Path output) throws CannotRun {
        Path compiler = compiler().orElseThrow(() -> new CannotRun("no " + command + " on the PATH"));
        List<String> line = new ArrayList<>(List.of(compiler.toString()));
        line.addAll(OPTIONS);
        line.addAll(more);
        line.addAll(List.of("-I", include.toString(), "-o", output.toString()));
        sources.forEach(source -> line.add(source.toString()));
        call(line);
    }

    private static String call(List<String> line) throws CannotRun {
        try {
            Path log = Files.createTempFile("bpf4j-bench", ".log");
            try {
                Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
                if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new CannotRun(line.getFirst() + " did not end within " + SECONDS + " s");
                }
                String said = Files.readString(log, StandardCharsets.ISO_8859_1);
                if (process.exitValue() != 0) {
                    throw new CannotRun(line.getFirst() + " fails: " + said.lines().findFirst().orElse("exit code " + process.exitValue()));
                }
                return said;
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new CannotRun(line.getFirst() + " cannot be started: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("interrupted");
        }
    }
}
