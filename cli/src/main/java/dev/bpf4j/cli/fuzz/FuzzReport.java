// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.fuzz;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.json.JsonOutput;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.campaign.KernelCampaign;
import dev.bpf4j.fuzz.generate.Exclusions;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.corpus.CampaignSpec;
import dev.bpf4j.fuzz.corpus.FindingWriter;
import dev.bpf4j.fuzz.corpus.StoredSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a campaign.
 *
 * @param engines    names; the first one is what the others were compared with
 * @param profile    of the programs
 * @param seed       of the first one
 * @param programs   how many
 * @param seconds    time
 * @param cpuSeconds processor time
 * @param outcomes   how often programs ended how
 * @param leftOut    rows that programs of the profile do not have on purpose, each with the reason
 * @param missing    rows and operands that never came, for no reason but chance
 * @param findings   disagreements, one of each kind
 * @param differing  programs that engines disagreed on
 * @param absent     an engine that works here and was not asked, with the reason; empty: all were, or others were named
 */
record FuzzReport(List<String> engines, String profile, long seed, long programs, double seconds, double cpuSeconds,
        Map<String, Long> outcomes, Map<String, String> leftOut, List<String> missing, List<Finding> findings, long differing,
        String absent) {
    private static final int MOST_MISSING = 20;
    private static final String LINUX_ABSENT = "linux: takes programs of the profile kernel only (--engine linux)";

    static FuzzReport of(CampaignSummary summary, Profile profile, long seed, boolean linuxLeftOut) {
        return new FuzzReport(summary.engines(), profile.name(), seed, summary.programs(), summary.wallSeconds(), summary.cpuSeconds(),
                summary.outcomes(), summary.leftOut(), summary.missing(), summary.findings(), summary.differing(), linuxLeftOut
                        ? LINUX_ABSENT
                        : "");
    }

    static FuzzReport of(KernelCampaign.Summary summary, Profile profile, long seed) {
        List<String> engines = new ArrayList<>(List.of("linux"));
        engines.addAll(summary.engines());
        return new FuzzReport(engines, profile.name(), seed, summary.programs(), summary.wallSeconds(), summary.cpuSeconds(), summary
                .results(), Exclusions.of(profile), summary.missing(), summary.findings(), summary.differing(), "");
    }

    /** What a campaign on disk has done; {@code missing} is what its corpus has nowhere. */
    static FuzzReport of(StoredSummary summary, List<String> missing, boolean linuxLeftOut) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Path file : summary.findings()) {
            findings.add(FindingWriter.read(file));
        }
        CampaignSpec spec = summary.spec();
        return new FuzzReport(spec.engines(), String.join(",", spec.generators().stream().distinct().toList()), spec.firstSeed(), summary
                .result().programs(), summary.seconds(), summary.result().cpuNanos() / 1e9, summary.result().outcomes(), Map.of(), missing,
                findings, summary.result().differing(), linuxLeftOut ? LINUX_ABSENT : "");
    }

    private double rate() {
        return programs / Math.max(cpuSeconds, 1e-9);
    }

    /**
     * Prints it for people.
     *
     * @param files where findings were written, in their order; empty: they are shown
     */
    void print(PrintWriter out, List<String> files) {
        out.println(String.format(Locale.ROOT, "%s of profile %s, seeds from %d, engines %s", Printable.count(programs, "program"), profile,
                seed, String.join(", ", engines)));
        out.println(String.format(Locale.ROOT, "  %.1f s, %,.0f programs per second and core", seconds, rate()));
        outcomes.forEach((outcome, times) -> out.println(String.format(Locale.ROOT, "  %-16s %,12d", outcome, times)));
        if (!absent.isEmpty()) {
            out.println("  engine left out: " + absent);
        }
        if (engines.contains("linux")) {
            out.println("  not compared with linux: " + KernelCampaign.NOT_COMPARED);
        }
        if (!leftOut.isEmpty()) {
            out.println("  left out by the profile: " + String.join(", ", leftOut.keySet()));
        }
        out.println("  never made: " + (missing.isEmpty() ? "nothing"
                : String.join(", ", missing.subList(0, Math.min(missing.size(),
                        MOST_MISSING))) + (missing.size() > MOST_MISSING ? " and " + (missing.size() - MOST_MISSING) + " more" : "")));
        for (int i = 0; i < findings.size(); i++) {
            out.println(Printable.line("finding " + (i + 1) + ": " + findings.get(i)));
            if (i < files.size()) {
                out.println("  " + files.get(i));
            } else {
                findings.get(i).file().lines().forEach(line -> out.println(Printable.line("  " + line)));
            }
        }
        out.println(differing == 0 ? "engines agree"
                : "engines disagree on " + Printable.count(differing, "program") + ", in " + Printable
                        .count(findings.size(), "way"));
    }

    /** Prints it in a format; the exit code says whether engines agree. */
    ExitCode tell(Console console, List<String> files, OutputFormat format) {
        switch (format) {
            case TEXT -> print(console.out(), files);
            case JSON -> json(console.out(), files);
        }
        return differing == 0 ? ExitCode.OK : ExitCode.DISAGREEMENT;
    }

    /** Prints it for programs. */
    void json(PrintWriter out, List<String> files) {
        try (JsonOutput json = new JsonOutput(out)) {
            json.object(() -> {
                json.array("engines", () -> engines.forEach(json::value));
                json.field("profile", profile);
                json.field("seed", seed);
                json.field("programs", programs);
                json.field("seconds", seconds);
                json.field("cpuSeconds", cpuSeconds);
                json.field("programsPerCpuSecond", rate());
                json.object("outcomes", () -> outcomes.forEach((outcome, times) -> json.field(outcome, times.longValue())));
                json.field("engineLeftOut", absent.isEmpty() ? null : absent);
                json.object("rowsLeftOut", () -> leftOut.forEach(json::field));
                json.array("neverMade", () -> missing.forEach(json::value));
                json.field("disagreements", differing);
                json.array("findings", () -> {
                    for (int i = 0; i < findings.size(); i++) {
                        finding(json, findings.get(i), i < files.size() ? files.get(i) : null);
                    }
                });
            });
        }
    }

    private static void finding(JsonOutput json, Finding finding, @Nullable String file) {
        json.object(() -> {
            json.field("seed", finding.seed());
            json.field("aspect", finding.difference().aspect().name().toLowerCase(Locale.ROOT));
            json.field("first", finding.difference().first());
            json.field("second", finding.difference().second());
            json.field("detail", finding.difference().detail());
            json.field("slots", finding.slots());
            json.field("slotsShrunken", finding.testCase().program().slots());
            json.field("file", file);
            json.field("bpft", finding.file());
        });
    }
}
