// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.campaign.Campaign;
import dev.bpf4j.fuzz.campaign.CampaignSummary;
import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.fuzz.mutant.Mutant;
import dev.bpf4j.fuzz.mutant.Mutants;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.vm.Engines;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code fuzz}: agreement, disagreement, what was not asked, wrong use. */
class FuzzCommandTest {
    @Test
    void enginesAgree() {
        Invocation fuzz = Invocation.of("fuzz", "--engine", "rfc", "--engine", "evaluator", "--programs", 500, "--jobs", 1);
        assertThat(fuzz.err()).isEmpty();
        assertThat(fuzz.code()).isEqualTo(ExitCode.OK);
        assertThat(fuzz.out()).startsWith("500 programs of profile mixed, seeds from 1, engines rfc, evaluator\n").contains(
                "  returned  ", "never made: ").endsWith("engines agree\n").doesNotContain("left out");
    }

    /** Which programs are run depends on the seed alone. */
    @Test
    void sameSeedSamePrograms() {
        List<String> outcomes = List.of(1, 2).stream().map(jobs -> Invocation.of("fuzz", "--engine", "rfc", "--engine", "evaluator",
                "--programs", 200, "--seed", 77, "--jobs", jobs).out().lines().filter(line -> !line.contains("per second")).toList()
                .toString()).toList();
        assertThat(outcomes.getFirst()).isEqualTo(outcomes.getLast());
    }

    @Test
    void rowsThatAProfileLeavesOutAreNamed() {
        Invocation fuzz = Invocation.of("fuzz", "--engine", "rfc", "--engine", "evaluator", "--programs", 64, "--profile", "straight",
                "--format", "json");
        assertThat(fuzz.code()).isEqualTo(ExitCode.OK);
        assertThat(fuzz.out()).contains("\"profile\": \"straight\"", "\"disagreements\": 0",
                "\"ldx64\": \"profile straight has no statements of the kind memory\"", "\"neverMade\": [");
    }

    @Test
    void programOfASeedIsShown() {
        Invocation shown = Invocation.of("fuzz", "--profile", "accesses", "--seed", 9, "--show");
        assertThat(shown.code()).isEqualTo(ExitCode.OK);
        assertThat(shown.out()).isEqualTo(Invocation.of("fuzz", "--profile", "accesses", "--seed", 9, "--show").out());
        assertThat(BpftFile.parse("shown", shown.out()).cases().getFirst().program().code()).isEqualTo(Campaign.program(Profile.ACCESSES,
                9).program().code());
        assertThat(BpftFile.parse("shown", Invocation.of("fuzz", "--profile", "kernel", "--show").out()).cases()).hasSize(1);
    }

    /** The engines of the project agree, so a mutant stands for one that does not. */
    @Test
    void findingsAreTold() {
        Mutant mutant = Mutants.of(Isa.system()).stream().filter(one -> one.row().name().equals("add32_reg")).findFirst().orElseThrow();
        CampaignSummary summary = new Campaign(List.of(new RfcReference(), mutant.engine()), Profile.STRAIGHT).run(1, 60);
        FuzzReport report = FuzzReport.of(summary, Profile.STRAIGHT, 1, true);
        assertThat(report.differing()).isPositive();
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text, true), List.of());
        assertThat(text.toString()).contains("finding 1: seed ", "First diverging instruction", "expect: ", "engine left out: linux",
                "engines disagree on ");
        StringWriter named = new StringWriter();
        report.print(new PrintWriter(named, true), List.of("findings/straight-1.bpft"));
        assertThat(named.toString()).contains("  findings/straight-1.bpft");
        StringWriter json = new StringWriter();
        report.json(new PrintWriter(json, true), List.of());
        assertThat(json.toString()).contains("\"slotsShrunken\": ", "\"bpft\": \"", "\"file\": null", "\"engineLeftOut\": \"linux");
    }

    /** Either the kernel can be asked, or it is said why not; nothing else. */
    @Test
    void kernelIsAskedByItself() {
        Invocation fuzz = Invocation.of("fuzz", "--engine", "linux", "--engine", "interpreter", "--programs", 50);
        if (fuzz.code() == ExitCode.OK) {
            assertThat(fuzz.out()).startsWith("50 programs of profile kernel, seeds from 1, engines linux, interpreter\n").contains(
                    "not compared with linux: r10").endsWith("engines agree\n");
        } else {
            assertThat(fuzz.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(fuzz.err()).startsWith("bpf4j: engine linux cannot run here: ");
        }
    }

    @Test
    void linuxIsNotLeftOutSilently() {
        Invocation fuzz = Invocation.of("fuzz", "--engine", "all", "--programs", 64);
        assertThat(fuzz.code()).isEqualTo(ExitCode.OK);
        boolean works = Engines.named("linux").orElseThrow().unavailable().isEmpty();
        assertThat(fuzz.out().contains("engine left out: linux: takes programs of the profile kernel only")).isEqualTo(works);
    }

    /** The kernel in a campaign on disk gets its own programs, and the others theirs. */
    @Test
    void kernelInACampaignOnDisk(@TempDir Path folder) {
        Object[] command = {"fuzz", "--engine", "rfc,interpreter,linux", "--corpus", folder, "--programs", 120, "--generator",
            "mixed,kernel", "--jobs", 1};
        Invocation fuzz = Invocation.of(command);
        if (Engines.named("linux").orElseThrow().unavailable().isEmpty()) {
            assertThat(fuzz.err()).isEmpty();
            assertThat(fuzz.code()).isEqualTo(ExitCode.OK);
            assertThat(fuzz.out()).startsWith("120 programs of profile mixed,kernel, ").contains("  linux-ran ").endsWith(
                    "engines agree\n");
        } else {
            assertThat(fuzz.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(fuzz.err()).contains("linux");
        }
    }

    /** A campaign on disk, its continuation, and that another one does not go into its folder. */
    @Test
    void campaignsOnDisk(@TempDir Path folder) {
        Invocation begun = Invocation.of("fuzz", "--engine", "rfc,interpreter", "--corpus", folder, "--programs", 300, "--generator",
                "straight,mutate,wild", "--jobs", 1);
        assertThat(begun.err()).isEmpty();
        assertThat(begun.code()).isEqualTo(ExitCode.OK);
        assertThat(begun.out()).startsWith("300 programs of profile straight,mutate,wild, seeds from 1, engines rfc, interpreter\n")
                .endsWith(
                        "engines agree\n");
        assertThat(folder.resolve("campaign.txt")).exists();
        Invocation goesOn = Invocation.of("fuzz", "--engine", "rfc,interpreter", "--corpus", folder, "--programs", 400, "--generator",
                "straight,mutate,wild", "--jobs", 1, "--format", "json");
        assertThat(goesOn.out()).contains("\"programs\": 400", "\"disagreements\": 0");
        Invocation asBegun = Invocation.of("fuzz", "--engine", "rfc,interpreter", "--corpus", folder, "--programs", 450, "--jobs", 1);
        assertThat(asBegun.out()).startsWith("450 programs of profile straight,mutate,wild, ");
        Invocation other = Invocation.of("fuzz", "--engine", "rfc,evaluator", "--corpus", folder, "--programs", 500);
        assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(other.err()).contains("the campaign there has engines rfc,interpreter");
    }

    @Test
    void findingsAreReplayedAndMinimized(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("case.bpft");
        Files.writeString(file, Invocation.of("fuzz", "--generator", "straight", "--seed", 3, "--show").out());
        Invocation replayed = Invocation.of("fuzz", "replay", file, "--engine", "rfc,evaluator");
        assertThat(replayed.err()).isEmpty();
        assertThat(replayed.code()).isEqualTo(ExitCode.OK);
        assertThat(replayed.out()).isEqualTo("case: rfc, evaluator agree\nengines agree on 1 case\n");
        Invocation minimized = Invocation.of("fuzz", "minimize", file, "--engine", "rfc,evaluator");
        assertThat(minimized.code()).isEqualTo(ExitCode.OK);
        assertThat(minimized.err()).contains("there is nothing to make smaller");
    }

    @Test
    void mutantsAreHunted() {
        Invocation mutants = Invocation.of("fuzz", "mutants", "--kind", "table", "--every", 100, "--programs", 20_000);
        assertThat(mutants.err()).isEmpty();
        assertThat(mutants.code()).isEqualTo(ExitCode.OK);
        assertThat(mutants.out()).contains("Programs to kill: median ").endsWith(" survived\n");
        assertThat(Invocation.of("fuzz", "mutants", "--kind", "table", "--every", 400, "--programs", 1).code()).isEqualTo(
                ExitCode.DISAGREEMENT);
    }

    @Test
    void mutantsOfEmittersAreHuntedInOtherProcesses() {
        Invocation mutants = Invocation.of("fuzz", "mutants", "--kind", "jvm", "--every", 60, "--programs", 4_000, "--jobs", 1);
        assertThat(mutants.err()).isEmpty();
        assertThat(mutants.code()).isEqualTo(ExitCode.OK);
        assertThat(mutants.out()).contains("## jvm: the emitter of bytecode", "Milliseconds to make and kill one: median ").endsWith(
                " survived\n");
        assertThat(Invocation.of("fuzz", "mutants", "--kind", "jvm", "--every", 150, "--programs", 200, "--format", "json").out()).contains(
                "\"killed\"");
    }

    @Test
    void bugsOfOtherCompilersAreListed() {
        Invocation list = Invocation.of("fuzz", "mutants", "--kind", "history", "--list");
        assertThat(list.code()).isEqualTo(ExitCode.OK);
        assertThat(list.out()).contains("history\tbyte-register-without-rex\tLinux x86-64 aee194b14dd2: the low byte of a register");
        assertThat(list.out().lines().count()).isGreaterThan(30);
    }

    @ParameterizedTest
    @ValueSource(strings = {"replay", "--kind jvm", "mutants --kind nothing", "minimize", "mutants more", "something", "--time soon",
        "--from x", "--every 0", "--timeout 0",
        "--plugin nowhere --programs 1", "--generator mutate", "--engine linux,rfc --time 1s", "replay nowhere.bpft", "--profile nothing",
        "--programs 0", "--jobs 0", "--items 0", "--engine rfc", "--engine nobody",
        "--engine linux --profile mixed"})
    void wrongUseIsToldSo(String options) {
        Invocation fuzz = Invocation.of((Object[]) ("fuzz " + options).split(" "));
        assertThat(fuzz.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(fuzz.out()).isEmpty();
        assertThat(fuzz.err()).startsWith("bpf4j: ");
    }

    /** A runtime that takes nothing agrees with nobody. */
    @Test
    void runtimeThatRejectsEverythingIsAnError() {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        Invocation fuzz = Invocation.of("fuzz", "--plugin", "none=" + java + " NoSuchClass", "--programs", 3);
        assertThat(fuzz.code()).as(fuzz.out()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(fuzz.err()).contains("none: nothing could be compared, none of 3 programs returned");
    }

    @Test
    void damagedStateOfACampaignIsNamed(@TempDir Path folder) throws IOException {
        Files.write(folder.resolve("campaign.txt"), new byte[] {(byte) 0xff, 1});
        assertThat(Invocation.of("fuzz", "--engine", "rfc,interpreter", "--corpus", folder, "--programs", 3).err()).contains(folder.resolve(
                "campaign.txt").toString());
        Files.write(folder.resolve("campaign.txt"), new byte[0]);
        assertThat(Invocation.of("fuzz", "--engine", "rfc,interpreter", "--corpus", folder, "--programs", 3).err()).contains(
                "expected a campaign's state");
    }
}
