// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.fuzz;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.Subcommand;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.conformance.bpft.BpftWriter;
import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.campaign.KernelCampaign;
import dev.bpf4j.fuzz.campaign.ParallelCampaign;
import dev.bpf4j.fuzz.corpus.CampaignFolder;
import dev.bpf4j.fuzz.corpus.CampaignSpec;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bpf4j fuzz}: random programs through several engines; {@code replay}, {@code minimize}, {@code mutants}. */
public final class FuzzCommand implements Subcommand.Task {
    private static final String LINUX = "linux";
    private static final String REFERENCE = "rfc";
    private static final long DEFAULT_PROGRAMS = 20_000;

    @Parameters(arity = "0..2", paramLabel = "WORD", description = "Nothing: a campaign. replay FILE: compare the engines over a .bpft file. minimize FILE: make its case smaller while they disagree. mutants: whether campaigns notice every seeded bug.") private List<String> words = new ArrayList<>();

    @Option(names = "--engine", split = ",", paramLabel = "E", description = "An engine; several with commas. The first one is what the others are compared with. Default: all but linux, from rfc on. linux is compared with the others over programs of the generator kernel.") private List<String> engineNames = new ArrayList<>();

    @Option(names = "--plugin", paramLabel = "CMD", description = "An outside runtime in the public suite's protocol, compared with the first engine, rfc if none is named; several.") private List<String> plugins = new ArrayList<>();

    @Option(names = "--adapter", paramLabel = "CMD", description = "The same in this project's protocol (docs/conformance-protocol.md), which is hundreds of times faster.") private List<String> adapters = new ArrayList<>();

    @Option(names = {"--generator",
        "--profile"}, split = ",", paramLabel = "G", description = "What the programs look like; several with commas are taken in turns: mixed, single, straight, accesses, control, kernel, bounds, jumps, tail, callbacks, maps, sequences, big, wild, mutate. Default: mixed; with --corpus: those that it was begun with, at first most of them; with linux: kernel.") private List<String> generators = new ArrayList<>();

    @Option(names = "--programs", paramLabel = "N", description = "How many programs; with --corpus since the campaign began. Default: 20000; with --time: any number.") private @Nullable Long programs;

    @Option(names = "--time", paramLabel = "T", description = "How long: a number and s, m, h or d.") private @Nullable String time;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the first program; the others have the following ones. Default: ${DEFAULT-VALUE}.") private long seed = 1;

    @Option(names = "--items", paramLabel = "N", description = "Instructions that a program has at least. Default: the generator's, which is 40, of single 1.") private @Nullable Integer items;

    @Option(names = "--jobs", paramLabel = "N", description = "Workers; which programs are generated does not depend on them. Default: as many as there are processors; with linux always 1.") private int jobs = Runtime
            .getRuntime().availableProcessors();

    @Option(names = "--corpus", paramLabel = "FOLDER", description = "A campaign on disk, guided by coverage: begins it, or goes on with it after whatever has happened.") private @Nullable Path corpus;

    @Option(names = "--from", paramLabel = "PATH", description = "With --corpus: a .bpft file, an object, or a folder of them, whose programs are mutated too; several.") private List<Path> from = new ArrayList<>();

    @Option(names = {"--findings",
        "--out"}, paramLabel = "FOLDER", description = "Write each finding to a .bpft file in this folder. Default: with --corpus a folder in it, else findings are shown at the end.") private @Nullable Path findings;

    @Option(names = "--every", paramLabel = "N", description = "With mutants: only one of so many. Default: ${DEFAULT-VALUE}.") private int every = 1;

    @Option(names = "--kind", split = ",", paramLabel = "K", description = "With mutants: what is mutated: table, jvm, x86-64, arm64, history; several with commas. Default: all that can run here.") private List<String> kinds = new ArrayList<>();

    @Option(names = "--list", description = "With mutants: their names and what is wrong, without running any.") private boolean list;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "How long an outside runtime may take for a program. Default: ${DEFAULT-VALUE}.") private int timeout = 10;

    @Option(names = "--show", description = "Show the program of --seed as a .bpft file, and run nothing.") private boolean show;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.") private OutputFormat format = OutputFormat.TEXT;

    @Override
    public List<String> examples() {
        return List.of("bpf4j fuzz", "bpf4j fuzz --engine rfc,x86-64 --corpus campaign --time 8h --jobs 2",
                "bpf4j fuzz --engine rfc,interpreter --programs 1000000 --seed 42 --findings findings",
                "bpf4j fuzz --adapter './ubpf_adapter --jit' --programs 100000", "bpf4j fuzz --engine linux,interpreter --programs 20000",
                "bpf4j fuzz replay findings/case.bpft", "bpf4j fuzz minimize findings/case.bpft --engine rfc,x86-64",
                "bpf4j fuzz mutants --every 10", "bpf4j fuzz mutants --kind jvm,x86-64", "bpf4j fuzz mutants --kind history --list",
                "bpf4j fuzz --generator control --seed 7 --show");
    }

    @Override
    public ExitCode run(Console console) throws IOException, InterruptedException {
        check(programs == null || programs >= 1, "--programs " + programs + ": expected at least 1");
        check(jobs >= 1 && jobs <= 1024, "--jobs " + jobs + ": expected 1 to 1024");
        check(items == null || items >= 1 && items <= 1000, "--items " + items + ": expected 1 to 1000");
        check(every >= 1, "--every " + every + ": expected at least 1");
        check(timeout >= 1, "--timeout " + timeout + ": expected at least 1");
        check(from.isEmpty() || corpus != null, "--from: only with --corpus");
        check(kinds.isEmpty() && !list || words.contains("mutants"), "--kind and --list: only with mutants");
        if (words.isEmpty()) {
            return campaign(console);
        }
        return switch (words.getFirst()) {
            case "replay" -> FindingCommands.replay(console, file(), engineNames);
            case "minimize" -> FindingCommands.minimize(console, file(), engineNames);
            case "mutants" -> {
                check(words.size() == 1, "fuzz mutants: there is no '" + words.getLast() + "' behind it");
                MutantsReport report = new MutantsReport(kinds, every, programs, jobs);
                yield list ? report.list(console) : report.run(console, format);
            }
            default -> throw new UserError("fuzz " + words.getFirst() + ": expected replay FILE, minimize FILE, mutants, or only options");
        };
    }

    private Path file() {
        check(words.size() == 2, "fuzz " + words.getFirst() + ": expected a .bpft file behind it");
        return Path.of(words.getLast());
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new UserError(message);
        }
    }

    private ExitCode campaign(Console console) throws IOException, InterruptedException {
        boolean kernelNamed = engineNames.contains(LINUX);
        if (show) {
            console.out().print(BpftWriter.write(Campaign.program(profile(kernelNamed), seed)));
            return ExitCode.OK;
        }
        if (!plugins.isEmpty() || !adapters.isEmpty()) {
            check(corpus == null, "--corpus: not with --plugin and --adapter, whose programs do not depend on what came before");
            return tell(console, new OutsideRun(plugins, adapters, timeout, engineNames).run(seed, programs(), duration(), done -> progress(
                    console, done.programs(), done.differing(), done.programs() / Math.max(done.seconds(), 1e-9))));
        }
        List<Engine> engines = engines(kernelNamed);
        if (stored(engines, kernelNamed)) {
            return onDisk(console, engines, kernelNamed);
        }
        Profile profile = profile(kernelNamed);
        check(!kernelNamed || profile.kernel(), "engine linux takes programs of the generator kernel only, not of " + profile.name());
        check(time == null || !profile.kernel(), "--time: not with the generator kernel; say --programs");
        boolean kernel = profile.kernel() && engines.removeIf(engine -> engine.name().equals(LINUX));
        boolean leftOut = !kernel && engines.removeIf(engine -> engine.name().equals(LINUX));
        comparable(engines, kernel ? 1 : 2);
        if (findings != null) {
            Files.createDirectories(findings);
        }
        return tell(console, kernel ? kernel(console, engines, profile) : engines(console, engines, profile, leftOut));
    }

    private static void comparable(List<Engine> engines, int least) {
        check(engines.size() >= least, "there is nothing to compare " + engines.stream().map(Engine::name).collect(Collectors.joining(", "))
                + " with");
    }

    /** Engines that run machine code can take their process down, so they run in one of their own; so do campaigns that last. */
    private boolean stored(List<Engine> engines, boolean kernelNamed) {
        boolean needed = corpus != null || time != null || generators.size() > 1 || generators.contains("wild") || generators.contains(
                CampaignSpec.MUTATE);
        check(!kernelNamed || !needed || corpus != null, "engine linux: --time and several generators only with --corpus");
        boolean nativeCode = engines.stream().anyMatch(engine -> List.of("x86-64", "arm64").contains(engine.name()));
        boolean plain = items != null || generators.equals(List.of("kernel"));
        check(!needed || items == null, "--items: not with --corpus, --time and several generators");
        return needed || nativeCode && !kernelNamed && !plain;
    }

    private ExitCode onDisk(Console console, List<Engine> engines, boolean kernelNamed) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>(engines.stream().map(Engine::name).toList());
        boolean linux = names.remove(LINUX);
        check(linux || !kernelNamed, "engine linux cannot run here");
        check(names.size() >= (kernelNamed ? 1 : 2), "there is nothing to compare " + String.join(", ", names) + " with");
        if (kernelNamed) {
            names.add(LINUX);
        }
        CampaignSpec spec;
        try {
            spec = new CampaignSpec(names, chosen(kernelNamed), seed);
        } catch (IllegalArgumentException e) {
            throw new UserError("--engine, --generator: " + e.getMessage(), e);
        }
        StoredRun run = new StoredRun(spec, corpus, findings, from);
        return run.run(console, programs(), duration(), jobs, format, linux && !kernelNamed, done -> progress(console, done.result()
                .programs(), done
                        .result().differing(), done.perCpuSecond()));
    }

    /** The generators; a campaign that was begun with others than are usual now goes on with those. */
    private List<String> chosen(boolean kernelNamed) throws IOException {
        if (!generators.isEmpty()) {
            return generators;
        }
        List<String> usual = new ArrayList<>(CampaignSpec.ALL_GENERATORS);
        if (kernelNamed) {
            usual.add(Profile.KERNEL.name());
        }
        return corpus == null ? List.of("mixed") : CampaignFolder.generators(corpus).orElse(usual);
    }

    private long programs() {
        return programs != null ? programs : time != null ? Long.MAX_VALUE : DEFAULT_PROGRAMS;
    }

    private Duration duration() {
        if (time == null) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
        check(time.matches("[0-9]{1,6}[smhd]"), "--time " + time + ": expected a number and s, m, h or d, such as 90s or 8h");
        long number = Long.parseLong(time.substring(0, time.length() - 1));
        return switch (time.charAt(time.length() - 1)) {
            case 's' -> Duration.ofSeconds(number);
            case 'm' -> Duration.ofMinutes(number);
            case 'h' -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private Profile profile(boolean kernel) {
        check(generators.size() <= 1, "--generator " + String.join(",", generators) + ": expected one here");
        Profile profile;
        try {
            profile = generators.isEmpty() ? kernel ? Profile.KERNEL : Profile.MIXED : Profile.named(generators.getFirst());
        } catch (IllegalArgumentException e) {
            throw new UserError("--generator: " + e.getMessage(), e);
        }
        return items == null ? profile : profile.withItems(items);
    }

    /** The engines named; if none is, or linux alone, all others too, the reference first. */
    private List<Engine> engines(boolean kernelNamed) {
        List<String> names = new ArrayList<>(engineNames);
        if (names.isEmpty() || kernelNamed && names.stream().allMatch(LINUX::equals)) {
            names.add(EngineNames.ALL);
        }
        if (names.contains(EngineNames.ALL)) {
            names.addFirst(REFERENCE);
        }
        return new ArrayList<>(EngineNames.of(names));
    }

    private FuzzReport engines(Console console, List<Engine> engines, Profile profile, boolean linux) {
        ParallelCampaign campaign = new ParallelCampaign(() -> engines, profile, jobs);
        return FuzzReport.of(campaign.run(seed, programs(), done -> progress(console, done.programs(), done.differing(), done
                .perCpuSecond())), profile, seed, linux);
    }

    private FuzzReport kernel(Console console, List<Engine> engines, Profile profile) {
        try (KernelCampaign campaign = new KernelCampaign(engines, profile)) {
            KernelCampaign.Summary summary = campaign.run(seed, programs(), done -> progress(console, done.programs(), done.differing(),
                    done.perCpuSecond()));
            check(summary.unavailable().isEmpty(), "engine linux cannot run here: " + summary.unavailable());
            return FuzzReport.of(summary, profile, seed);
        }
    }

    private void progress(Console console, long done, long differing, double rate) {
        if (console.interactive() && done < programs()) {
            console.err().println(String.format(Locale.ROOT, "bpf4j: %,d programs%s, %,.0f per second and core, %,d disagreements", done,
                    programs() == Long.MAX_VALUE ? "" : String.format(Locale.ROOT, " of %,d", programs()), rate, differing));
        }
    }

    private ExitCode tell(Console console, FuzzReport report) throws IOException {
        List<String> files = new ArrayList<>();
        if (findings != null) {
            Files.createDirectories(findings);
            for (Finding finding : report.findings()) {
                Path file = findings.resolve(finding.profile() + "-" + finding.seed() + ".bpft");
                Files.writeString(file, finding.file());
                files.add(Printable.line(file.toString()));
            }
        }
        return report.tell(console, files, format);
    }
}
