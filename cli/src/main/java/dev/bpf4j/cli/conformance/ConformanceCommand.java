// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.conformance;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.Version;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.conformance.candidate.AdapterCandidate;
import dev.bpf4j.conformance.candidate.Candidate;
import dev.bpf4j.conformance.candidate.EngineCandidate;
import dev.bpf4j.conformance.candidate.PluginCandidate;
import dev.bpf4j.conformance.data.DataFile;
import dev.bpf4j.conformance.report.Campaign;
import dev.bpf4j.conformance.report.Header;
import dev.bpf4j.conformance.report.KnownFailures;
import dev.bpf4j.conformance.report.Report;
import dev.bpf4j.conformance.suite.Group;
import dev.bpf4j.conformance.suite.Suites;
import dev.bpf4j.conformance.suite.TestCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code bpf4j conformance}: which conformance groups a runtime supports, and exactly what fails. */
public final class ConformanceCommand implements Subcommand.Task {
    @Option(names = "--engine", paramLabel = "E", description = "An engine of this program, linux among them; several, or all. Default: all, if there is no plugin and no adapter.") private List<String> engines = new ArrayList<>();

    @Option(names = "--plugin", paramLabel = "[NAME=]CMD", description = "An outside runtime in the public suite's protocol: command and options, parted by blanks.") private List<String> plugins = new ArrayList<>();

    @Option(names = "--adapter", paramLabel = "[NAME=]CMD", description = "An outside runtime in this project's protocol (docs/conformance-protocol.md).") private List<String> adapters = new ArrayList<>();

    @Option(names = "--suite", paramLabel = "DIR", description = "A folder of .data files of the public suite, or of .bpft files; besides what is built in.") private List<Path> suites = new ArrayList<>();

    @Option(names = "--group", paramLabel = "G", description = "Only cases of this conformance group; several.") private List<String> groups = new ArrayList<>();

    @Option(names = "--cpu", paramLabel = "v1..v4", description = "Only cases that need no more than this clang -mcpu.") private @Nullable String cpu;

    @Option(names = "--filter", paramLabel = "REGEX", description = "Only cases with this in their id.") private @Nullable String filter;

    @Option(names = "--vectors", paramLabel = "N", description = "Generated programs per instruction and byte order; 0: none; 2000 take minutes on engines that compile. Default: ${DEFAULT-VALUE}.") private int vectors = 200;

    @Option(names = "--known", paramLabel = "FILE", description = "Failures that are known, with their reasons (docs/conformance.md).") private List<Path> known = new ArrayList<>();

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long an outside runtime may take for a program. Default: ${DEFAULT-VALUE}.") private int timeout = 10;

    @Option(names = "--threads", paramLabel = "N", description = "Cases that run at the same time. Default: as many as there are CPUs.") private int threads = Runtime
            .getRuntime().availableProcessors();

    @Option(names = "--report", paramLabel = "FILE", description = "Write a report: .json, .html, .md, .svg (badge), or .xml (JUnit); several.") private List<Path> reports = new ArrayList<>();

    @Option(names = "--brief", description = "Print groups and failures only.") private boolean brief;

    @Option(names = "--compare", paramLabel = "A B", arity = "2", description = "Run nothing; tell what has changed between two JSON reports.") private List<Path> compare = new ArrayList<>();

    @Override
    public List<String> examples() {
        return List.of("bpf4j conformance --suite bpf_conformance/tests --report report.html",
                "bpf4j conformance --plugin 'ubpf=ubpf_plugin --jit' --suite bpf_conformance/tests --cpu v3",
                "bpf4j conformance --adapter ./my_runtime_adapter --group divmul64",
                "bpf4j conformance --compare before.json after.json");
    }

    @Override
    public ExitCode run(Console console) throws IOException, InterruptedException {
        if (!compare.isEmpty()) {
            if (compare.size() != 2) {
                throw new UserError("--compare: expected two reports, found " + compare.size());
            }
            return Comparison.of(compare.getFirst(), compare.getLast()).print(console.out());
        }
        check(vectors >= 0, "--vectors " + vectors + ": expected at least 0");
        check(timeout >= 1, "--timeout " + timeout + ": expected at least 1");
        check(threads >= 1, "--threads " + threads + ": expected at least 1");
        List<ReportFile> files = reports.stream().map(ReportFile::of).toList();
        KnownFailures failures = KnownFailures.NONE;
        for (Path file : known) {
            failures = failures.and(KnownFailures.read(file));
        }
        List<TestCase> cases = cases();
        List<Candidate> candidates = candidates();
        Report report;
        try {
            for (Candidate candidate : candidates) {
                candidate.unavailable().ifPresent(reason -> {
                    throw new UserError(candidate.option() + ": " + reason);
                });
            }
            report = run(console, cases, candidates, failures);
        } finally {
            candidates.forEach(Candidate::close);
        }
        for (ReportFile file : files) {
            file.write(report);
        }
        new TextReport(report, console.out(), brief).print();
        return report.good() ? ExitCode.OK : ExitCode.DISAGREEMENT;
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new UserError(message);
        }
    }

    private Report run(Console console, List<TestCase> cases, List<Candidate> candidates, KnownFailures failures)
            throws InterruptedException {
        int all = cases.size() * candidates.size();
        boolean shown = console.interactive();
        Header header = Header.here(Version.number() + SourceCommit.find().map(commit -> ", commit " + commit).orElse(""), cases);
        Report report = new Campaign(candidates, cases, failures, threads).run(header, done -> {
            if (shown && (done % 16 == 0 || done == all)) {
                console.err().print("\r" + done + " of " + all + " results");
                console.err().flush();
            }
        });
        if (shown) {
            console.err().print("\r" + " ".repeat(40) + "\r");
            console.err().flush();
        }
        return report;
    }

    private List<TestCase> cases() throws IOException {
        Predicate<String> wanted = wanted();
        List<TestCase> all = new ArrayList<>(Suites.bundled());
        for (Path folder : suites) {
            all.addAll(hasData(folder) ? Suites.data(folder, wanted)
                    : Suites.bpft(String.valueOf(folder.toAbsolutePath().normalize()
                            .getFileName()), folder));
        }
        if (vectors > 0) {
            all.addAll(Suites.vectors(vectors));
        }
        List<Group> chosen = groups.stream().map(ConformanceCommand::group).toList();
        int newest = cpu == null ? Integer.MAX_VALUE : cpu(cpu);
        List<TestCase> left = all.stream().filter(testCase -> wanted.test(testCase.id()) && (chosen.isEmpty() || chosen.contains(testCase
                .group()))
                && Suites.age(testCase.since()) <= newest).toList();
        check(!left.isEmpty(), "no case is left of " + all.size() + " by --filter, --group and --cpu");
        return left;
    }

    private Predicate<String> wanted() {
        if (filter == null) {
            return id -> true;
        }
        try {
            Pattern pattern = Pattern.compile(filter);
            return id -> pattern.matcher(id).find();
        } catch (PatternSyntaxException e) {
            throw new UserError("--filter " + filter + ": " + e.getDescription(), e);
        }
    }

    private static boolean hasData(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toString().endsWith(DataFile.SUFFIX));
        }
    }

    private static Group group(String name) {
        return Arrays.stream(Group.values()).filter(group -> group.text().equals(name.toLowerCase(Locale.ROOT))).findFirst().orElseThrow(
                () -> new UserError("--group " + name + ": expected " + Arrays.stream(Group.values()).map(Group::text).collect(Collectors
                        .joining(
                                ", "))));
    }

    private static int cpu(String version) {
        if (!version.matches("v[1-4]")) {
            throw new UserError("--cpu " + version + ": expected v1, v2, v3 or v4");
        }
        return Suites.age(version);
    }

    private List<Candidate> candidates() {
        List<Candidate> candidates = new ArrayList<>();
        List<String> names = engines.isEmpty() && plugins.isEmpty() && adapters.isEmpty() ? List.of(EngineNames.ALL) : engines;
        EngineNames.of(names).forEach(engine -> candidates.add(new EngineCandidate(engine)));
        Duration limit = Duration.ofSeconds(timeout);
        outside("--plugin", plugins, command -> name -> new PluginCandidate(name, command, limit), candidates);
        outside("--adapter", adapters, command -> name -> new AdapterCandidate(name, command, limit), candidates);
        return candidates;
    }

    private static void outside(String option, List<String> given, Function<List<String>, Function<String, Candidate>> make,
            List<Candidate> candidates) {
        for (String text : given) {
            int equals = text.indexOf('=');
            boolean named = equals > 0 && text.substring(0, equals).matches("[\\w.-]+");
            List<String> command = List.of((named ? text.substring(equals + 1) : text).strip().split("\\s+"));
            check(!command.getFirst().isEmpty(), option + " '" + text + "': expected a command");
            String name = named ? text.substring(0, equals) : String.valueOf(Path.of(command.getFirst()).getFileName());
            String unique = name;
            for (int i = 2; taken(unique, candidates); i++) {
                unique = name + "-" + i;
            }
            candidates.add(make.apply(command).apply(unique));
        }
    }

    private static boolean taken(String name, List<Candidate> candidates) {
        return candidates.stream().anyMatch(candidate -> candidate.name().equals(name));
    }
}
