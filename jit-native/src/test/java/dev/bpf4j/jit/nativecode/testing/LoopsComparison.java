// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@link CountedLoops} with budgets that end inside of them, against the evaluator: outcome and place of the fault, registers, memory, budget. */
public abstract class LoopsComparison {
    private static final long SEED = 20_261_124;
    private static final int PROGRAMS = Integer.getInteger("bpf4j.loops", Boolean.getBoolean("bpf4j.long") ? 100_000 : 800);
    private static final int[] BUDGETS = {4, 23, 1000};
    private static final int MEMORY = 192;
    private static final long LONG_LOOP = 300_000;

    /** The engines: one for each set of CPU features. */
    protected abstract List<? extends Engine> engines();

    @ParameterizedTest
    @EnumSource
    protected void randomLoops(Policy policy) throws LoadException {
        List<String> differing = new ArrayList<>();
        int returned = 0;
        int programs = policy == Policy.SANDBOX ? PROGRAMS / 8 : PROGRAMS;
        for (int budget : BUDGETS) {
            SplittableRandom random = new SplittableRandom(SEED + budget);
            try (Machine machine = machine(policy, budget)) {
                for (int i = 0; i < programs && differing.size() < 3; i++) {
                    String text = CountedLoops.program(random, MEMORY);
                    String expected = compare(machine, text, differing, policy + ", budget " + budget + ", program " + i);
                    returned += expected.startsWith("returned") ? 1 : 0;
                }
            }
        }
        assertThat(differing).isEmpty();
        assertThat(returned).as("loops that end by themselves").isBetween(programs / 8, 3 * programs);
    }

    /** Longer than a chunk of budget. */
    @Test
    protected void longLoops() throws LoadException {
        List<String> differing = new ArrayList<>();
        for (long budget : new long[] {2 * LONG_LOOP, LONG_LOOP, LONG_LOOP - 2, 65_536, 65_537}) {
            try (Machine machine = machine(Policy.STRICT, budget)) {
                String text = "r8 = " + LONG_LOOP + "\nhead:\nr3 = *(u8 *)(r1 + 3)\nr0 += r3\nr8 += -1\nif r8 != 0 goto head\nexit";
                compare(machine, text, differing, "budget " + budget);
            }
        }
        assertThat(differing).isEmpty();
    }

    /** Elements of all sizes onto places in front of, on and behind them, near and far. */
    @ParameterizedTest
    @EnumSource
    protected void copiesThatOverlap(Policy policy) throws LoadException {
        List<String> differing = new ArrayList<>();
        try (Machine machine = machine(policy, 1000)) {
            for (int element = 1; element <= Long.BYTES; element *= 2) {
                for (int distance = -9; distance < 40; distance++) {
                    String text = "r6 = r1\nr6 += 16\nr7 = r6\nr7 += " + distance + "\nr8 = 0\nhead:\nr3 = r6\nr3 += r8\nr2 = *(u" + 8
                            * element + " *)(r3 + 0)\nr3 = r7\nr3 += r8\n*(u" + 8 * element + " *)(r3 + 0) = r2\nr8 += " + element
                            + "\nif r8 < 136 goto head\nexit";
                    compare(machine, text, differing, policy + ", " + element + " bytes, " + distance + " further");
                }
            }
        }
        assertThat(differing).isEmpty();
    }

    /** An index of 32 bits that wraps while its 64-bit sum would stay where it should be. */
    @Test
    protected void indexesThatWrap() throws LoadException {
        List<String> differing = new ArrayList<>();
        try (Machine machine = machine(Policy.STRICT, 1000)) {
            for (String condition : List.of("if w8 != 64", "if w8 > 3", "if r8 != 64", "if w8 s< 64")) {
                for (int start = -20; start < -1; start += 3) {
                    String text = "r6 = r1\nr7 = 0xffffffec ll\nr6 -= r7\nw8 = " + start
                            + "\nhead:\nr3 = r6\nr3 += r8\nr2 = *(u8 *)(r3 + 0)\nr0 += r2\nw8 += 1\n" + condition + " goto head\nexit";
                    compare(machine, text, differing, condition + " from " + start);
                }
            }
        }
        assertThat(differing).isEmpty();
    }

    private static Machine machine(Policy policy, long budget) {
        return new Machine(Machine.Settings.standard().withPolicy(policy).withLimits(Limits.DEFAULT.withBudget(budget)));
    }

    private String compare(Machine machine, String text, List<String> differing, String what) throws LoadException {
        byte[] code = new Assembler(Isa.bpf()).assemble("test", text, ByteOrder.LITTLE_ENDIAN);
        LinkedProgram program = machine.link(Program.raw("test", ByteOrder.LITTLE_ENDIAN, code));
        String expected = observe(machine, new EvaluatorEngine(), program);
        for (Engine engine : engines()) {
            String actual = observe(machine, engine, program);
            if (!actual.equals(expected)) {
                differing.add(engine.name() + ", " + what + "\n" + text + "\n" + actual + "\n" + expected);
            }
        }
        machine.unlinkFrom(0);
        return expected;
    }

    private static String observe(Machine machine, Engine engine, LinkedProgram program) throws LoadException {
        if (machine.policy() == Policy.SANDBOX) {
            machine.reset();
        }
        Lane lane = machine.lane(0);
        byte[] memory = new byte[MEMORY];
        new SplittableRandom(SEED).nextBytes(memory);
        lane.raw(memory);
        try (LoadedProgram loaded = engine.load(machine, program)) {
            Outcome outcome = loaded.observe(lane);
            return outcome + Arrays.toString(lane.exitRegisters()) + Arrays.toString(lane.contextBytes()) + "left: " + lane.budget();
        }
    }
}
