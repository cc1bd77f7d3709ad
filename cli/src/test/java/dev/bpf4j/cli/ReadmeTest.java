// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the README shows of the command is what the command prints, to the letter; a line of three dots stands for lines left out. */
class ReadmeTest {
    private static final String PROMPT = "$ ./bpf4j ";

    /** A command and what is shown below it. */
    private record Shown(String command, List<String> lines) {}

    @TestFactory
    Stream<DynamicTest> commandsPrintWhatIsShown() throws IOException {
        return shown().stream().map(example -> DynamicTest.dynamicTest(example.command(), () -> check(example)));
    }

    @Test
    void thereAreExamples() throws IOException {
        assertThat(shown()).hasSizeGreaterThan(3);
    }

    private static void check(Shown example) {
        Object[] words = Stream.of(example.command().split(" ")).map(word -> word.startsWith("examples/") ? Invocation.ROOT.resolve(word)
                : word).toArray();
        Invocation ran = Invocation.of(words);
        List<String> printed = Stream.concat(ran.out().lines(), ran.err().lines()).toList();
        int gap = example.lines().indexOf("...");
        if (gap < 0) {
            assertThat(printed).isEqualTo(example.lines());
            return;
        }
        List<String> end = example.lines().subList(gap + 1, example.lines().size());
        assertThat(printed).startsWith(example.lines().subList(0, gap).toArray(String[]::new)).endsWith(end.toArray(String[]::new))
                .hasSizeGreaterThan(example.lines().size());
    }

    /** The commands in the README's code blocks that start with a prompt. */
    private static List<Shown> shown() throws IOException {
        List<Shown> examples = new ArrayList<>();
        boolean open = false;
        for (String line : Files.readAllLines(Invocation.ROOT.resolve("README.md"))) {
            if (line.startsWith("```")) {
                open = false;
            } else if (line.startsWith(PROMPT)) {
                examples.add(new Shown(line.substring(PROMPT.length()), new ArrayList<>()));
                open = true;
            } else if (open) {
                examples.getLast().lines().add(line);
            }
        }
        return examples;
    }
}
