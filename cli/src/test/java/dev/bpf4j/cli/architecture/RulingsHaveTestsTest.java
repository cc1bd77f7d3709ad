// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every ruling of {@code docs/design.md} has a test named after it, {@code ruling05_…}, and no test is named after one that is not there. */
class RulingsHaveTestsTest {
    private static final Path ROOT = Path.of(System.getProperty("bpf4j.root"));
    private static final Pattern RULING = Pattern.compile("(?m)^(\\d+)\\. ");
    private static final Pattern TEST = Pattern.compile("\\bvoid ruling(\\d+)\\w*\\(");

    @Test
    void everyRulingHasATestNamedAfterIt() throws IOException {
        assertThat(tested()).isEqualTo(rulings());
    }

    private static Set<Integer> rulings() throws IOException {
        String design = Files.readString(ROOT.resolve("docs/design.md"));
        int start = design.indexOf("### Rulings");
        assertThat(start).as("the heading of the rulings").isNotNegative();
        Set<Integer> numbers = numbers(RULING, design.substring(start, design.indexOf("\n## ", start)));
        assertThat(numbers).isNotEmpty();
        return numbers;
    }

    private static Set<Integer> tested() throws IOException {
        Set<Integer> numbers = new TreeSet<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                String name = directory.getFileName().toString();
                boolean other = name.equals("target") || name.equals("main") || name.startsWith(".");
                return other && !directory.equals(ROOT) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (file.toString().endsWith("Test.java")) {
                    numbers.addAll(numbers(TEST, Files.readString(file)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return numbers;
    }

    private static Set<Integer> numbers(Pattern pattern, String text) {
        Set<Integer> numbers = new TreeSet<>();
        pattern.matcher(text).results().forEach(match -> numbers.add(Integer.valueOf(match.group(1))));
        return numbers;
    }
}
