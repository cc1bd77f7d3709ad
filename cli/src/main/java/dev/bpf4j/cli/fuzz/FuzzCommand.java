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
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code bpf4j fuzz}: random programs through several engines. */
public final class FuzzCommand implements Subcommand.Task {
    private static final String LINUX = "linux";
    private static final String REFERENCE = "rfc";

    @Option(names = "--engine", paramLabel = "E", description = "An engine; the first one is what the others are compared with. Default: all but linux, from rfc on. linux is compared with the others over programs of the profile kernel.") private List<String> engineNames = new ArrayList<>();

    @Option(names = "--profile", paramLabel = "P", description = "What the programs look like: mixed, single, straight, accesses, control, kernel. Default: mixed; with linux: kernel.") private @Nullable String profileName;

    @Option(names = "--programs", paramLabel = "N", description = "How many programs. Default: ${DEFAULT-VALUE}.") private long programs = 20_000;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the first program; the others have the following ones. Default: ${DEFAULT-VALUE}.") private long seed = 1;

    @Option(names = "--items", paramLabel = "N", description = "Instructions that a program has at least. Default: the profile's, which is 40, of single 1.") private @Nullable Integer items;

    @Option(names = "--jobs", paramLabel = "N", description = "Threads; which programs are run does not depend on them. Default: as many as there are processors; with linux always 1.") private int jobs = Runtime
            .getRuntime().availableProcessors();

    @Option(names = "--out", paramLabel = "FOLDER", description = "Write each finding to a .bpft file in this folder. Default: findings are shown at the end.") private @Nullable Path out;

    @Option(names = "--show", description = "Show the program of --seed as a .bpft file, and run nothing.") private boolean show;

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.") private OutputFormat format = OutputFormat.TEXT;

    @Override
    public List<String> examples() {
        return List.of("bpf4j fuzz", "bpf4j fuzz --engine rfc --engine interpreter --programs 1000000 --seed 42 --out findings",
                "bpf4j fuzz --engine linux --engine interpreter --programs 20000", "bpf4j fuzz --profile control --seed 7 --show");
    }

    @Override
    public ExitCode run(Console console) throws IOException {
        check(programs >= 1, "--programs " + programs + ": expected at least 1");
        check(jobs >= 1 && jobs <= 1024, "--jobs " + jobs + ": expected 1 to 1024");
        check(items == null || items >= 1 && items <= 1000, "--items " + items + ": expected 1 to 1000");
        boolean kernelNamed = engineNames.contains(LINUX);
        Profile profile = profile(kernelNamed);
        if (show) {
            console.out().print(BpftWriter.write(Campaign.program(profile, seed)));
            return ExitCode.OK;
        }
        check(!kernelNamed || profile.kernel(), "engine linux takes programs of the profile kernel only, not of " + profile.name());
        List<Engine> engines = engines(kernelNamed);
        boolean kernel = profile.kernel() && engines.removeIf(engine -> engine.name().equals(LINUX));
        boolean leftOut = !kernel && engines.removeIf(engine -> engine.name().equals(LINUX));
        check(engines.size() >= (kernel ? 1 : 2), "there is nothing to compare " + engines.stream().map(Engine::name).collect(Collectors
                .joining(", ")) + " with");
        if (out != null) {
            Files.createDirectories(out);
        }
        FuzzReport report = kernel ? kernel(console, engines, profile) : engines(console, engines, profile, leftOut);
        return tell(console, report);
    }

    private static void check(boolean right, String message) {
        if (!right) {
            throw new UserError(message);
        }
    }

    private Profile profile(boolean kernel) {
        Profile profile;
        try {
            profile = profileName == null ? kernel ? Profile.KERNEL : Profile.MIXED : Profile.named(profileName);
        } catch (IllegalArgumentException e) {
            throw new UserError("--profile: " + e.getMessage(), e);
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
        return FuzzReport.of(campaign.run(seed, programs, done -> progress(console, done.programs(), done.differing(), done
                .perCpuSecond())), profile, seed, linux);
    }

    private FuzzReport kernel(Console console, List<Engine> engines, Profile profile) {
        try (KernelCampaign campaign = new KernelCampaign(engines, profile)) {
            KernelCampaign.Summary summary = campaign.run(seed, programs, done -> progress(console, done.programs(), done.differing(), done
                    .perCpuSecond()));
            check(summary.unavailable().isEmpty(), "engine linux cannot run here: " + summary.unavailable());
            return FuzzReport.of(summary, profile, seed);
        }
    }

    private void progress(Console console, long done, long differing, double rate) {
        if (console.interactive() && done < programs) {
            console.err().println(String.format(Locale.ROOT, "bpf4j: %,d of %,d programs, %,.0f per second and core, %,d disagreements",
                    done, programs, rate, differing));
        }
    }

    private ExitCode tell(Console console, FuzzReport report) throws IOException {
        List<String> files = new ArrayList<>();
        if (out != null) {
            for (Finding finding : report.findings()) {
                Path file = out.resolve(finding.profile() + "-" + finding.seed() + ".bpft");
                Files.writeString(file, finding.file());
                files.add(Printable.line(file.toString()));
            }
        }
        switch (format) {
            case TEXT -> report.print(console.out(), files);
            case JSON -> report.json(console.out(), files);
        }
        return report.differing() == 0 ? ExitCode.OK : ExitCode.DISAGREEMENT;
    }
}
