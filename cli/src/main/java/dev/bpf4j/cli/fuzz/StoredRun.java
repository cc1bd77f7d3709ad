// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.fuzz;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.OutputFormat;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.fuzz.corpus.CampaignSpec;
import dev.bpf4j.fuzz.corpus.StoredCampaign;
import dev.bpf4j.fuzz.corpus.StoredSummary;
import dev.bpf4j.fuzz.corpus.TestInput;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A campaign in a folder, or in one that is there only as long as the campaign.
 *
 * @param corpus   the folder; null: one for the time being
 * @param findings where findings go; null: into the folder, and if that is for the time being, they are shown
 * @param from     programs to mutate, besides
 */
record StoredRun(CampaignSpec spec, @Nullable Path corpus, @Nullable Path findings, List<Path> from) {
    /** Longer programs of objects are left out: mutants of them are slow, and shrinking is slower. */
    private static final int MOST_SLOTS = 2_000;

    ExitCode run(Console console, long programs, Duration time, int jobs, OutputFormat format, boolean linuxLeftOut,
            Consumer<StoredSummary> progress) throws IOException, InterruptedException {
        Path folder = corpus != null ? corpus : Files.createTempDirectory("bpf4j-fuzz-");
        Path place = findings != null ? findings : folder.resolve("findings");
        boolean shown = corpus == null && findings == null;
        try (StoredCampaign campaign = StoredCampaign.open(folder, place, spec)) {
            addPrograms(campaign);
            StoredSummary summary = campaign.run(programs, time, jobs, progress);
            FuzzReport report = FuzzReport.of(summary, campaign.missing(), linuxLeftOut);
            List<String> files = shown ? List.of() : summary.findings().stream().map(file -> Printable.line(file.toString())).toList();
            return report.tell(console, files, format);
        } finally {
            if (corpus == null) {
                delete(folder);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void addPrograms(StoredCampaign campaign) throws IOException {
        for (Path path : from) {
            int number = 0;
            for (Path file : files(path)) {
                for (TestInput input : inputs(file)) {
                    String name = String.valueOf(file.getFileName()).replaceAll("[^A-Za-z0-9_]", "_");
                    campaign.addSeed("from-" + name + "-" + number++ + BpftFile.SUFFIX, input);
                }
            }
            if (number == 0) {
                throw new UserError("--from " + path + ": there is no program of at most " + MOST_SLOTS + " slots");
            }
        }
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(file -> file.toString().endsWith(".o") || file.toString().endsWith(BpftFile.SUFFIX)).sorted().toList();
        }
    }

    private static List<TestInput> inputs(Path file) throws IOException {
        List<TestInput> inputs = new ArrayList<>();
        if (file.toString().endsWith(BpftFile.SUFFIX)) {
            for (BpftCase testCase : BpftFile.read(file).cases()) {
                inputs.add(TestInput.of(testCase));
            }
            return inputs;
        }
        try {
            for (Program program : BpfObject.load(file).programs()) {
                if (program.slots() <= MOST_SLOTS) {
                    Profile profile = Profile.MIXED;
                    inputs.add(new TestInput(new TestInput.Variant(profile, Policy.STRICT, program.order()), program.code(), new long[10],
                            new byte[profile.memory()], new byte[profile.packet()]));
                }
            }
        } catch (LoadException e) {
            throw new UserError("--from " + file + ": " + e.getMessage(), e);
        }
        return inputs;
    }
}
