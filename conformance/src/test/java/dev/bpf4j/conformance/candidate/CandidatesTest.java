// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.candidate.Result.Kind;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.rfc.SeededReference;
import dev.bpf4j.conformance.suite.Suites;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.interpreter.InterpreterEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Kinds of results of engines and of plugins that misbehave in every way. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plugins are shell scripts")
class CandidatesTest {
    @TempDir Path folder;

    private TestCase data(String text) throws IOException {
        Files.writeString(folder.resolve("case.data"), text);
        return Suites.data(folder).getFirst();
    }

    private TestCase returns(String memory, String result) throws IOException {
        return data("-- asm\nmov %r0, %r2\nexit\n" + (memory.isEmpty() ? "" : "-- mem\n" + memory + "\n") + "-- result\n" + result + "\n");
    }

    private Result plugin(String script, TestCase testCase) throws IOException, InterruptedException {
        return plugin(script, testCase, Duration.ofSeconds(20));
    }

    private Result plugin(String script, TestCase testCase, Duration limit) throws IOException, InterruptedException {
        Path file = folder.resolve("plugin.sh");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        try (Candidate candidate = new PluginCandidate("plugin", List.of(file.toString(), "--jit"), limit)) {
            return candidate.run(testCase);
        }
    }

    private static Result engine(dev.bpf4j.runtime.Engine engine, TestCase testCase) throws InterruptedException {
        try (Candidate candidate = new EngineCandidate(engine)) {
            return candidate.run(testCase);
        }
    }

    @Test
    void engines() throws Exception {
        InterpreterEngine interpreter = new InterpreterEngine();
        assertThat(engine(interpreter, returns("00 01 02", "3"))).isEqualTo(Result.PASS);
        assertThat(engine(interpreter, returns("", "0"))).isEqualTo(Result.PASS);
        assertThat(engine(interpreter, returns("", "0x10"))).isEqualTo(new Result(Kind.WRONG, "expected r0 = 0x10, found 0x0", "0x10",
                "0x0"));
        Result fault = engine(interpreter, data("-- asm\nldxb %r0, [%r1]\nexit\n-- result\n0\n"));
        assertThat(fault.kind()).isEqualTo(Kind.FAULT);
        assertThat(fault.message()).startsWith("BAD_ACCESS at pc 0 reading 1 bytes");
        assertThat(engine(interpreter, data("-- asm\nmov %r0, 0\n-- result\n0\n")).kind()).isEqualTo(Kind.REJECTED);
        assertThat(engine(interpreter, data("-- asm\nmov %r0, 0\n-- error\n"))).isEqualTo(Result.PASS);
        assertThat(engine(interpreter, data("-- asm\nmov %r0, 0\nexit\n-- error\n")).kind()).isEqualTo(Kind.WRONG);
        assertThat(engine(interpreter, data("-- asm\nmov %r0, 0\n-- error\nsomething else\n")).kind()).isEqualTo(Kind.WRONG);
        assertThat(engine(interpreter, data("-- asm\nldxb %r0, [%r1]\nexit\n-- error\nbad_access\n"))).isEqualTo(Result.PASS);
    }

    @Test
    void wrongEngineFailsInVectorsOfItsRowsOnly() throws Exception {
        List<TestCase> vectors = Suites.vectors(60);
        List<String> failed = new ArrayList<>();
        try (Candidate candidate = new EngineCandidate(SeededReference.FLOORED_MODULO.engine())) {
            for (TestCase testCase : vectors) {
                if (candidate.run(testCase).kind().failed()) {
                    failed.add(testCase.id());
                }
            }
        }
        assertThat(failed).containsExactly("vectors/smod64_imm", "vectors/smod64_reg", "vectors/smod64_imm/big-endian",
                "vectors/smod64_reg/big-endian");
    }

    @Test
    void bundledSuitePassesOnTheReference() throws Exception {
        try (Candidate candidate = new EngineCandidate(new RfcReference())) {
            for (TestCase testCase : Suites.bundled()) {
                assertThat(candidate.run(testCase).kind().failed()).as(testCase.id()).isFalse();
            }
        }
    }

    @Test
    void pluginGetsMemoryAndProgramAsThePublicRunnerWritesThem() throws Exception {
        String check = "read program; [ \"$1|$2|$program\" = '00  0a  ff  |--jit|bf  20  00  00  00  00  00  00  95  00  00  00  00  00  00  00' ] && echo 3";
        assertThat(plugin(check, returns("00 0a ff", "3"))).isEqualTo(Result.PASS);
        assertThat(plugin("[ \"$1\" = --jit ] && [ $# = 1 ] && echo 0x0", returns("", "0"))).as("no memory, no argument").isEqualTo(
                Result.PASS);
    }

    @Test
    void pluginsThatAreWrong() throws Exception {
        assertThat(plugin("echo 4", returns("", "3"))).isEqualTo(new Result(Kind.WRONG, "expected r0 = 0x3, found 0x4", "0x3", "0x4"));
        assertThat(plugin("echo ffffffffffffffff", returns("", "0xffffffffffffffff"))).isEqualTo(Result.PASS);
        assertThat(plugin("echo maybe", returns("", "3")).message()).isEqualTo(
                "expected r0 = 0x3, found 'maybe', which is no number in hexadecimal");
        assertThat(plugin(":", returns("", "3")).message()).isEqualTo("expected r0 = 0x3, found nothing");
        assertThat(plugin("echo unknown opcode 06 >&2; exit 1", returns("", "3"))).isEqualTo(new Result(Kind.REJECTED,
                "exit code 1: unknown opcode 06", "0x3", "error"));
        assertThat(plugin("kill -SEGV $$", returns("", "3"))).isEqualTo(Result.of(Kind.CRASH, "signal 11 (SIGSEGV)"));
        try (Candidate candidate = new PluginCandidate("gone", List.of(folder.resolve("none").toString()), Duration.ofSeconds(1))) {
            Result result = candidate.run(returns("", "3"));
            assertThat(result.kind()).isEqualTo(Kind.CRASH);
            assertThat(result.message()).startsWith("cannot be started: ");
        }
    }

    @Test
    void pluginThatHangsOrPrintsWithoutEnd() throws Exception {
        Duration short_ = Duration.ofMillis(300);
        assertThat(plugin("sleep 60 & sleep 60", returns("", "3"), short_)).isEqualTo(Result.of(Kind.TIMEOUT, "no answer within 300 ms"));
        assertThat(plugin("while :; do echo 3333333333333333333333333333333333333333; done", returns("", "3"), short_).kind()).isEqualTo(
                Kind.TIMEOUT);
    }

    @Test
    void errorsThatAreExpectedOfPlugins() throws Exception {
        TestCase any = data("-- raw\n85 01 00 00 00 00 00 00\n-- error\n");
        assertThat(plugin("exit 1", any)).isEqualTo(Result.PASS);
        assertThat(plugin("echo 0", any)).isEqualTo(Result.wrong("", "an error", "r0 = 0"));
        assertThat(plugin("kill -ABRT $$", any).kind()).as("a crash is no rejection").isEqualTo(Kind.CRASH);
        TestCase words = data("-- raw\n85 01 00 00 00 00 00 00\n-- error\nInvalid\n");
        assertThat(plugin("echo Invalid; exit 1", words)).isEqualTo(Result.PASS);
        assertThat(plugin("echo Invalid opcode; exit 1", words).kind()).isEqualTo(Kind.WRONG);
    }

    /** Outside runtimes are asked what they can be asked, and nothing about rulings. */
    @Test
    void casesForOutsideRuntimes() throws Exception {
        int asked = 0;
        for (TestCase testCase : Suites.bundled()) {
            boolean ruling = testCase.id().startsWith("bpf4j/rulings/");
            assertThat(ruling && Portable.reason(testCase).isEmpty()).as(testCase.id()).isFalse();
            asked += Portable.reason(testCase).isEmpty() ? 1 : 0;
        }
        assertThat(asked).isGreaterThan(300);
    }
}
