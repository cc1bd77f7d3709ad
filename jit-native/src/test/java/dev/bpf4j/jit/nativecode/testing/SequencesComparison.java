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
import org.junit.jupiter.api.Test;

/** Sequences that become rotations and address forms, in all their variants, and those that only look like it. */
public abstract class SequencesComparison {
    private static final String START = "r1 = 0x8123456789abcdef ll\nr2 = 0x7fedcba987654321 ll\nr3 = -5\n";

    /** The engines: one for each set of CPU features. */
    protected abstract List<? extends Engine> engines();

    @Test
    protected void rotations() throws LoadException {
        List<String> programs = new ArrayList<>();
        for (int width : new int[] {32, 64}) {
            String r = width == 32 ? "w" : "r";
            for (int count = 1; count < width; count++) {
                for (int variant = 0; variant < 8; variant++) {
                    String left = r + ((variant & 1) == 0 ? 2 : 1) + " <<= " + count;
                    String right = r + ((variant & 1) == 0 ? 1 : 2) + " >>= " + (width - count);
                    String or = (variant & 2) == 0 ? r + "2 |= " + r + "1" : r + "1 |= " + r + "2";
                    programs.add(START + r + "2 = " + r + "1\n" + ((variant & 4) == 0 ? left + "\n" + right : right + "\n" + left) + "\n"
                            + or);
                }
            }
        }
        compare(programs);
    }

    @Test
    protected void almostRotations() throws LoadException {
        compare(List.of(START + "r2 = r1\nr2 <<= 13\nr1 >>= 50\nr2 |= r1", START + "r2 = r1\nr2 <<= 13\nr2 >>= 51\nr2 |= r1", START
                + "r2 = r1\nr2 <<= 13\nr3 >>= 51\nr2 |= r3", START + "r2 = r1\nr2 <<= 13\nr1 >>= 51\nr3 |= r1", START
                        + "w2 = w1\nr2 <<= 13\nr1 >>= 51\nr2 |= r1", START + "r2 = r1\nr2 <<= 0\nr1 >>= 64\nr2 |= r1", START
                                + "r2 = r1\nr2 <<= 13\nr1 s>>= 51\nr2 |= r1", START + "r1 = r1\nr1 <<= 13\nr1 >>= 51\nr1 |= r1", START
                                        + "r4 = 3\nr4 += -1\nr2 = r1\nif r4 > 1 goto +1\nr2 = r3\nr2 <<= 13\nr1 >>= 51\nr2 |= r1"));
    }

    @Test
    protected void addressForms() throws LoadException {
        List<String> programs = new ArrayList<>();
        for (String r : List.of("r", "w")) {
            for (String operand : List.of("1", "-1", "127", "128", "2147483647", "-2147483648", r + "1", r + "2", r + "3", r + "7")) {
                programs.add(START + r + "7 = 9\n" + r + "2 = " + r + "1\n" + r + "2 += " + operand);
                programs.add(START + r + "7 = 9\n" + r + "7 = " + r + "3\n" + r + "7 += " + operand);
                programs.add(START + r + "2 = " + r + "1\nif r1 == 0 goto +1\n" + r + "3 = 4\n" + r + "2 += " + operand.replace('7', '3'));
            }
        }
        compare(programs);
    }

    /** A copy and an operation on it, in all mixtures of widths, with immediates of all sizes and registers that are the copy itself. */
    @Test
    protected void operationsOnCopies() throws LoadException {
        List<String> programs = new ArrayList<>();
        for (String copy : List.of("r2 = r1", "w2 = w1")) {
            for (String r : List.of("r", "w")) {
                for (String op : List.of("+=", "-=", "*=", "|=", "&=", "^=", "<<=", ">>=", "s>>=", "/=", "%=", "s/=", "s%=")) {
                    for (String operand : List.of("0", "1", "2", "3", "5", "16", "-1", "255", "4095", "65536", "-4096", "1193046",
                            "-1193046",
                            "305419896", "-2147483648", r + "1", r + "2", r + "3")) {
                        programs.add(START + copy + "\n" + r + "2 " + op + " " + operand);
                    }
                }
                programs.add(START + copy + "\n" + r + "2 = -" + r + "2");
            }
            for (String swap : List.of("le16", "le32", "le64", "be16", "be32", "be64", "bswap16", "bswap32", "bswap64")) {
                programs.add(START + copy + "\nr2 = " + swap + " r2");
            }
            programs.add(START + copy + "\nr2 = (s8)r2");
            programs.add(START + copy + "\nr2 += 8\nr2 = *(u8 *)(r10 - 8)");
        }
        compare(programs);
    }

    private void compare(List<String> programs) throws LoadException {
        List<? extends Engine> engines = engines();
        List<String> differing = new ArrayList<>();
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            for (String text : programs) {
                byte[] code = new Assembler(Isa.bpf()).assemble("test", text + "\nr0 = 0\nexit", ByteOrder.LITTLE_ENDIAN);
                LinkedProgram program = machine.link(Program.raw("test", ByteOrder.LITTLE_ENDIAN, code));
                String expected = observe(machine, new EvaluatorEngine(), program);
                for (Engine engine : engines) {
                    String actual = observe(machine, engine, program);
                    if (!actual.equals(expected)) {
                        differing.add(text + "\n" + actual + "\n" + expected);
                    }
                }
                machine.unlinkFrom(0);
            }
        }
        assertThat(differing).isEmpty();
    }

    private static String observe(Machine machine, Engine engine, LinkedProgram program) throws LoadException {
        machine.lane(0).raw(new byte[0]);
        try (LoadedProgram loaded = engine.load(machine, program)) {
            return loaded.observe(machine.lane(0)) + Arrays.toString(machine.lane(0).exitRegisters());
        }
    }
}
