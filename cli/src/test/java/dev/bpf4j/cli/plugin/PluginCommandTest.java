// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** {@code plugin}: the protocol of bpf_conformance, with bytes as its runner writes them. */
class PluginCommandTest {
    private static final String EXIT = "95  00  00  00  00  00  00  00  ";

    private static Invocation run(String program, Object... args) {
        Object[] all = new Object[args.length + 3];
        all[0] = "plugin";
        all[1] = "--engine";
        all[2] = "evaluator";
        System.arraycopy(args, 0, all, 3, args.length);
        return Invocation.withInput(program + EXIT + "\n", all);
    }

    @Test
    void resultIsPrintedInHex() {
        assertThat(run("b7  00  00  00  ff  ff  ff  ff  ")).isEqualTo(new Invocation(ExitCode.OK, "ffffffffffffffff\n", ""));
    }

    @Test
    void memoryIsInR1AndItsLengthInR2() {
        // r0 = *(u8 *)(r1 + 3); r0 <<= 8; r0 |= r2
        String program = "71  10  03  00  00  00  00  00  67  00  00  00  08  00  00  00  4f  20  00  00  00  00  00  00  ";
        assertThat(run(program, "00  00  00  2a  ").out()).isEqualTo("2a04\n");
    }

    @Test
    void withoutMemoryR1AndR2AreZero() {
        // r0 = r1; r0 |= r2
        assertThat(run("bf  10  00  00  00  00  00  00  4f  20  00  00  00  00  00  00  ").out()).isEqualTo("0\n");
    }

    @Test
    void optionsOfOtherPluginsDoNotHurt() {
        assertThat(Invocation.of("plugin", "--engine", "evaluator", "--program", "b700000007000000" + "9500000000000000").out()).isEqualTo(
                "7\n");
    }

    @Test
    void helperFiveIsThatOfTheSuite() {
        // r1 = 0; call 5; r0 = 1: helper 5 ends the program with 0 if its argument is 0
        assertThat(run("b7  01  00  00  00  00  00  00  85  00  00  00  05  00  00  00  b7  00  00  00  01  00  00  00  ").out()).isEqualTo(
                "0\n");
    }

    @Test
    void faultIsAMessageAndAnExitCode() {
        Invocation fault = run("71  00  00  00  00  00  00  00  ");
        assertThat(fault.code()).isEqualTo(ExitCode.PROGRAM_FAULT);
        assertThat(fault.out()).isEmpty();
        assertThat(fault.err()).startsWith("BAD_ACCESS at pc 0 reading 1 bytes address 0x0");
    }

    @Test
    void objectIsKnownByItsFirstBytes() throws IOException {
        byte[] object = Files.readAllBytes(Invocation.ROOT.resolve("bench/corpus/add.v3.o"));
        Invocation ran = Invocation.withInput(HexFormat.ofDelimiter("  ").formatHex(object) + "\n", "plugin", "00  ".repeat(64), "--elf",
                "--engine", "evaluator");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void wrongInputIsExplained() {
        assertThat(Invocation.withInput("", "plugin").err()).isEqualTo("bpf4j: the program is empty\n");
        assertThat(Invocation.withInput("9", "plugin").err()).isEqualTo(
                "bpf4j: standard input: the last byte has one hex digit, expected two\n");
        assertThat(run("", "xyz").err()).isEqualTo("bpf4j: MEMORY: character 1 is 'x', expected two hex digits\n");
        assertThat(run("00  ").err()).contains("9 bytes").contains("multiple of 8");
        assertThat(Invocation.withInput("00", "plugin", "--engine", "turbo").err()).startsWith("bpf4j: no engine turbo; there are ")
                .contains(" auto, ");
    }

    /** The public runner puts the memory in front of all options, and the command is one of them. */
    @Test
    void memoryMayStandInFrontOfTheCommand() {
        String program = "bf  20  00  00  00  00  00  00  95  00  00  00  00  00  00  00  \n";
        assertThat(Invocation.withInput(program, "0a  0b  0c  ", "plugin", "--engine", "interpreter").out()).isEqualTo("3\n");
        assertThat(Invocation.withInput(program, "0a  ", "0b  ").code()).isEqualTo(ExitCode.BAD_INPUT);
    }
}
