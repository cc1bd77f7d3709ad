// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random programs made of little else than what rotations are made of: copies, shifts by a count and by what is left of the width, and ors, over
 * few registers, with a branch and in a loop, so that much of it is found and left out, and much only looks like it.
 */
public abstract class RotationsComparison {
    private static final long SEED = 20_261_123;
    private static final int PROGRAMS = Integer.getInteger("bpf4j.rotations", Boolean.getBoolean("bpf4j.long") ? 200_000 : 3_000);

    /** The engines: one for each set of CPU features. */
    protected abstract List<? extends Engine> engines();

    @Test
    protected void randomRotations() throws LoadException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<? extends Engine> engines = engines();
        List<String> differing = new ArrayList<>();
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            for (int i = 0; i < PROGRAMS && differing.size() < 3; i++) {
                String text = program(random);
                byte[] code = new Assembler(Isa.bpf()).assemble("test", text, ByteOrder.LITTLE_ENDIAN);
                LinkedProgram program = machine.link(Program.raw("test", ByteOrder.LITTLE_ENDIAN, code));
                String expected = observe(machine, new EvaluatorEngine(), program);
                for (Engine engine : engines) {
                    String actual = observe(machine, engine, program);
                    if (!actual.equals(expected)) {
                        differing.add(engine.name() + ", program " + i + " of seed " + SEED + "\n" + text + "\n" + actual + "\n"
                                + expected);
                    }
                }
                machine.unlinkFrom(0);
            }
        }
        assertThat(differing).isEmpty();
    }

    private static String program(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int register = 0; register < 9; register++) {
            text.append("r").append(register).append(" = 0x").append(Long.toHexString(random.nextLong())).append(" ll\n");
        }
        text.append("r9 = ").append(random.nextInt(1, 4)).append("\n");
        int[] counts = {random.nextInt(1, 32), random.nextInt(1, 64)};
        int length = random.nextInt(6, 30);
        int branch = random.nextInt(2 * length);
        for (int i = 0; i < length; i++) {
            if (i == branch) {
                text.append("if r8 > r9 goto +").append(random.nextInt(length - i)).append("\n");
            }
            text.append(instruction(random, counts)).append("\n");
        }
        text.append("r9 += -1\n");
        if (random.nextBoolean()) {
            int back = length + 2 + (branch < length ? 1 : 0);
            text.append("if r9 != 0 goto -").append(back - random.nextInt(length)).append("\n");
        }
        return text.append("exit").toString();
    }

    private static String instruction(SplittableRandom random, int[] counts) {
        boolean wide = random.nextInt(3) == 0;
        String r = wide ? "r" : "w";
        int width = wide ? 64 : 32;
        String dst = r + random.nextInt(4);
        String src = r + random.nextInt(4);
        int count = counts[wide && random.nextBoolean() ? 1 : 0];
        return switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5 -> dst + " = " + src;
            case 6, 7, 8, 9 -> dst + " <<= " + (random.nextBoolean() ? count : width - count);
            case 10, 11, 12, 13 -> dst + " >>= " + (random.nextBoolean() ? count : width - count);
            case 14, 15, 16, 17 -> dst + " |= " + src;
            case 18 -> dst + " *= " + new int[] {3, 5, 9, 7, 1}[random.nextInt(5)];
            default -> dst + " ^= " + src;
        };
    }

    private static String observe(Machine machine, Engine engine, LinkedProgram program) throws LoadException {
        machine.lane(0).raw(new byte[0]);
        try (LoadedProgram loaded = engine.load(machine, program)) {
            return loaded.observe(machine.lane(0)) + Arrays.toString(machine.lane(0).exitRegisters());
        }
    }
}
