// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.conformance;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.json.JsonInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What has changed from one JSON report to another. */
final class Comparison {
    private static final String PASS = "pass";

    private final Map<String, String> before;
    private final Map<String, String> after;

    private Comparison(Map<String, String> before, Map<String, String> after) {
        this.before = before;
        this.after = after;
    }

    /** Reads both reports. */
    static Comparison of(Path before, Path after) throws IOException {
        return new Comparison(read(before), read(after));
    }

    /** Kinds of results by candidate and case. */
    private static Map<String, String> read(Path file) throws IOException {
        Map<String, String> results = new LinkedHashMap<>();
        boolean[] found = new boolean[1];
        try (JsonInput json = new JsonInput(file.toString(), Files.readAllBytes(file))) {
            json.object(field -> {
                switch (field) {
                    case "format" -> json.number(JsonReport.FORMAT, JsonReport.FORMAT);
                    case "cases" -> {
                        found[0] = true;
                        json.array(() -> testCase(json, results));
                    }
                    default -> json.skip();
                }
            });
            json.end();
        }
        if (!found[0]) {
            throw new UserError(file + " is no report of bpf4j conformance: it has no cases");
        }
        return results;
    }

    private static void testCase(JsonInput json, Map<String, String> results) {
        String[] id = {""};
        Map<String, String> kinds = new LinkedHashMap<>();
        json.object(field -> {
            switch (field) {
                case "id" -> id[0] = json.string();
                case "results" -> json.object(candidate -> json.object(of -> {
                    if (of.equals("kind")) {
                        kinds.put(candidate, json.string());
                    } else {
                        json.skip();
                    }
                }));
                default -> json.skip();
            }
        });
        kinds.forEach((candidate, kind) -> results.put(candidate + " " + id[0], kind));
    }

    /** Prints what has changed; anything that passed and does not any more is a failure. */
    ExitCode print(PrintWriter out) {
        List<String> worse = new ArrayList<>();
        List<String> better = new ArrayList<>();
        List<String> other = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        Set<String> all = new LinkedHashSet<>(before.keySet());
        all.addAll(after.keySet());
        for (String key : all) {
            String a = before.get(key);
            String b = after.get(key);
            if (a == null) {
                fresh.add(key + ": " + b);
            } else if (b == null) {
                gone.add(key + ": was " + a);
            } else if (!Objects.equals(a, b)) {
                (a.equals(PASS) ? worse : b.equals(PASS) ? better : other).add(key + ": " + a + ", now " + b);
            }
        }
        print(out, "passed before, does not now", worse);
        print(out, "passes now, did not before", better);
        print(out, "fails otherwise", other);
        print(out, "only in the first report", gone);
        print(out, "only in the second report", fresh);
        out.println((worse.isEmpty() ? "PASS: " : "FAIL: ") + worse.size() + " worse, " + better.size() + " better, " + other.size()
                + " different, " + gone.size() + " gone, " + fresh.size() + " new; " + before.size() + " results before, " + after.size()
                + " now");
        return worse.isEmpty() ? ExitCode.OK : ExitCode.DISAGREEMENT;
    }

    private static void print(PrintWriter out, String title, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println(title + ":");
            lines.forEach(line -> out.println(Printable.line("  " + line)));
            out.println();
        }
    }
}
