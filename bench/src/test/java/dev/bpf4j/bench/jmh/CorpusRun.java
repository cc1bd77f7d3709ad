// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import dev.bpf4j.bench.compare.CannotRun;
import dev.bpf4j.bench.compare.Execution;
import dev.bpf4j.bench.compare.Host;
import dev.bpf4j.bench.compare.Markdown;
import dev.bpf4j.bench.compare.Measurement;
import dev.bpf4j.bench.compare.NativeBuild;
import dev.bpf4j.bench.compare.NativeContender;
import dev.bpf4j.bench.compare.Report;
import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.Kind;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@link CorpusBenchmark} over programs, one after the other, so that an engine's figure and that of native code lie close together in time, and
 * the report that {@code bpf4j bench} would write. A figure is the median over forked processes, of each the median of its iterations' medians.
 */
public final class CorpusRun {
    private static final double MIDDLE = 50;

    private final Settings settings;
    private final Map<String, String> columns = new LinkedHashMap<>();
    private final List<Report.Refusal> refusals = new ArrayList<>();

    /**
     * What is run.
     *
     * @param programs the programs; those with several inputs, or next to no work, are refused
     * @param engines  names of engines
     * @param build    native code; empty if there is no compiler
     * @param forks    processes per figure; 0 for none but this one, which is for tests
     * @param brief    one iteration of a millisecond, which is for tests
     */
    record Settings(List<CorpusProgram> programs, List<String> engines, Optional<NativeBuild> build, int forks, boolean brief) {}

    private CorpusRun(Settings settings) {
        this.settings = settings;
        for (String engine : settings.engines()) {
            for (Policy policy : Policy.values()) {
                columns.put(column(engine, policy.name()), "");
            }
        }
        settings.build().ifPresent(build -> {
            try (NativeContender contender = new NativeContender(build)) {
                columns.put(build.label(), contender.description());
            }
        });
    }

    /**
     * Runs programs, writes the report as Markdown.
     *
     * @param arguments programs or families of the corpus, {@code kinds} if there are none; {@code --engine=NAME}, {@code --forks=N}; and
     *                  {@code --out=FILE}, a file whose marked part is replaced, or that is made
     */
    public static void main(String[] arguments) throws IOException, LoadException, RunnerException {
        List<String> names = new ArrayList<>();
        List<String> engines = new ArrayList<>();
        Optional<Path> out = Optional.empty();
        int forks = CorpusBenchmark.FORKS;
        for (String argument : arguments) {
            String value = argument.substring(argument.indexOf('=') + 1);
            if (argument.startsWith("--engine=")) {
                engines.add(value);
            } else if (argument.startsWith("--forks=")) {
                forks = Integer.parseInt(value);
            } else if (argument.startsWith("--out=")) {
                out = Optional.of(Path.of(value));
            } else {
                names.add(argument);
            }
        }
        List<CorpusProgram> programs = chosen(names.isEmpty() ? List.of("kinds") : names);
        Report report = run(new Settings(programs, engines.isEmpty() ? List.of("interpreter") : engines, compiler(), forks, false));
        String text = Markdown.of(report);
        if (out.isEmpty()) {
            System.out.print(text);
        } else {
            Path file = out.get();
            Files.writeString(file, Files.exists(file) ? Markdown.replaceIn(Files.readString(file), text) : text);
        }
    }

    private static List<CorpusProgram> chosen(List<String> names) {
        List<CorpusProgram> all = Corpus.shipped().programs();
        for (String name : names) {
            if (all.stream().noneMatch(program -> program.name().equals(name) || program.family().equals(name))) {
                throw new IllegalArgumentException("no program or family " + name + " in the corpus");
            }
        }
        return all.stream().filter(program -> names.contains(program.name()) || names.contains(program.family())).toList();
    }

    /** What native code is made with: clang, or else what there is. */
    static Optional<NativeBuild> compiler() {
        return Stream.of(NativeBuild.values()).filter(build -> build.compiler().isPresent()).findFirst();
    }

    /** Runs what is wanted. */
    static Report run(Settings settings) throws LoadException, RunnerException {
        return new CorpusRun(settings).run();
    }

    private Report run() throws LoadException, RunnerException {
        List<Double> loads = new ArrayList<>(List.of(Host.load()));
        List<Report.Row> rows = new ArrayList<>();
        for (CorpusProgram program : settings.programs()) {
            Execution execution = Execution.of(program, Cpu.V3);
            rows.add(new Report.Row(program.name(), program.family(), program.kind(), execution.slots(), execution.instructions(), execution
                    .observation().memories().size(), measure(program)));
            loads.add(Host.load());
        }
        Map<String, String> host = Host.describe();
        host.put("load averages, before each program and at the end", Host.loads(loads));
        host.put("measured", "by JMH, " + settings.forks()
                + " processes for each figure, native code beside each program; the median of their medians of single runs");
        if (settings.build().isEmpty()) {
            host.put("native code", "not measured, for " + settings.programs().size() + " programs: no clang and no gcc on the PATH");
        }
        List<Report.Column> named = columns.entrySet().stream().map(column -> new Report.Column(column.getKey(), column.getValue()))
                .toList();
        return new Report(host, Cpu.V3, named, rows, refusals);
    }

    private Map<String, Measurement> measure(CorpusProgram program) throws RunnerException {
        int inputs = program.inputs().size();
        if (inputs > 1) {
            return refuse(program, inputs + " inputs, and a benchmark of JMH takes one: see bpf4j bench");
        }
        if (program.kind() == Kind.INVOCATION) {
            return refuse(program, "so short that reading the clock would count: see bpf4j bench");
        }
        ChainedOptionsBuilder options = new OptionsBuilder().include("\\." + CorpusBenchmark.class.getSimpleName() + "\\.").param("program",
                program.name()).param("engine", settings.engines().toArray(String[]::new)).forks(settings.forks()).shouldFailOnError(true);
        if (settings.brief()) {
            options.warmupIterations(0).measurementIterations(1).measurementTime(TimeValue.milliseconds(1)).verbosity(VerboseMode.SILENT);
        }
        if (canBeCompiled(program)) {
            options.param("build", settings.build().orElseThrow().name());
        } else {
            options.exclude("\\.nativeCode$");
        }
        return medians(new Runner(options.build()).run());
    }

    private Map<String, Measurement> refuse(CorpusProgram program, String reason) {
        columns.keySet().forEach(column -> refusals.add(new Report.Refusal(column, program.name(), reason)));
        return Map.of();
    }

    /** Tried here, since a benchmark could only fail. */
    private boolean canBeCompiled(CorpusProgram program) {
        if (settings.build().isEmpty()) {
            return false;
        }
        NativeBuild build = settings.build().get();
        try (NativeContender contender = new NativeContender(build)) {
            contender.load(program).close();
            return true;
        } catch (CannotRun e) {
            refusals.add(new Report.Refusal(build.label(), program.name(), e.reason()));
            return false;
        }
    }

    private static Map<String, Measurement> medians(Collection<RunResult> results) {
        Map<String, Measurement> medians = new LinkedHashMap<>();
        for (RunResult result : results) {
            List<Double> forks = new ArrayList<>();
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                forks.add(Measurement.median(fork.getIterationResults().stream().mapToDouble(iteration -> iteration.getPrimaryResult()
                        .getStatistics().getPercentile(MIDDLE)).toArray()));
            }
            String build = result.getParams().getParam("build");
            String name = build != null ? NativeBuild.valueOf(build).label()
                    : column(result.getParams().getParam("engine"), result.getParams().getParam("policy"));
            medians.put(name, new Measurement(forks));
        }
        return medians;
    }

    private static String column(String engine, String policy) {
        return engine + " " + policy.toLowerCase(Locale.ROOT);
    }
}
