// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.fuzz.campaign.Finding;
import dev.bpf4j.fuzz.edit.Listing;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.generate.ProgramGenerator;
import dev.bpf4j.isa.Isa;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Campaigns on disk: what they keep, that kills lose nothing, that a dying engine is a finding. */
class StoredCampaignTest {
    private static final Duration NO_END = Duration.ofDays(1000);
    private static final List<String> GENERATORS = List.of("straight", CampaignSpec.MUTATE, "control", "wild");
    private static final CampaignSpec WRONG = new CampaignSpec(List.of("rfc", "class:" + WrongEngine.class.getName()), GENERATORS, 1);
    private static final long KILLED_PROGRAMS = 2_500;

    @TempDir Path folder;

    @Test
    void findsShrinksAndKeeps() throws IOException, InterruptedException {
        try (StoredCampaign campaign = StoredCampaign.open(folder, folder.resolve("findings"), WRONG)) {
            StoredSummary summary = campaign.run(1_200, NO_END, 2, progress -> {
                // nobody watches
            });
            assertThat(summary.result().programs()).isEqualTo(1_200);
            assertThat(summary.result().differing()).isPositive();
            assertThat(summary.corpus()).isGreaterThan(50);
            assertThat(summary.deaths()).isZero();
            assertThat(summary.findings()).isNotEmpty().isEqualTo(summary.fresh());
            List<Finding> findings = new ArrayList<>();
            for (Path file : summary.findings()) {
                findings.add(FindingWriter.read(file));
            }
            assertThat(findings).allMatch(one -> Listing.rows(one.testCase().program()).contains("xor32_reg"));
            Finding finding = findings.stream().min(Comparator.comparingInt(one -> one.testCase().program().slots())).orElseThrow();
            assertThat(finding.testCase().program().slots()).isLessThan(10);
            assertThat(finding.file()).contains("First diverging instruction: ", "Code of ", "Engines: rfc, class:", "fuzz replay ");
            assertThat(String.valueOf(summary.findings().getFirst().getFileName())).contains("xor32_reg");
            assertThat(campaign.missing()).doesNotContain("xor32_reg");
        }
    }

    @Test
    void goesOnWhereItWas() throws IOException, InterruptedException {
        CampaignSpec spec = new CampaignSpec(List.of("rfc", "interpreter"), GENERATORS, 5);
        for (int part = 1; part <= 3; part++) {
            try (StoredCampaign campaign = StoredCampaign.open(folder, folder.resolve("findings"), spec)) {
                assertThat(campaign.run(part * 150L, NO_END, 1, progress -> {
                    // nobody watches
                }).result().programs()).isEqualTo(part * 150L);
            }
        }
        assertThatThrownBy(() -> StoredCampaign.open(folder, folder, new CampaignSpec(spec.engines(), spec.generators(), 6))).isInstanceOf(
                IOException.class).hasMessageContaining("the campaign there has seed 5, not 6");
        Files.writeString(folder.resolve("campaign.txt"), "something else");
        assertThatThrownBy(() -> StoredCampaign.open(folder, folder, spec)).hasMessageContaining("expected a campaign's state");
    }

    @Test
    void oneCampaignForAFolder() throws IOException {
        try (StoredCampaign first = StoredCampaign.open(folder, folder.resolve("findings"), WRONG)) {
            assertThat(first.folder().folder()).isEqualTo(folder);
            assertThatThrownBy(() -> StoredCampaign.open(folder, folder.resolve("findings"), WRONG)).hasMessageContaining("in use");
        }
    }

    @Test
    void dyingEngineIsAFindingAndTheCampaignGoesOn() throws IOException, InterruptedException {
        CampaignSpec spec = new CampaignSpec(List.of("rfc", "class:" + DyingEngine.class.getName()), List.of("single"), firstDeadly() - 20);
        try (StoredCampaign campaign = StoredCampaign.open(folder, folder.resolve("findings"), spec)) {
            StoredSummary summary = campaign.run(40, NO_END, 1, progress -> {
                // nobody watches
            });
            assertThat(summary.result().programs()).isEqualTo(40);
            assertThat(summary.deaths()).isPositive();
            assertThat(summary.result().outcomes()).containsEntry("died", (long) summary.deaths());
            Finding finding = FindingWriter.read(summary.findings().getFirst());
            assertThat(finding.difference().detail()).contains("its process ended: ");
            assertThat(finding.difference().second()).isEqualTo("dying");
            assertThat(Listing.rows(finding.testCase().program())).contains(DyingEngine.ROW);
        }
    }

    /** The first program on which the engine dies. */
    private static long firstDeadly() {
        int row = Isa.bpf().get(DyingEngine.ROW).index();
        ProgramGenerator generator = new ProgramGenerator(Profile.SINGLE);
        GeneratedProgram program = new GeneratedProgram();
        Entropy entropy = new Entropy();
        long seed = 20;
        boolean found = false;
        while (!found) {
            entropy.seed(++seed);
            generator.generate(entropy, program);
            for (int slot = 0; slot < program.slots(); slot++) {
                found |= program.row(slot) == row;
            }
        }
        return seed;
    }

    @Test
    void killsLoseNothing(@TempDir Path whole) throws IOException, InterruptedException {
        killed(whole, 3);
    }

    @Test
    @Tag("long")
    void hundredKillsLoseNothing(@TempDir Path whole) throws IOException, InterruptedException {
        killed(whole, 100);
    }

    /** A campaign that is killed at random moments ends with the corpus, the findings and the counts of one that is not. */
    private void killed(Path whole, int kills) throws IOException, InterruptedException {
        Process undisturbed = start(whole);
        assertThat(undisturbed.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(undisturbed.exitValue()).isZero();
        SplittableRandom random = new SplittableRandom(kills);
        int done = 0;
        while (done < kills) {
            Process process = start(folder);
            boolean ended = process.waitFor(random.nextLong(200, 3_500), TimeUnit.MILLISECONDS);
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            process.destroyForcibly();
            all.forEach(ProcessHandle::destroyForcibly);
            process.waitFor();
            for (ProcessHandle handle : all) {
                handle.onExit().join();
            }
            done++;
            if (ended) {
                assertThat(contents(folder)).as("after kill %d", done).isEqualTo(contents(whole));
                delete(folder);
            }
        }
        Process last = start(folder);
        assertThat(last.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(contents(folder)).isEqualTo(contents(whole));
    }

    private static void delete(Path place) throws IOException {
        for (String part : List.of("corpus", "findings")) {
            try (var files = Files.list(place.resolve(part))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.delete(place.resolve("campaign.txt"));
    }

    private static Process start(Path place) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Killed.class.getName(), place
                        .toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Names and contents of all that is to last, and what the campaign counted, without times. */
    private static Map<String, String> contents(Path place) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String part : List.of("corpus", "findings")) {
            try (var files = Files.list(place.resolve(part))) {
                for (Path file : files.filter(one -> one.toString().endsWith(BpftFile.SUFFIX)).toList()) {
                    contents.put(part + "/" + file.getFileName(), Files.readString(file));
                }
            }
        }
        ChunkResult counted = Files.readString(place.resolve("campaign.txt")).lines().filter(line -> line.startsWith("result ")).map(
                line -> ChunkResult.parse(line.substring(7))).findFirst().orElseThrow();
        contents.put("counts", new ChunkResult(counted.programs(), counted.slots(), counted.differing(), 0, counted.outcomes()).line());
        return contents;
    }

    /** The process that is killed. */
    static final class Killed {
        private Killed() {
        }

        /** The one argument is the folder. */
        public static void main(String[] arguments) throws IOException, InterruptedException {
            Path place = Path.of(arguments[0]);
            try (StoredCampaign campaign = StoredCampaign.open(place, place.resolve("findings"), WRONG)) {
                campaign.run(KILLED_PROGRAMS, NO_END, 1, progress -> {
                    // nobody watches
                });
            }
        }
    }
}
