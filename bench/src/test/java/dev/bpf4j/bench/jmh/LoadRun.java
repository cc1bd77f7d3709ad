// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import dev.bpf4j.bench.compare.Host;
import dev.bpf4j.bench.compare.Measurement;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@link LoadBenchmark} as a table: nanoseconds per instruction, and microseconds for the whole program, by its size. */
public final class LoadRun {
    private static final double MIDDLE = 50;
    private static final int WIDE = 0x18;
    private static final int SLOT = 8;

    private LoadRun() {
    }

    /** A line of the table: what is done with which programs. */
    private record Line(String shape, String what) implements Comparable<Line> {
        @Override
        public int compareTo(Line other) {
            int byShape = shape.compareTo(other.shape);
            return byShape != 0 ? byShape : what.compareTo(other.what);
        }
    }

    /**
     * Runs the benchmark and prints the table.
     *
     * @param arguments {@code --engine=NAME}, {@code --shape=NAME}, {@code --policy=NAME}, {@code --slots=N}, each as often as wanted; without
     *                  them, all
     */
    public static void main(String[] arguments) throws RunnerException, LoadException {
        System.out.print(run(arguments, false));
    }

    /** The table. {@code brief}: in this process, one iteration of a millisecond each, which is for tests. */
    static String run(String[] arguments, boolean brief) throws RunnerException, LoadException {
        Map<String, List<String>> chosen = new TreeMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name = equals < 3 ? "" : argument.substring(2, equals);
            if (!List.of("engine", "shape", "policy", "slots").contains(name)) {
                throw new IllegalArgumentException("unknown argument " + argument);
            }
            chosen.computeIfAbsent(name, key -> new ArrayList<>()).add(argument.substring(equals + 1));
        }
        ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + LoadBenchmark.class.getSimpleName() + "\\.").shouldFailOnError(
                true);
        chosen.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
        if (brief) {
            options.forks(0).warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(1)).verbosity(
                    VerboseMode.SILENT);
        }
        double before = Host.load();
        Collection<RunResult> results = new Runner(options.build()).run();
        StringBuilder text = new StringBuilder();
        Host.describe().forEach((fact, value) -> text.append("- ").append(fact).append(": ").append(value).append('\n'));
        text.append("- load averages, before and at the end: ").append(Host.loads(List.of(before, Host.load()))).append("\n\n");
        return text.append(table(results)).toString();
    }

    private static String table(Collection<RunResult> results) throws LoadException {
        Map<Line, Map<Integer, String>> lines = new TreeMap<>();
        Map<Integer, Integer> sizes = new TreeMap<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            int slots = Integer.parseInt(params.getParam("slots"));
            int instructions = instructions(LargePrograms.of(LargePrograms.Shape.valueOf(params.getParam("shape")), slots));
            String name = params.getBenchmark().substring(params.getBenchmark().lastIndexOf('.') + 1);
            String engine = params.getParam("engine") == null ? "" : ", " + params.getParam("engine");
            String what = name + engine + ", " + params.getParam("policy").toLowerCase(Locale.ROOT);
            double nanos = median(result);
            sizes.put(slots, instructions);
            lines.computeIfAbsent(new Line(params.getParam("shape").toLowerCase(Locale.ROOT), what), key -> new TreeMap<>()).put(slots,
                    String
                            .format(Locale.ROOT, "%.1f (%.0f µs)", nanos / instructions, nanos / 1000));
        }
        StringBuilder text = new StringBuilder("| programs | what |");
        sizes.keySet().forEach(slots -> text.append(String.format(Locale.ROOT, " %,d slots |", slots)));
        text.append("\n|---|---|").append("---:|".repeat(sizes.size())).append('\n');
        lines.forEach((line, cells) -> {
            text.append("| ").append(line.shape()).append(" | ").append(line.what()).append(" |");
            sizes.keySet().forEach(slots -> text.append(' ').append(cells.getOrDefault(slots, "")).append(" |"));
            text.append('\n');
        });
        return text.toString();
    }

    private static int instructions(Program program) {
        int count = 0;
        for (int at = 0; at < program.code().length; at += SLOT) {
            at += program.code()[at] == WIDE ? SLOT : 0;
            count++;
        }
        return count;
    }

    private static double median(RunResult result) {
        List<Double> iterations = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            fork.getIterationResults().forEach(iteration -> iterations.add(iteration.getPrimaryResult().getStatistics().getPercentile(
                    MIDDLE)));
        }
        return Measurement.median(iterations.stream().mapToDouble(Double::doubleValue).toArray());
    }
}
