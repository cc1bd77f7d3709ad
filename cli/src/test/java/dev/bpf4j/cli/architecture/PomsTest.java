// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the launcher's build, which skips tests, asks of the poms. */
class PomsTest {
    private static final Path ROOT = Path.of(System.getProperty("bpf4j.root"));
    private static final Pattern TEST_JAR = Pattern.compile("<goal>test-jar</goal>.*?</execution>", Pattern.DOTALL);

    /** Maven resolves dependencies of tests even if tests are skipped, so a test jar has to be made, empty. */
    @Test
    void testJarsAreMadeEvenIfTestsAreSkipped() throws IOException {
        List<String> executions = new ArrayList<>();
        try (Stream<Path> modules = Files.list(ROOT)) {
            for (Path pom : modules.map(module -> module.resolve("pom.xml")).filter(Files::exists).toList()) {
                TEST_JAR.matcher(Files.readString(pom)).results().forEach(match -> executions.add(ROOT.relativize(pom) + " "
                        + match.group()));
            }
        }
        assertThat(executions).isNotEmpty().allSatisfy(execution -> assertThat(execution).contains("<skip>false</skip>"));
    }
}
