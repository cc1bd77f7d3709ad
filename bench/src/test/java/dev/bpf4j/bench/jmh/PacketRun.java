// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import dev.bpf4j.bench.compare.Host;
import dev.bpf4j.conformance.linux.LinuxEngine;
import dev.bpf4j.conformance.linux.LinuxProgram;
import dev.bpf4j.runtime.LoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * {@link PacketBenchmark} over both examples, and the kernel's test run of the same programs beside it, as two tables. A figure is a median, and behind
 * it what one of twenty batches took at most: the rate while nobody else wanted the processor.
 */
public final class PacketRun {
    private static final List<String> EXAMPLES = List.of("xdp_firewall", "xdp_loadbalancer");
    private static final double MIDDLE = 50;
    private static final double UNDISTURBED = 5;
    private static final int REPEATS = 1_000;
    private static final int BATCHES = 2_000;
    private static final double NANOS_PER_MICRO = 1_000;

    private final int forks;
    private final int batches;
    private final StringBuilder text = new StringBuilder();

    /** Nanoseconds: the median, and what one of twenty batches took at most. */
    private record Figure(double median, double undisturbed) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f (%.0f)", median, undisturbed);
        }

        String millions() {
            return String.format(Locale.ROOT, "%.1f (%.1f)", NANOS_PER_MICRO / median, NANOS_PER_MICRO / undisturbed);
        }
    }

    private PacketRun(int forks) {
        this.forks = forks;
        this.batches = forks == 0 ? 10 : BATCHES;
    }

    /**
     * Runs all and writes the tables as Markdown.
     *
     * @param arguments {@code --forks=N}, processes per figure; {@code --out=FILE}
     */
    public static void main(String[] arguments) throws IOException, LoadException, RunnerException {
        int forks = PacketBenchmark.FORKS;
        Optional<Path> out = Optional.empty();
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--forks=")) {
                forks = Integer.parseInt(value);
            } else if (argument.startsWith("--out=")) {
                out = Optional.of(Path.of(value));
            } else {
                throw new IllegalArgumentException(argument + ": expected --forks=N or --out=FILE");
            }
        }
        String tables = run(forks);
        if (out.isEmpty()) {
            System.out.print(tables);
        } else {
            Files.writeString(out.get(), tables);
        }
    }

    /**
     * Runs all.
     *
     * @param forks processes per figure; 0 for none but this one and next to no repeats, which is for tests
     */
    static String run(int forks) throws IOException, LoadException, RunnerException {
        PacketRun run = new PacketRun(forks);
        double before = Host.load();
        run.copiedIn();
        run.repeated();
        run.text.append('\n');
        Host.describe().forEach((what, value) -> run.text.append("- ").append(what).append(": ").append(value).append('\n'));
        run.text.append("- load averages, before and at the end: ").append(Host.loads(List.of(before, Host.load()))).append('\n');
        return run.text.toString();
    }

    private void copiedIn() throws RunnerException {
        text.append("| example | packets | program changes tables | ns | million/s |\n|---|---|---|---:|---:|\n");
        for (String example : EXAMPLES) {
            for (PacketTraffic traffic : PacketTraffic.values()) {
                boolean changes = traffic.changesTables() && example.equals("xdp_loadbalancer");
                Figure figure = measure("copiedIn", example, traffic);
                text.append("| ").append(example).append(" | ").append(traffic.label()).append(" | ").append(changes ? "yes" : "no").append(
                        " | ").append(figure).append(" | ").append(figure.millions()).append(" |\n");
            }
        }
    }

    private void repeated() throws RunnerException, LoadException, IOException {
        text.append("\n| example | packet | here, ns | kernel, ns |\n|---|---|---:|---:|\n");
        for (String example : EXAMPLES) {
            for (PacketTraffic traffic : List.of(PacketTraffic.UDP, PacketTraffic.ESTABLISHED)) {
                Figure here = measure("repeated", example, traffic);
                text.append("| ").append(example).append(" | first of: ").append(traffic.label()).append(" | ").append(here).append(" | ")
                        .append(kernel(example, traffic)).append(" |\n");
            }
        }
    }

    private Figure measure(String benchmark, String example, PacketTraffic traffic) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + PacketBenchmark.class.getSimpleName() + "\\." + benchmark
                + "$")
                .param("example", example).param("traffic", traffic.name()).forks(forks).shouldFailOnError(true);
        if (forks == 0) {
            options.warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(1)).verbosity(VerboseMode.SILENT);
        }
        Collection<RunResult> results = new Runner(options.build()).run();
        List<Double> medians = new ArrayList<>();
        double undisturbed = Double.MAX_VALUE;
        for (RunResult result : results) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                for (IterationResult iteration : fork.getIterationResults()) {
                    Statistics samples = iteration.getPrimaryResult().getStatistics();
                    medians.add(samples.getPercentile(MIDDLE));
                    undisturbed = Math.min(undisturbed, samples.getPercentile(UNDISTURBED));
                }
            }
        }
        return new Figure(percentile(medians.stream().mapToDouble(value -> value).toArray(), MIDDLE), undisturbed);
    }

    /** The kernel's own figure for a run, which has no fraction; or why there is none. */
    private String kernel(String example, PacketTraffic traffic) throws LoadException, IOException {
        LinuxEngine engine = new LinuxEngine();
        Optional<String> unavailable = engine.unavailable();
        if (unavailable.isPresent()) {
            return unavailable.get();
        }
        try (PacketExample program = PacketExample.of(example, engine)) {
            traffic.before().forEach(program::run);
            double[] nanos = new double[batches];
            for (int i = 0; i < nanos.length; i++) {
                program.put(traffic.packets().getFirst());
                nanos[i] = ((LinuxProgram) program.loaded()).nanosPerRun(program.lane(), REPEATS);
            }
            return new Figure(percentile(nanos, MIDDLE), percentile(nanos, UNDISTURBED)).toString();
        }
    }

    private static double percentile(double[] values, double percent) {
        Arrays.sort(values);
        return values[(int) Math.min(values.length - 1, values.length * percent / 100)];
    }
}
