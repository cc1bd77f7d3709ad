// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From a program to what an engine runs, over the size of the program: linking (decoding, the checks of its shape, resolving), and translating,
 * analysis and installation included. Single operations are timed, and the median counts. {@link LoadRun} gives nanoseconds per instruction.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmn256m"})
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 3, time = 1)
public class LoadBenchmark {

    /** A program of some size. */
    @State(Scope.Thread)
    public static class Source {
        /** How it is made. */
        @Param({"FUNCTIONS", "ONE", "RANDOM"}) public String shape = "";
        /** Slots, nearly. */
        @Param({"100", "1000", "8000", "60000"}) public int slots;
        /** The policy of the machine. */
        @Param({"STRICT", "SANDBOX"}) public String policy = "";

        private @Nullable Machine machine;
        private @Nullable Program program;
        private @Nullable LinkedProgram linked;

        /** Makes the program and a machine. */
        @Setup
        public void make() throws LoadException {
            program = LargePrograms.of(LargePrograms.Shape.valueOf(shape), slots);
            machine = new Machine(Machine.Settings.standard().withPolicy(Policy.valueOf(policy)));
            linked = link();
        }

        /** Links the program in the place of the one before. */
        LinkedProgram link() throws LoadException {
            Machine made = machine();
            made.unlinkFrom(0);
            return made.link(Objects.requireNonNull(program));
        }

        Machine machine() {
            return Objects.requireNonNull(machine);
        }

        /** Closes the machine. */
        @TearDown
        public void close() {
            machine().close();
        }
    }

    /** An engine. */
    @State(Scope.Thread)
    public static class Target {
        /** Its name. */
        @Param({"x86-64", "interpreter", "jvm"}) public String engine = "";

        private @Nullable Engine found;

        /** Finds it. */
        @Setup
        public void find() {
            Engine named = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(one -> one.name().equals(
                    engine)).findFirst().orElseThrow(() -> new IllegalArgumentException("no engine " + engine + " on the class path"));
            named.unavailable().ifPresent(reason -> {
                throw new IllegalStateException(reason);
            });
            found = named;
        }

        Engine engine() {
            return Objects.requireNonNull(found);
        }
    }

    /** From bytes to a linked program. */
    @Benchmark
    public LinkedProgram link(Source source) throws LoadException {
        return source.link();
    }

    /** From a linked program to one that runs, and away with it. */
    @Benchmark
    public LoadedProgram translate(Source source, Target target) throws LoadException {
        return closed(target.engine().load(source.machine(), Objects.requireNonNull(source.linked)));
    }

    /** Both. */
    @Benchmark
    public LoadedProgram load(Source source, Target target) throws LoadException {
        return closed(target.engine().load(source.machine(), source.link()));
    }

    private static LoadedProgram closed(LoadedProgram loaded) {
        loaded.close();
        return loaded;
    }
}
