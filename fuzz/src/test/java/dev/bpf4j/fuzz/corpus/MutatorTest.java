// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.bpft.BpftWriter;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.fuzz.campaign.TestBed;
import dev.bpf4j.fuzz.generate.Entropy;
import dev.bpf4j.fuzz.generate.GeneratedProgram;
import dev.bpf4j.fuzz.generate.ProgramSource;
import dev.bpf4j.interpreter.InterpreterEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mutants of programs, and inputs as files. */
class MutatorTest {
    private final Entropy entropy = new Entropy();

    private TestInput input(String source, long seed) {
        ProgramSource made = ProgramSource.named(source);
        GeneratedProgram program = new GeneratedProgram();
        entropy.seed(seed, made.entropy());
        made.generate(entropy, program);
        return TestInput.of(TestInput.Variant.of(made.profile(), seed), program);
    }

    @Test
    void mutantsAreOtherProgramsAndMostAreAccepted() {
        Mutator mutator = new Mutator();
        GeneratedProgram program = new GeneratedProgram();
        Map<String, Integer> ended = new HashMap<>();
        int changed = 0;
        try (Trial trial = new Trial(List.of(new RfcReference(), new InterpreterEngine()))) {
            for (int seed = 1; seed <= 400; seed++) {
                TestInput from = input("mixed", seed);
                TestInput donor = input("control", seed + 1000);
                entropy.seed(seed);
                TestInput mutant = mutator.mutate(entropy, from, donor);
                changed += mutant.hash() == from.hash() ? 0 : 1;
                mutant.into(program);
                Trial.Verdict verdict = trial.run(mutant.variant(), program, true);
                assertThat(verdict.same()).as("seed %d", seed).isTrue();
                ended.merge(verdict.ended(), 1, Integer::sum);
            }
        }
        assertThat(changed).isGreaterThan(350);
        assertThat(ended.get("returned")).as("%s", ended).isGreaterThan(150);
        assertThat(ended.getOrDefault(Trial.REJECTED, 0)).as("%s", ended).isLessThan(200);
    }

    /** What a corpus file says is all that there is to say. */
    @Test
    void inputsSurviveTheirFiles() {
        for (String source : List.of("mixed", "wild", "maps", "jumps", "accesses")) {
            for (long seed : new long[] {0, 5, 77, 256}) {
                TestInput input = input(source, seed);
                try (TestBed bed = new TestBed(input.variant().profile(), input.variant().policy(), input.variant().order())) {
                    String text = BpftWriter.write(input.toCase("seed" + seed, bed));
                    BpftCase back = BpftFile.parse("written", text).cases().getFirst();
                    TestInput again = TestInput.of(back);
                    assertThat(again.hash()).as(text).isEqualTo(input.hash());
                    assertThat(again.variant().policy()).isEqualTo(input.variant().policy());
                    assertThat(again.variant().order()).isEqualTo(input.variant().order());
                }
            }
        }
    }

    @Test
    void runningProgramOutlivesItsWriter(@TempDir Path folder) throws IOException {
        TestInput input = input("mixed", 12);
        RunningProgram running = RunningProgram.create(folder.resolve("running"));
        assertThat(RunningProgram.read(folder.resolve("running")).input()).isEmpty();
        running.running(12, input);
        RunningProgram.Left left = RunningProgram.read(folder.resolve("running"));
        assertThat(left.seed()).isEqualTo(12);
        assertThat(left.input().orElseThrow().hash()).isEqualTo(input.hash());
        running.phase(RunningProgram.IDLE);
        assertThat(RunningProgram.read(folder.resolve("running")).input()).isEmpty();
    }
}
