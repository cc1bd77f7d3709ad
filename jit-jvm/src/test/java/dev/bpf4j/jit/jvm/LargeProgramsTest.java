// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.analysis.Functions;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs that no method can hold, and flow that no loop statement can express: same results, and every method is small enough for HotSpot. */
class LargeProgramsTest {
    private static void check(Policy policy, String text) throws LoadException {
        try (Comparison comparison = new Comparison(policy, Limits.DEFAULT.withBudget(20_000))) {
            byte[] code = new Assembler(Isa.bpf()).assemble("large", text, ByteOrder.LITTLE_ENDIAN);
            LinkedProgram linked = comparison.machine().link(Program.raw("large", ByteOrder.LITTLE_ENDIAN, code));
            assertThat(comparison.difference(linked)).isEmpty();
            Form form = Form.compile(new JvmEngine(), Functions.of(linked), false);
            assertThat(form.largestMethod()).isLessThan(Tuning.HUGE_METHOD);
            assertThat(mostAccesses(linked)).isBetween(1, Tuning.METHOD_ACCESSES);
        }
    }

    private static int mostAccesses(LinkedProgram linked) {
        return Form.Files.of(Functions.of(linked), false, false).files().stream().mapToInt(GeneratedClass::mostAccesses).max()
                .orElseThrow();
    }

    private static String accesses(SplittableRandom random, int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            int register = random.nextInt(6);
            int offset = random.nextInt(200);
            text.append(i % 2 == 0 ? "r" + register + " = *(u32 *)(r6 + " + offset + ")\n"
                    : "*(u32 *)(r6 + " + offset + ") = r" + register
                            + "\n");
        }
        return text.toString();
    }

    /** HotSpot's first compiler recurses over the blocks that it makes of accesses: many of them in one method used to end the JVM. */
    @ParameterizedTest
    @EnumSource
    void accessesInARowRunHot(Policy policy) throws LoadException {
        SplittableRandom random = new SplittableRandom(5);
        String text = START + accesses(random, 400) + "r7 = 4\nagain:\n" + accesses(random, 90) + "r7 += -1\nif r7 != 0 goto again\nexit\n";
        try (Comparison comparison = new Comparison(policy, Limits.DEFAULT)) {
            Program program = Program.raw("accesses", ByteOrder.LITTLE_ENDIAN, new Assembler(Isa.bpf()).assemble("accesses", text,
                    ByteOrder.LITTLE_ENDIAN));
            assertThat(mostAccesses(comparison.machine().link(program))).isBetween(Tuning.METHOD_ACCESSES / 2, Tuning.METHOD_ACCESSES);
            assertThat(comparison.differenceWhenHot(program, 3_000)).isEmpty();
        }
    }

    /** Random arithmetic and accesses to memory (its address is in r6) and stack. */
    private static String body(SplittableRandom random, int instructions) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < instructions; i++) {
            int a = random.nextInt(6);
            int b = random.nextInt(6);
            text.append(switch (random.nextInt(8)) {
                case 0 -> "r" + a + " += r" + b;
                case 1 -> "r" + a + " ^= " + random.nextInt();
                case 2 -> "w" + a + " *= w" + b;
                case 3 -> "r" + a + " >>= " + random.nextInt(1, 64);
                case 4 -> "r" + a + " = *(u32 *)(r6 + " + random.nextInt(250) + ")";
                case 5 -> "*(u64 *)(r10 - " + random.nextInt(8, 512) + ") = r" + a;
                case 6 -> "r" + a + " /= " + random.nextInt(1, 1000);
                default -> "w" + a + " -= w" + b;
            }).append('\n');
        }
        return text.toString();
    }

    private static final String START = "r6 = r1\nr0 = 1\nr3 = 3\nr4 = 4\nr5 = 5\n";

    @ParameterizedTest
    @EnumSource
    void fortyThousandInstructionsWithoutAJump(Policy policy) throws LoadException {
        check(policy, START + body(new SplittableRandom(1), 40_000) + "exit\n");
    }

    @ParameterizedTest
    @EnumSource
    void aLoopWiderThanAMethod(Policy policy) throws LoadException {
        check(policy, START + "r7 = 50\nagain:\n" + body(new SplittableRandom(2), 6_000) + "r7 += -1\nif r7 != 0 goto again\nexit\n");
    }

    @ParameterizedTest
    @EnumSource
    void twentyThousandInstructionsInManyLoopsAndBranches(Policy policy) throws LoadException {
        SplittableRandom random = new SplittableRandom(3);
        StringBuilder text = new StringBuilder(START);
        for (int i = 0; i < 500; i++) {
            text.append("r7 = ").append(random.nextInt(1, 9)).append("\nloop").append(i).append(":\n").append(body(random, 20));
            text.append("if r").append(random.nextInt(6)).append(" s> 0 goto over").append(i).append('\n').append(body(random, 15));
            text.append("over").append(i).append(":\nr7 += -1\nif r7 != 0 goto loop").append(i).append('\n');
        }
        check(policy, text + "exit\n");
    }

    @ParameterizedTest
    @EnumSource
    void manyFunctions(Policy policy) throws LoadException {
        StringBuilder text = new StringBuilder(START);
        for (int i = 0; i < 250; i++) {
            text.append("call function").append(i).append('\n');
        }
        text.append("exit\n");
        for (int i = 0; i < 250; i++) {
            text.append("function").append(i).append(":\nr0 += ").append(i).append('\n');
            text.append(body(new SplittableRandom(i), i % 50 == 0 ? 900 : 20)).append("exit\n");
        }
        check(policy, text.toString());
    }

    @ParameterizedTest
    @EnumSource
    void jumpsIntoLoopsFromAnywhere(Policy policy) throws LoadException {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder text = new StringBuilder(START + "r7 = 300\n");
        for (int i = 0; i < 300; i++) {
            text.append("at").append(i).append(":\n").append(body(random, 12)).append("r7 += -1\nif r7 == 0 goto end\n");
            text.append("if r").append(random.nextInt(6)).append(" & ").append(random.nextInt(1, 16)).append(" goto at").append(random
                    .nextInt(300)).append('\n');
        }
        check(policy, text + "end: exit\n");
    }
}
