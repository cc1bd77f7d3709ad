// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The embedding examples print what stands beside them, and what the tutorial shows is code of theirs. */
class EmbeddingTest {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("bpf4j.root"), "-Dbpf4j.root"));
    private static final Path EXAMPLES = ROOT.resolve("examples/embedding");

    static List<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".java")).map(name -> name.replace(".java",
                    "")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void printsWhatIsExpected(String example) throws IOException, InterruptedException {
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty(
                "java.class.path"), EXAMPLES.resolve(example + ".java").toString());
        Process process = new ProcessBuilder(command).directory(ROOT.toFile()).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).isEqualTo(Files.readString(EXAMPLES.resolve(example + ".expected")));
    }

    @Test
    void snippetsOfTheTutorialAreCodeOfTheExamples() throws IOException {
        StringBuilder code = new StringBuilder();
        for (String example : examples()) {
            code.append(flat(Files.readString(EXAMPLES.resolve(example + ".java"))));
        }
        List<String> snippets = snippets(Files.readString(ROOT.resolve("docs/embedding.md")));
        assertThat(snippets).hasSizeGreaterThan(4);
        for (String snippet : snippets) {
            assertThat(code.toString()).contains(flat(snippet));
        }
    }

    private static List<String> snippets(String markdown) {
        List<String> snippets = new ArrayList<>();
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(markdown);
        while (block.find()) {
            snippets.add(block.group(1));
        }
        return snippets;
    }

    /** Indentation and line breaks do not matter. */
    private static String flat(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }
}
