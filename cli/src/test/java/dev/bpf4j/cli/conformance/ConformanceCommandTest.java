// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.conformance.report.Report;
import dev.bpf4j.conformance.report.SampleReport;
import dev.bpf4j.golden.Golden;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code conformance}: options, output, exit codes, JSON and its schema. */
class ConformanceCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path folder;

    private Path suite;

    @BeforeEach
    void suite() throws IOException {
        suite = Files.createDirectory(folder.resolve("own"));
        write("add", "-- asm\nmov %r0, 3\nadd %r0, 4\nexit\n-- result\n7\n");
        write("jump32", "-- asm\nmov32 %r0, 3\njeq32 %r0, 3, +1\nmov32 %r0, 4\nexit\n-- result\n3\n");
        write("sdiv", "-- asm\nmov %r0, -6\nsdiv %r0, 3\nexit\n-- result\n0xfffffffffffffffe\n");
        write("unused-byte", "-- raw\n07 00 01 00 00 00 00 00\n95 00 00 00 00 00 00 00\n-- error\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(suite.resolve(name + ".data"), text);
    }

    private static JsonNode schema() throws IOException {
        return JSON.readTree(Files.readString(Invocation.ROOT.resolve("docs/conformance-report.schema.json")));
    }

    @Test
    void enginesPassAndTheLastLineSumsUp() {
        Invocation run = Invocation.of("conformance", "--engine", "interpreter", "--engine", "rfc", "--suite", suite, "--filter", "^own/",
                "--brief");
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("candidate rfc: engine rfc").contains("divmul64            pass 1       pass 1");
        assertThat(run.out().lines().toList().getLast()).isEqualTo("PASS: 8 of 8 results pass; 4 cases, 2 candidates");
        assertThat(run.err()).as("nobody watches, so nothing is shown").isEmpty();
    }

    @Test
    void bundledSuiteAndVectorsAreThere() {
        Invocation bundled = Invocation.of("conformance", "--engine", "interpreter", "--vectors", 0, "--group", "rulings");
        assertThat(bundled.code()).as(bundled.out()).isEqualTo(ExitCode.OK);
        assertThat(bundled.out()).containsPattern("rulings +pass 1\\d\\d");
        Invocation vectors = Invocation.of("conformance", "--engine", "interpreter", "--vectors", 20, "--filter",
                "(vectors|malformed)/s?mod");
        assertThat(vectors.code()).as(vectors.out()).isEqualTo(ExitCode.OK);
        assertThat(vectors.out().lines().toList().getLast()).isEqualTo("PASS: 32 of 32 results pass; 32 cases, 1 candidate");
    }

    @Test
    void casesAreChosen() {
        assertThat(lastLine("--cpu", "v1")).contains("2 cases");
        assertThat(lastLine("--cpu", "v3")).contains("3 cases");
        assertThat(lastLine("--group", "divmul64")).contains("1 case,");
        assertThat(lastLine("--group", "divmul64", "--group", "base32")).contains("2 cases");
        assertThat(lastLine("--filter", "^own/[as]")).contains("2 cases");
    }

    private String lastLine(Object... options) {
        List<Object> all = new ArrayList<>(List.of("conformance", "--engine", "rfc", "--suite", suite, "--vectors", 0));
        all.addAll(List.of(options));
        if (!options[0].equals("--filter")) {
            all.addAll(List.of("--filter", "^own/"));
        }
        Invocation run = Invocation.of(all.toArray());
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(ExitCode.OK);
        return run.out().lines().toList().getLast();
    }

    @Test
    void whatCannotBeAskedAtAllIsSaidOnce() {
        for (String option : List.of("--plugin", "--adapter")) {
            Invocation run = Invocation.of("conformance", option, folder.resolve("missing").toString(), "--suite", suite);
            assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err()).startsWith("bpf4j: " + option + " '" + folder.resolve("missing") + "': cannot be started: ").hasLineCount(
                    1);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "cat")
    void adapterThatDoesNotGreetIsWaitedForOnce() {
        Invocation run = Invocation.of("conformance", "--adapter", "cat", "--timeout", 1, "--suite", suite);
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).isEqualToIgnoringNewLines("bpf4j: --adapter 'cat': no answer within 1000 ms");
    }

    @Test
    void listOfKnownFailuresIsText() throws IOException {
        Path known = folder.resolve("known.txt");
        Files.write(known, new byte[] {'#', '\n', 'a', (byte) 0xff});
        Invocation run = Invocation.of("conformance", "--engine", "rfc", "--known", known);
        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).startsWith("bpf4j: " + known + ":2:2: byte 0xff is no text in UTF-8");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the plugin is a shell script")
    void wrongPluginIsFoundOutAndMayBeKnown() throws IOException {
        Path plugin = folder.resolve("seven.sh");
        Files.writeString(plugin, "#!/bin/sh\ncat > /dev/null\necho 7\n");
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        Object[] command = {"conformance", "--plugin", "seven=" + plugin + " --jit", "--suite", suite, "--filter", "^own/"};
        Invocation run = Invocation.of(command);
        assertThat(run.code()).isEqualTo(ExitCode.DISAGREEMENT);
        assertThat(run.out()).contains("  own/jump32 (base32): wrong result: expected r0 = 0x3, found 0x7").contains(
                "  own/unused-byte (base64): wrong result: expected an error, found r0 = 7").contains(
                        "again, the first: bpf4j conformance --plugin '");
        assertThat(run.out().lines().toList().getLast()).isEqualTo("FAIL: 1 of 4 results pass, 3 failed; 4 cases, 1 candidate");
        Path known = folder.resolve("known.txt");
        Files.writeString(known, "seven any own/(jump32|sdiv|unused.*) it always says 7\n");
        Invocation forgiven = Invocation.of("conformance", "--plugin", "seven=" + plugin, "--suite", suite, "--filter", "^own/", "--known",
                known);
        assertThat(forgiven.code()).isEqualTo(ExitCode.OK);
        assertThat(forgiven.out().lines().toList().getLast()).isEqualTo(
                "PASS: 1 of 4 results pass, 3 known failures; 4 cases, 1 candidate");
        Files.writeString(known, "seven any own/(jump32|sdiv|unused.*|add) it always says 7\n");
        Invocation outOfDate = Invocation.of("conformance", "--plugin", "seven=" + plugin, "--suite", suite, "--filter", "^own/", "--known",
                known);
        assertThat(outOfDate.code()).as("an unexpected pass is an error").isEqualTo(ExitCode.DISAGREEMENT);
        assertThat(outOfDate.out()).contains("own/add (base64): unexpected pass (known to fail: it always says 7)");
    }

    @Test
    void reportsInAllFormats() throws IOException {
        Invocation run = Invocation.of("conformance", "--engine", "rfc", "--suite", suite, "--vectors", 3, "--report", folder.resolve(
                "r.json"),
                "--report", folder.resolve("r.html"), "--report", folder.resolve("r.md"), "--report", folder.resolve("r.xml"), "--report",
                folder
                        .resolve("r.svg"));
        assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.OK);
        assertThat(Schema.check(schema(), JSON.readTree(Files.readString(folder.resolve("r.json"))))).isEmpty();
        assertThat(folder.resolve("r.html")).content().startsWith("<!DOCTYPE html>");
        assertThat(folder.resolve("r.md")).content().startsWith("# eBPF ISA conformance");
        assertThat(folder.resolve("r.xml")).content().contains("<testsuites");
        assertThat(folder.resolve("r.svg")).content().contains("rfc: 7 of 7 groups");
    }

    @Test
    void reportDoesNotDependOnTheNumberOfThreads() throws IOException {
        for (int threads : new int[] {1, 5}) {
            assertThat(Invocation.of("conformance", "--engine", "rfc", "--suite", suite, "--vectors", 2, "--threads", threads, "--report",
                    folder
                            .resolve(threads + ".json")).code()).isEqualTo(ExitCode.OK);
        }
        assertThat(folder.resolve("1.json")).hasSameTextualContentAs(folder.resolve("5.json"));
    }

    @Test
    void jsonOfEveryKindOfResult() throws IOException {
        String text = new JsonReport(SampleReport.make(Files.createDirectory(folder.resolve("sample")))).text();
        Golden.check(Golden.resource("conformance/sample.json"), text);
        assertThat(Schema.check(schema(), JSON.readTree(text))).isEmpty();
        ObjectNode broken = (ObjectNode) JSON.readTree(text);
        broken.put("good", "yes");
        ((ObjectNode) broken.get("cases").get(0)).remove("id");
        ((ObjectNode) broken.get("candidates").get(0)).put("more", 1);
        assertThat(Schema.check(schema(), broken)).containsExactlyInAnyOrder("$.good is no \"boolean\"", "$.cases[0] has no \"id\"",
                "$.candidates[0] has more");
    }

    @Test
    void textOfEveryKindOfResult() throws IOException {
        StringWriter text = new StringWriter();
        Report report = SampleReport.make(Files.createDirectory(folder.resolve("sample")));
        new TextReport(report, new PrintWriter(text, true), false).print();
        Golden.check(Golden.resource("conformance/sample.txt"), text.toString().replace("\r\n", "\n"));
    }

    @Test
    void reportsAreCompared() throws IOException {
        Path before = folder.resolve("before.json");
        Path after = folder.resolve("after.json");
        assertThat(Invocation.of("conformance", "--engine", "rfc", "--suite", suite, "--filter", "^own/", "--report", before).code())
                .isEqualTo(
                        ExitCode.OK);
        Invocation same = Invocation.of("conformance", "--compare", before, before);
        assertThat(same.code()).isEqualTo(ExitCode.OK);
        assertThat(same.out()).isEqualTo("PASS: 0 worse, 0 better, 0 different, 0 gone, 0 new; 4 results before, 4 now\n");
        write("sdiv", "-- asm\nmov %r0, -6\nsdiv %r0, 3\nexit\n-- result\n1\n");
        write("new", "-- asm\nmov %r0, 1\nexit\n-- result\n1\n");
        Files.delete(suite.resolve("add.data"));
        assertThat(Invocation.of("conformance", "--engine", "rfc", "--suite", suite, "--filter", "^own/", "--report", after).code())
                .isEqualTo(
                        ExitCode.DISAGREEMENT);
        Invocation compared = Invocation.of("conformance", "--compare", before, after);
        assertThat(compared.code()).isEqualTo(ExitCode.DISAGREEMENT);
        assertThat(compared.out()).isEqualTo("""
                passed before, does not now:
                  rfc own/sdiv: pass, now wrong

                only in the first report:
                  rfc own/add: was pass

                only in the second report:
                  rfc own/new: pass

                FAIL: 1 worse, 0 better, 0 different, 1 gone, 1 new; 4 results before, 4 now
                """);
        assertThat(Invocation.of("conformance", "--compare", after, before).out()).contains(
                "passes now, did not before:\n  rfc own/sdiv: wrong, now pass");
    }

    @Test
    void wrongUse() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Path text = Files.writeString(folder.resolve("text.json"), "{\"format\": 1, \"more\": [{}, {\"x\": [1]}]}");
        Path torn = Files.writeString(folder.resolve("torn.json"), "{\"format\": 1, \"more\": [{}, {\"x\": [1");
        write("bad", "-- asm\nfrob %r0\nexit\n-- result\n0\n");
        for (List<Object> wrong : List.<List<Object>>of(List.of("--group", "base", "--group base: expected base32, base64,"), List.of(
                "--cpu", "v5",
                "--cpu v5: expected v1, v2, v3 or v4"), List.of("--filter", "(", "--filter (: "), List.of("--filter", "^nothing$",
                        "no case is left of"),
                List.of("--report", "report.txt", "--report report.txt: expected a name that ends with .json"), List.of("--suite", empty,
                        "has no file that ends with .bpft"), List.of("--suite", folder.resolve("none"), "no such file"), List.of("--suite",
                                suite,
                                "bad.data:2:1: no instruction starts with 'frob'"), List.of("--vectors", "-1",
                                        "--vectors -1: expected at least 0"), List
                                                .of("--threads", "0", "--threads 0: expected at least 1"), List.of("--engine", "turbo",
                                                        "no engine turbo"),
                List.of("--known", folder.resolve("none"), "no such file"), List.of("--plugin", "x=", "expected a command"))) {
            Invocation run = Invocation.of("conformance", wrong.get(0), wrong.get(1));
            assertThat(run.code()).as(wrong + run.out()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err()).contains(String.valueOf(wrong.get(2)));
        }
        assertThat(Invocation.of("conformance", "--compare", text, text).err()).contains(
                "is no report of bpf4j conformance: it has no cases");
        assertThat(Invocation.of("conformance", "--compare", torn, torn).err()).contains("torn.json:1:").contains("is no JSON");
        assertThat(Invocation.of("conformance", "--compare", suite.resolve("add.data"), text).err()).contains("is no JSON");
    }

    @Test
    void helpNamesEveryOption() {
        String help = Invocation.of("conformance", "--help").out();
        for (String option : List.of("--engine", "--plugin", "--adapter", "--suite", "--group", "--cpu", "--filter", "--report",
                "--compare", "--known",
                "--vectors", "--timeout", "--threads")) {
            assertThat(help).containsPattern(Pattern.quote(option) + "\\b");
        }
    }
}
