// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/dependencies.md} names exactly what the build uses. */
class DependenciesDocumentTest {
    private static final Path ROOT = Path.of(System.getProperty("bpf4j.root"));
    private static final Pattern ARTIFACT = Pattern.compile("<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");
    private static final Pattern NAME = Pattern.compile("`([^`]+)`");

    /** A rebuilt library stands for the one that it is made of. */
    private static final String REBUILT_PICOCLI = "bpf4j-picocli";

    @Test
    void namesWhatThePomsUse() throws IOException {
        assertThat(documented()).isEqualTo(used());
    }

    private static Set<String> used() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            for (Path pom : files.filter(f -> f.endsWith("pom.xml") && !ROOT.relativize(f).toString().contains("target")).toList()) {
                ARTIFACT.matcher(Files.readString(pom)).results().forEach(m -> {
                    if (!m.group(1).equals("dev.bpf4j") && !m.group(1).equals("*")) {
                        names.add(m.group(2).equals("picocli") ? REBUILT_PICOCLI : m.group(2));
                    }
                });
            }
        }
        return names;
    }

    /** The names in the first column of the tables. */
    private static Set<String> documented() throws IOException {
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/dependencies.md"))) {
            if (line.startsWith("| `")) {
                NAME.matcher(line.substring(0, line.indexOf('|', 1))).results().forEach(m -> names.add(m.group(1)));
            }
        }
        return names;
    }
}
