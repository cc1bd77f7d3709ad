// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.isa.Isa;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * On what a run was made: names and values, in the order in which they are shown.
 *
 * @param fields what is said; keys in lower case
 */
public record Header(Map<String, String> fields) {
    private static final int SHOWN_DIGITS = 16;

    /** Keeps the order. */
    public Header { fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields)); }

    /**
     * The header of a run in this process.
     *
     * @param version of bpf4j, with its commit where it is known
     * @param cases   what is run
     */
    public static Header here(String version, List<TestCase> cases) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("bpf4j", version);
        fields.put("table", digest(Isa.sources().values().stream().map(String::getBytes).toList()));
        fields.put("cpu", processor());
        fields.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"));
        fields.put("jdk", System.getProperty("java.vendor") + " " + System.getProperty("java.runtime.version"));
        Map<String, Integer> counts = new LinkedHashMap<>();
        cases.forEach(testCase -> counts.merge(testCase.suite(), 1, Integer::sum));
        counts.forEach((suite, count) -> fields.put("suite " + suite, count + " cases, " + digest(cases.stream().filter(testCase -> testCase
                .suite().equals(suite)).map(Header::identity).toList())));
        return new Header(fields);
    }

    /** What makes a case what it is. */
    private static byte[] identity(TestCase testCase) {
        String text = testCase.id() + switch (testCase.body()) {
            case TestCase.Data(var data) -> HexFormat.of().formatHex(data.code()) + HexFormat.of().formatHex(data.memory()) + data
                    .expectation();
            case TestCase.Bpft(var bpft) -> HexFormat.of().formatHex(bpft.program().code()) + bpft.setup().limits();
            case TestCase.Vectors vectors -> " " + vectors.count();
            case TestCase.Malformed malformed -> "";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(List<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            parts.forEach(part -> {
                digest.update(part);
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String processor() {
        Optional<String> name = Optional.empty();
        try {
            name = Files.readAllLines(Path.of("/proc/cpuinfo")).stream().filter(line -> line.startsWith("model name")).map(line -> line
                    .substring(
                            line.indexOf(':') + 1).strip()).findFirst();
        } catch (IOException e) {
            // Another system than Linux: its name for the architecture must do.
        }
        return name.orElse(System.getProperty("os.arch")) + ", " + Runtime.getRuntime().availableProcessors() + " CPUs";
    }
}
