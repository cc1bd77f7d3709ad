// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What the analyses claim to be certain is so in runs of random programs. Each check is also given a false claim, and must find it.
 */
class ClaimsTest {
    private static final int PROGRAMS = Integer.getInteger("bpf4j.analysis.programs", 4000);
    private static final int PER_MACHINE = 500;

    private interface Check {
        /** What is wrong with the claims about a program; nothing if they hold. */
        List<String> wrong(Bench bench, LinkedProgram program, Functions functions) throws LoadException;
    }

    private static List<String> over(int programs, Check check) throws LoadException {
        List<String> wrong = new ArrayList<>();
        for (int first = 1; first <= programs; first += PER_MACHINE) {
            try (Bench bench = new Bench()) {
                for (int seed = first; seed < Math.min(first + PER_MACHINE, programs + 1); seed++) {
                    LinkedProgram program = bench.random(seed);
                    if (program != null) {
                        for (String one : check.wrong(bench, program, Functions.of(program))) {
                            wrong.add("seed " + seed + ": " + one);
                        }
                    }
                }
            }
        }
        return wrong;
    }

    // ---- addresses ----

    private static List<String> places(Bench bench, LinkedProgram program, Functions functions, long error) throws LoadException {
        Provenance provenance = Provenance.of(functions);
        List<String> wrong = new ArrayList<>();
        bench.run(program, (running, slot, insn, before, after) -> {
            if (running.index() != program.index()) {
                return;
            }
            Step step = functions.steps().step(slot);
            switch (provenance.at(slot)) {
                case Origin.Frame(long offset) -> expect(wrong, slot, before[10] + offset + error, Arithmetic.address(step, before));
                case Origin.Fixed(long base, long address) -> expect(wrong, slot, address + error, Arithmetic.address(step, before));
                case Origin guess -> assertThat(guess).isEqualTo(guess.blurred());
            }
        });
        return wrong;
    }

    private static void expect(List<String> wrong, int slot, long claimed, long seen) {
        if (claimed != seen) {
            wrong.add("slot " + slot + " touches " + Long.toHexString(seen) + ", not " + Long.toHexString(claimed));
        }
    }

    @Test
    void certainAddressesAreRight() throws LoadException {
        assertThat(over(PROGRAMS, (bench, program, functions) -> places(bench, program, functions, 0))).isEmpty();
    }

    @Test
    void aWrongAddressIsFound() throws LoadException {
        assertThat(over(100, (bench, program, functions) -> places(bench, program, functions, 8))).isNotEmpty();
    }

    // ---- liveness ----

    private static List<String> dead(Bench bench, LinkedProgram program, Functions functions, int ignored) throws LoadException {
        Scrambler scrambler = new Scrambler(functions, Liveness.of(functions, false), ignored);
        Bench.Seen plain = bench.run(program, (running, slot, insn, before, after) -> {
            // only looks at the result
        });
        Bench.Seen scrambled = bench.run(program, scrambler);
        return plain.same(scrambled) ? List.of() : List.of(plain.outcome() + " / " + scrambled.outcome());
    }

    @Test
    void whatIsDeadDoesNotMatter() throws LoadException {
        assertThat(over(PROGRAMS, (bench, program, functions) -> dead(bench, program, functions, Halves.NONE))).isEmpty();
    }

    @Test
    void aLiveHalfThatIsTakenForDeadIsFound() throws LoadException {
        for (int half : new int[] {Halves.low(0), Halves.high(6), Halves.low(3)}) {
            assertThat(over(400, (bench, program, functions) -> dead(bench, program, functions, half))).as("%x", half).isNotEmpty();
        }
    }

    // ---- loops ----

    private static List<String> rounds(Bench bench, LinkedProgram program, Functions functions, long error) throws LoadException {
        LoopCheck check = new LoopCheck(program, functions, error);
        bench.run(program, check);
        return check.wrong();
    }

    @Test
    void progressionsAndConditionsOfLoopsAreRight() throws LoadException {
        long[] checked = {0};
        assertThat(over(PROGRAMS, (bench, program, functions) -> {
            LoopCheck check = new LoopCheck(program, functions, 0);
            bench.run(program, check);
            checked[0] += check.checked();
            return check.wrong();
        })).isEmpty();
        assertThat(checked[0]).as("claims looked at").isGreaterThan(PROGRAMS / 4L);
    }

    @Test
    void aWrongStepIsFound() throws LoadException {
        assertThat(over(200, (bench, program, functions) -> rounds(bench, program, functions, 1))).isNotEmpty();
    }
}
