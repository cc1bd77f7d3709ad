// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.bench;

import dev.bpf4j.bench.compare.Comparison;
import dev.bpf4j.bench.compare.Contender;
import dev.bpf4j.bench.compare.Disagreement;
import dev.bpf4j.bench.compare.EngineContender;
import dev.bpf4j.bench.compare.KernelContender;
import dev.bpf4j.bench.compare.Markdown;
import dev.bpf4j.bench.compare.NativeBuild;
import dev.bpf4j.bench.compare.NativeContender;
import dev.bpf4j.bench.compare.OutsideContender;
import dev.bpf4j.bench.compare.OutsideEngine;
import dev.bpf4j.bench.compare.Report;
import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.RefusedByLinux;
import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.vm.Engines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code bpf4j bench}: the benchmark corpus in engines, as native code, and in the kernel. */
public final class BenchCommand implements Subcommand.Task {
    private static final String NATIVE = "native";
    private static final String OUTSIDE = "outside";
    private static final int MOST_ROUNDS = 1000;

    @Option(names = "--engine", paramLabel = "E", description = "An engine; linux; native for code of this machine's compilers; outside for "
            + "other projects' runtimes by their adapters, or ubpf or rbpf; may be repeated. Default: all of them.") private List<String> engines = new ArrayList<>();

    @Option(names = "--program", paramLabel = "P", description = "A program of the corpus, or a family of programs; may be repeated. Default: "
            + "all.") private List<String> programs = new ArrayList<>();

    @Option(names = "--policy", description = "${COMPLETION-CANDIDATES}; may be repeated. Default: STRICT.") private List<Policy> policies = new ArrayList<>();

    @Option(names = "--cpu", description = "Which objects: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.") private Cpu cpu = Cpu.V3;

    @Option(names = "--rounds", paramLabel = "N", description = "Rounds of 101 batches each. Default: ${DEFAULT-VALUE}.") private int rounds = 3;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.") private ReportFormat format = ReportFormat.TEXT;

    @Option(names = "--out", paramLabel = "FILE", description = "Write to this file instead of standard output. Markdown replaces the marked "
            + "part of a file that exists.") private @Nullable Path out;

    @Option(names = "--skip-refused", description = "Do not ask the kernel for programs that it is known to refuse after minutes.") private boolean skipRefused;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures, as --format json would, to this file as well.") private @Nullable Path json;

    @Option(names = "--chart", paramLabel = "FILE", description = "Write the picture, as --format svg would, to this file as well.") private @Nullable Path chart;

    @Override
    public List<String> examples() {
        return List.of("bpf4j bench", "bpf4j bench --engine interpreter --engine native --program siphash --program fresh",
                "bpf4j bench --skip-refused --policy strict --policy sandbox --format markdown --out docs/benchmarks.md --chart docs/benchmarks.svg");
    }

    @Override
    public ExitCode run(Console console) throws IOException, LoadException {
        if (rounds < 1 || rounds > MOST_ROUNDS) {
            throw new UserError("--rounds: " + rounds + ", expected 1 to " + MOST_ROUNDS);
        }
        List<Contender> contenders = contenders();
        Comparison.Plan plan = Comparison.Plan.standard(chosen(Corpus.shipped()), cpu).withRounds(rounds);
        String document = document();
        try {
            Report report = Comparison.run(plan, contenders, line -> console.err().println("bench: " + line));
            write(report, document, console);
            return ExitCode.OK;
        } catch (Disagreement e) {
            console.err().println("bpf4j: " + e.getMessage() + "; nothing is reported");
            return ExitCode.DISAGREEMENT;
        }
    }

    /** The file that a part of is to be replaced, looked at before anything is measured; the empty string if there is none. */
    private String document() throws IOException {
        if (out == null || format != ReportFormat.MARKDOWN || !Files.exists(out)) {
            return "";
        }
        String document = Files.readString(out);
        replaced(document, Markdown.BEGIN + "\n" + Markdown.END + "\n");
        return document;
    }

    private String replaced(String document, String part) {
        try {
            return Markdown.replaceIn(document, part);
        } catch (IllegalArgumentException e) {
            throw new UserError(out + ": " + e.getMessage(), e);
        }
    }

    private void write(Report report, String document, Console console) throws IOException {
        String text = format.write(report);
        if (out == null) {
            console.out().print(text);
        } else {
            Files.writeString(out, document.isEmpty() ? text : replaced(document, text));
        }
        if (json != null) {
            Files.writeString(json, ReportFormat.JSON.write(report));
        }
        if (chart != null) {
            Files.writeString(chart, ReportFormat.SVG.write(report));
        }
    }

    private List<CorpusProgram> chosen(Corpus corpus) {
        if (programs.isEmpty()) {
            return corpus.programs();
        }
        for (String name : programs) {
            if (corpus.programs().stream().noneMatch(program -> program.name().equals(name) || program.family().equals(name))) {
                throw new UserError("--program: no program or family " + name + "; there are " + names(corpus.programs().stream().map(
                        CorpusProgram::name)) + "; families " + names(corpus.programs().stream().map(CorpusProgram::family)));
            }
        }
        return corpus.programs().stream().filter(program -> programs.contains(program.name()) || programs.contains(program.family()))
                .toList();
    }

    private static String names(Stream<String> names) {
        return names.distinct().collect(Collectors.joining(", "));
    }

    private List<Contender> contenders() {
        List<Contender> contenders = new ArrayList<>();
        boolean all = engines.isEmpty() || engines.contains(EngineNames.ALL);
        List<Policy> under = policies.isEmpty() ? List.of(Policy.STRICT) : policies.stream().distinct().toList();
        for (Engine engine : engines(all)) {
            under.forEach(policy -> contenders.add(new EngineContender(engine, policy)));
        }
        if (all || engines.contains(KernelContender.NAME)) {
            contenders.add(new KernelContender(skipRefused ? RefusedByLinux.of(Corpus.shipped()).stream().filter(RefusedByLinux::slow)
                    .toList()
                    : List.of()));
        }
        if (all || engines.contains(NATIVE)) {
            Stream.of(NativeBuild.values()).map(NativeContender::new).forEach(contenders::add);
        }
        Stream.of(OutsideEngine.values()).filter(runtime -> all || engines.contains(OUTSIDE) || engines.contains(runtime.adapter())).map(
                OutsideContender::new).forEach(contenders::add);
        return contenders;
    }

    /** Whether this is no engine of ours. */
    private static boolean foreign(String name) {
        return name.equals(NATIVE) || name.equals(OUTSIDE) || name.equals(KernelContender.NAME) || Stream.of(OutsideEngine.values())
                .anyMatch(
                        runtime -> runtime.adapter().equals(name));
    }

    /** The engines proper: all but the automatic choice, which is one of them; engines named are taken as they are. */
    private List<Engine> engines(boolean all) {
        if (all) {
            return Engines.all().reversed().stream().filter(engine -> !engine.name().equals(EngineNames.AUTO) && !engine.name().equals(
                    KernelContender.NAME)).toList();
        }
        return EngineNames.of(engines.stream().filter(name -> !foreign(name)).toList());
    }
}
