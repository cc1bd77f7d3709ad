// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The objects that the tests read, and what is known of them. */
final class TestObjects {
    static final Path FOLDER = Path.of("src/test/bpf");
    static final Path EXAMPLES = Path.of("../examples");

    private TestObjects() {
    }

    /** All objects of the test folder. */
    static List<Path> all() throws IOException {
        return objects(FOLDER);
    }

    /** The objects of the test folder that must load. */
    static List<Path> valid() throws IOException {
        JsonNode known = expected();
        return all().stream().filter(file -> !known.get(name(file)).has("refused")).toList();
    }

    /** The objects of the examples. */
    static List<Path> examples() throws IOException {
        return objects(EXAMPLES);
    }

    /** What {@code expected.json} says, by object. */
    static JsonNode expected() throws IOException {
        return json().get("objects");
    }

    /** What the programs of {@code expected.json} return, by source. */
    static JsonNode runs() throws IOException {
        return json().get("runs");
    }

    private static JsonNode json() throws IOException {
        return new ObjectMapper().readTree(Files.readAllBytes(FOLDER.resolve("expected.json")));
    }

    /** The values of {@code externs.config}. */
    static Map<String, String> kconfig() throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve("externs.config"))) {
            values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
        }
        return values;
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static List<Path> objects(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> name(file).endsWith(".o")).sorted().toList();
        }
    }
}
