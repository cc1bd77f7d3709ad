// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Outcome;
import java.io.IOException;
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
 * The examples' XDP programs on packets of 64 bytes, in one thread, under the strict policy: each packet copied in; or one packet copied in once and
 * the program run on it over and over, whatever it made of it, here and in the kernel's test run, which does not put it back either.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = PacketBenchmark.FORKS, jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED"})
@Warmup(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class PacketBenchmark {
    /** Processes per figure. */
    public static final int FORKS = 2;
    /** Packets in one call: a multiple of every traffic's number of packets. */
    private static final int PACKETS = 1_152;
    /** Repeats in one call. */
    private static final int REPEATS = 1_000;

    /** A program with its packets. */
    @State(Scope.Thread)
    public static class Packets {
        /** Name of the example. */
        @Param({"xdp_firewall", "xdp_loadbalancer"}) public String example = "";
        /** A {@link PacketTraffic}. */
        @Param({"UDP", "ESTABLISHED", "PADDED", "OPENED_AND_CLOSED", "REOPENED"}) public String traffic = "";
        /** The engine's name. */
        @Param("x86-64") public String engine = "";

        private @Nullable PacketExample program;
        private List<byte[]> packets = List.of();

        /** Loads it, and sends what comes before. */
        @Setup
        public void load() throws LoadException, IOException {
            PacketExample made = PacketExample.of(example, engine(engine));
            program = made;
            PacketTraffic wanted = PacketTraffic.valueOf(traffic);
            packets = wanted.packets();
            wanted.before().forEach(made::run);
            made.put(packets.getFirst());
        }

        /** Makes sure that packets still come to an end. */
        @TearDown
        public void close() {
            PacketExample last = Objects.requireNonNull(program);
            Outcome outcome = last.run(packets.getFirst());
            last.close();
            if (!(outcome instanceof Outcome.Returned)) {
                throw new IllegalStateException(example + " ends with " + outcome);
            }
        }

        private long pass() {
            PacketExample running = Objects.requireNonNull(program);
            long sum = 0;
            for (int i = 0; i < PACKETS; i += packets.size()) {
                for (byte[] packet : packets) {
                    sum += r0(running.run(packet));
                }
            }
            return sum;
        }

        private long repeat() {
            PacketExample running = Objects.requireNonNull(program);
            long sum = 0;
            for (int i = 0; i < REPEATS; i++) {
                sum += r0(running.loaded().run(running.lane()));
            }
            return sum;
        }
    }

    /** Packets, each copied in. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long copiedIn(Packets state) {
        return state.pass();
    }

    /** One packet, over and over. */
    @Benchmark
    @OperationsPerInvocation(REPEATS)
    public long repeated(Packets state) {
        return state.repeat();
    }

    private static long r0(Outcome outcome) {
        return outcome instanceof Outcome.Returned(long r0) ? r0 : -1;
    }

    /** The engine with a name. */
    static Engine engine(String name) {
        return ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(engine -> engine.name().equals(name))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("no engine " + name + " on the class path"));
    }
}
