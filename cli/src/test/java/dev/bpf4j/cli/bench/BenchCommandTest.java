// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.bench.compare.Markdown;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command's options. Figures are not looked at. */
class BenchCommandTest {
    @Test
    void marksOfADocumentAreKept(@TempDir Path folder) throws IOException {
        Path document = folder.resolve("figures.md");
        Files.writeString(document, "Before.\n\n" + Markdown.BEGIN + "\nold\n" + Markdown.END + "\n\nAfter.\n");
        Invocation bench = Invocation.of("bench", "--engine", "evaluator", "--program", "add", "--rounds", 1, "--format", "markdown",
                "--out", document, "--json", folder.resolve("figures.json"), "--chart", folder.resolve("figures.svg"));
        assertThat(bench.code()).as(bench.err()).isEqualTo(ExitCode.OK);
        assertThat(bench.err()).contains("bench: checking add\n", "bench: round 1 of 1: add in evaluator strict\n");
        assertThat(Files.readString(folder.resolve("figures.json"))).startsWith("{").contains("\"contender\": \"evaluator strict\"");
        assertThat(Files.readString(folder.resolve("figures.svg"))).startsWith("<svg ");
        assertThat(bench.out()).isEmpty();
        assertThat(Files.readString(document)).startsWith("Before.\n\n" + Markdown.BEGIN + "\n").endsWith(Markdown.END + "\n\nAfter.\n")
                .contains("| program | evaluator strict |").doesNotContain("old");
    }

    @Test
    void documentWithoutMarksIsRefusedBeforeAnythingIsMeasured(@TempDir Path folder) throws IOException {
        Path document = folder.resolve("figures.md");
        Files.writeString(document, "Text.\n");
        Invocation bench = Invocation.of("bench", "--engine", "evaluator", "--program", "add", "--format", "markdown", "--out", document);
        assertThat(bench.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(bench.err()).contains("no part to replace").doesNotContain("checking");
        assertThat(Files.readString(document)).isEqualTo("Text.\n");
    }

    @Test
    void whatCouldNotRunIsTold() {
        Invocation bench = Invocation.of("bench", "--engine", "outside", "--program", "arraymap");
        assertThat(bench.code()).as(bench.err()).isEqualTo(ExitCode.OK);
        assertThat(bench.out()).contains("ubpf interpreter did not run all programs: ", "rbpf jit did not run all programs: ");
        Invocation picture = Invocation.of("bench", "--engine", "ubpf", "--program", "arraymap", "--format", "svg");
        assertThat(picture.out()).contains("no native code was measured").endsWith("</svg>\n");
    }

    @Test
    void unknownNamesAreTold() {
        Invocation program = Invocation.of("bench", "--program", "lop");
        assertThat(program.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(program.err()).contains("no program or family lop; there are add, loop, ", "families kinds, more, ");
        Invocation engine = Invocation.of("bench", "--engine", "fast");
        assertThat(engine.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(engine.err()).contains("no engine fast");
        assertThat(Invocation.of("bench", "--rounds", 0).err()).contains("--rounds: 0, expected 1 to 1000");
    }
}
