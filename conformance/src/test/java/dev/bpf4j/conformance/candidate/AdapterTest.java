// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.candidate.Result.Kind;
import dev.bpf4j.conformance.report.Campaign;
import dev.bpf4j.conformance.report.Header;
import dev.bpf4j.conformance.report.KnownFailures;
import dev.bpf4j.conformance.report.Report;
import dev.bpf4j.conformance.report.Report.Count;
import dev.bpf4j.conformance.rfc.SeededReference;
import dev.bpf4j.conformance.suite.Group;
import dev.bpf4j.conformance.suite.Suites;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The adapter protocol: a good adapter in Java, the example in C, and adapters that misbehave. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the adapters are shell scripts and C for POSIX")
class AdapterTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path folder;

    private List<TestCase> data(String name, String text) throws IOException {
        Path suite = Files.createDirectories(folder.resolve("own"));
        Files.writeString(suite.resolve(name + ".data"), text);
        return Suites.data(suite);
    }

    private TestCase seven() throws IOException {
        return data("seven", "-- asm\nmov %r0, 7\nexit\n-- result\n7\n").getFirst();
    }

    private static Report run(Candidate candidate, List<TestCase> cases) throws InterruptedException {
        try (candidate) {
            return new Campaign(List.of(candidate), cases, KnownFailures.NONE, 2).run(new Header(Map.of()), done -> {
                // nobody waits
            });
        }
    }

    private static Set<Group> red(Report report) {
        Set<Group> red = new TreeSet<>();
        report.groups(0).forEach((group, count) -> {
            if (!count.allPass() && !count.unknown()) {
                red.add(group);
            }
        });
        return red;
    }

    @Test
    void rightAdapterPasses() throws Exception {
        Report report = run(new AdapterCandidate("right", EngineAdapter.command("rfc"), LIMIT), Suites.vectors(40));
        assertThat(red(report)).isEmpty();
        assertThat(report.good()).as(report.summary()).isTrue();
        assertThat(report.candidates().getFirst().description()).endsWith("(name rfc)");
        assertThat(report.groups(0).get(Group.BASE64)).extracting(Count::allPass).isEqualTo(true);
        assertThat(report.groups(0).get(Group.PACKET)).as("the protocol has no packet").extracting(Count::unknown).isEqualTo(true);
    }

    /** A runtime with one wrong row has exactly that row's group red. */
    @Test
    void wrongRowTurnsItsGroupRed() throws Exception {
        Map<SeededReference, Group> wrong = Map.of(SeededReference.FLOORED_MODULO, Group.DIVMUL64, SeededReference.MODULO_BY_ZERO,
                Group.DIVMUL32,
                SeededReference.SIGNED_COMPARISON, Group.BASE64, SeededReference.WIDE_COMPARISON, Group.BASE32);
        for (Map.Entry<SeededReference, Group> seeded : wrong.entrySet()) {
            Report report = run(new AdapterCandidate("wrong", EngineAdapter.command(seeded.getKey().name()), LIMIT), Suites.vectors(80)
                    .stream()
                    .filter(testCase -> testCase.body() instanceof TestCase.Vectors).toList());
            assertThat(red(report)).as(seeded.getKey().name()).containsExactly(seeded.getValue());
        }
    }

    /** Many runs of a program over the same memory: r0 and memory of the last one, and the time of all. */
    @Test
    void manyRunsAreTimed() throws Exception {
        timed(EngineAdapter.command("rfc"));
        Path binary = folder.resolve("example");
        Assumptions.assumeTrue(compiles(example(), binary), "no C compiler here: the example adapter was not timed");
        timed(List.of(binary.toString()));
    }

    private static void timed(List<String> command) throws InterruptedException {
        byte[] code = new Assembler(Isa.bpf()).assemble("count", """
                  r0 = *(u64 *)(r1 + 0)
                  r0 += 1
                  *(u64 *)(r1 + 0) = r0
                  exit
                """, ByteOrder.LITTLE_ENDIAN);
        try (OutsideRuntime runtime = new OutsideRuntime("timed", command, true, LIMIT)) {
            OutsideRuntime.Timed timed = runtime.time(code, new byte[16], 1_000);
            assertThat(timed.answer().text()).isEmpty();
            assertThat(timed.answer().r0()).isEqualTo(1_000);
            assertThat(timed.answer().memory().orElseThrow()).startsWith(0xe8, 0x03, 0).hasSize(16);
            assertThat(timed.nanos()).isPositive();
            OutsideRuntime.Timed bad = runtime.time(new byte[8], new byte[16], 1_000);
            assertThat(bad.answer().ended()).isNotEqualTo(OutsideRuntime.Ended.RETURNED);
            assertThat(runtime.ask(code, new byte[8]).r0()).isEqualTo(1);
        }
    }

    private static Path example() {
        return Path.of(System.getProperty("bpf4j.root", "..")).resolve("conformance/adapters/example.c");
    }

    private Result shell(String script, Duration limit) throws IOException, InterruptedException {
        Path file = folder.resolve("adapter.sh");
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        try (Candidate candidate = new AdapterCandidate("shell", List.of(file.toString()), limit)) {
            return candidate.run(seven());
        }
    }

    /** The greeting, as a shell script prints it. */
    private static final String HELLO = "printf '\\020\\000\\000\\000bpf4j-adapter 1\\n'";

    @Test
    void adaptersThatMisbehave() throws Exception {
        assertThat(shell("exit 3", LIMIT)).isEqualTo(Result.of(Kind.CRASH, "the process ended with exit code 3"));
        assertThat(shell("printf '\\005\\000\\000\\000hello'", LIMIT)).isEqualTo(Result.of(Kind.CRASH,
                "its greeting is not 'bpf4j-adapter 1'"));
        assertThat(shell("printf '\\377\\377\\377\\177'; sleep 60", LIMIT).message()).contains("announces a frame of 2147483647 bytes");
        assertThat(shell(HELLO + "; kill -SEGV $$", LIMIT)).isEqualTo(Result.of(Kind.CRASH, "the process ended with signal 11 (SIGSEGV)"));
        assertThat(shell(HELLO + "; sleep 60", Duration.ofMillis(300))).isEqualTo(Result.of(Kind.TIMEOUT, "no answer within 300 ms"));
        assertThat(shell(HELLO + "; printf '\\002\\000\\000\\000xx'; sleep 60", LIMIT).message()).isEqualTo(
                "its reply has 2 bytes, expected at least 24");
        String other = "printf '\\030\\000\\000\\000\\011\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\007\\000\\000\\000\\000\\000\\000\\000'";
        assertThat(shell(HELLO + "; " + other + "; sleep 60", LIMIT).message()).startsWith(
                "its reply cannot be understood: number 9 (expected 1)");
    }

    @Test
    void vectorsOfAnAdapterThatDiesAreNotAskedForEver() throws Exception {
        Path file = folder.resolve("dies.sh");
        Files.writeString(file, "#!/bin/sh\necho x >> " + folder.resolve("starts") + "\n" + HELLO
                + "\nhead -c 1 > /dev/null; kill -ILL $$\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        TestCase vectors = Suites.vectors(500).getFirst();
        try (Candidate candidate = new AdapterCandidate("dies", List.of(file.toString()), LIMIT)) {
            Result result = candidate.run(vectors);
            assertThat(result.kind()).isEqualTo(Kind.CRASH);
            assertThat(result.message()).startsWith("3 of 500 vectors; the first: add32_imm/0: the process ended with signal 4 (SIGILL)");
        }
        assertThat(Files.readAllLines(folder.resolve("starts"))).hasSize(3);
    }

    /** The example in C is what its comment says: it runs base32 and base64, and says of the rest that it cannot. */
    @Test
    void exampleInC() throws Exception {
        Path binary = folder.resolve("example");
        Assumptions.assumeTrue(compiles(example(), binary), "no C compiler here: the example adapter was not run");
        data("memory", "-- asm\nldxb %r0, [%r1+1]\nadd %r0, %r2\nexit\n-- mem\n01 02 03\n-- result\n5\n");
        data("mul", "-- asm\nmov %r0, 3\nmul %r0, 3\nexit\n-- result\n9\n");
        data("off_the_end", "-- asm\nmov %r0, 3\n-- error\n");
        List<TestCase> own = data("wrong", "-- asm\nmov %r0, 3\nexit\n-- result\n4\n");
        Report report = run(new AdapterCandidate("example", List.of(binary.toString()), LIMIT), own);
        assertThat(report.findings().getFirst()).extracting(finding -> finding.result().kind()).containsExactly(Kind.PASS, Kind.UNSUPPORTED,
                Kind.PASS,
                Kind.WRONG);
        List<TestCase> vectors = Suites.vectors(60).stream().filter(testCase -> testCase.body() instanceof TestCase.Vectors && testCase
                .group() == Group.BASE64).toList();
        Report base64 = run(new AdapterCandidate("example", List.of(binary.toString()), LIMIT), vectors);
        assertThat(base64.total(0).failed()).as(base64.summary()).isZero();
        assertThat(base64.total(0).pass()).isGreaterThan(40);
    }

    private static boolean compiles(Path source, Path binary) throws InterruptedException {
        try {
            Process process = new ProcessBuilder("cc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", binary.toString(), source.toString())
                    .inheritIO()
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as("the example compiles without a warning").isZero();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
