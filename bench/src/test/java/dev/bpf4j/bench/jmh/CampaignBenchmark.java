// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.campaign.KernelCampaign;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.interpreter.InterpreterEngine;
import dev.bpf4j.runtime.Engine;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Random programs of 40 items per second, on one thread: generated, linked, loaded and run in the interpreter and in another engine, everything
 * that they leave compared.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 5, time = 5)
public class CampaignBenchmark {
    private static final int PROGRAMS = 2_000;

    /** An engine to compare with the interpreter. */
    @State(Scope.Thread)
    public static class InEngine {
        /** The engine's name. */
        @Param({"rfc", "x86-64", "arm64", "jvm"}) public String engine = "";
        private long seed = 1;

        private Engine engine() {
            Engine found = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(one -> one.name().equals(
                    engine)).findFirst().orElseThrow();
            found.unavailable().ifPresent(reason -> {
                throw new IllegalStateException(reason);
            });
            return found;
        }
    }

    /** The running kernel, whose programs are others. */
    @State(Scope.Thread)
    public static class InKernel {
        private final KernelCampaign campaign = new KernelCampaign(List.of(new InterpreterEngine()));
        private long seed = 1;

        /** Gives back what the kernel holds. */
        @TearDown
        public void close() {
            campaign.close();
        }
    }

    /** Programs of the profile {@code mixed}. */
    @Benchmark
    @OperationsPerInvocation(PROGRAMS)
    public CampaignSummary engine(InEngine state) {
        CampaignSummary summary = new Campaign(List.of(new InterpreterEngine(), state.engine()), Profile.MIXED).run(state.seed, PROGRAMS);
        state.seed += PROGRAMS;
        if (summary.differing() != 0) {
            throw new IllegalStateException(summary.report());
        }
        return summary;
    }

    /** Programs of the profile {@code kernel}. */
    @Benchmark
    @OperationsPerInvocation(PROGRAMS)
    public KernelCampaign.Summary kernel(InKernel state) {
        KernelCampaign.Summary summary = state.campaign.run(state.seed, PROGRAMS);
        state.seed += PROGRAMS;
        if (!summary.unavailable().isEmpty()) {
            throw new IllegalStateException(summary.unavailable());
        }
        return summary;
    }
}
