// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import dev.bpf4j.bench.compare.CannotRun;
import dev.bpf4j.bench.compare.CorpusMachine;
import dev.bpf4j.bench.compare.NativeBuild;
import dev.bpf4j.bench.compare.NativeContender;
import dev.bpf4j.bench.compare.NativeProgram;
import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A run of a program of the corpus, of those with one input: in an engine, the call from Java and the budget included, and as native code, which
 * is called so many times at once that the call does not count. Single calls are timed, and the median of them counts: on a machine that does other
 * things, few calls are interrupted, but no second of them is not. Programs that do next to nothing are not for this: reading the clock would count.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = CorpusBenchmark.FORKS, jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class CorpusBenchmark {
    /** Processes per figure, unless said otherwise. */
    public static final int FORKS = 3;
    /** Native runs in one call. */
    private static final int NATIVE_RUNS = 100;

    /** A program loaded into an engine. */
    @State(Scope.Thread)
    public static class InEngine {
        /** Its name. */
        @Param("siphash") public String program = "";
        /** The engine's name. */
        @Param("interpreter") public String engine = "";
        /** The policy of the machine. */
        @Param({"STRICT", "SANDBOX"}) public String policy = "";

        private @Nullable CorpusMachine machine;
        private @Nullable LoadedProgram loaded;

        /** Loads it, puts its input there, and checks the result. */
        @Setup
        public void load() throws LoadException {
            CorpusProgram wanted = named(program);
            CorpusMachine made = CorpusMachine.of(wanted, Cpu.V3, Policy.valueOf(policy));
            machine = made;
            LoadedProgram ready = made.machine().load(engine(engine), made.main());
            loaded = ready;
            made.put(made.inputs().getFirst());
            Outcome first = ready.run(made.lane());
            check(wanted, first instanceof Outcome.Returned(long r0) && r0 == wanted.result(), first);
        }

        private Outcome run() {
            return Objects.requireNonNull(loaded).run(Objects.requireNonNull(machine).lane());
        }

        /** Checks the result again. */
        @TearDown
        public void close() {
            Outcome last = run();
            check(named(program), last instanceof Outcome.Returned(long r0) && r0 == named(program).result(), last);
            Objects.requireNonNull(machine).close();
        }
    }

    /** The same source as native code. */
    @State(Scope.Thread)
    public static class AsNativeCode {
        /** Its name. */
        @Param("siphash") public String program = "";
        /** Compiler and options. */
        @Param("CLANG") public String build = "";

        private @Nullable NativeContender compiler;
        private @Nullable NativeProgram code;

        /** Compiles it, puts its input there, and checks the result. */
        @Setup
        public void load() throws CannotRun {
            CorpusProgram wanted = named(program);
            NativeContender contender = new NativeContender(NativeBuild.valueOf(build));
            compiler = contender;
            NativeProgram ready = contender.load(wanted);
            code = ready;
            ready.put(wanted.inputs().getFirst());
            long r0 = ready.run(1);
            check(wanted, r0 == wanted.result(), "0x" + Long.toHexString(r0));
        }

        /** Unloads it. */
        @TearDown
        public void close() {
            Objects.requireNonNull(code).close();
            Objects.requireNonNull(compiler).close();
        }
    }

    /** One run. */
    @Benchmark
    public Outcome engine(InEngine state) {
        return state.run();
    }

    /** One run of many. */
    @Benchmark
    @OperationsPerInvocation(NATIVE_RUNS)
    @Warmup(iterations = 1, time = 500, timeUnit = TimeUnit.MILLISECONDS)
    public long nativeCode(AsNativeCode state) {
        return Objects.requireNonNull(state.code).run(NATIVE_RUNS);
    }

    private static CorpusProgram named(String name) {
        return Corpus.shipped().program(name).orElseThrow(() -> new IllegalArgumentException("no program " + name + " in the corpus"));
    }

    private static Engine engine(String name) {
        List<Engine> engines = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).toList();
        return engines.stream().filter(engine -> engine.name().equals(name)).findFirst().orElseThrow(
                () -> new IllegalArgumentException("no engine " + name + " on the class path"));
    }

    private static void check(CorpusProgram program, boolean right, Object found) {
        if (!right) {
            throw new IllegalStateException(program.name() + " gives " + found + ", expected 0x" + Long.toHexString(program.result()));
        }
    }
}
