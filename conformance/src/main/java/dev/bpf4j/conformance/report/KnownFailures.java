// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.candidate.Result.Kind;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.isa.Diagnostic;
import dev.bpf4j.isa.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A list of failures that are known, each with its reason. One per line:
 *
 * <pre>
 * # candidate  kind     case                  reason
 * linux        refused  tests/lsh32-imm-high  the verifier refuses constant shifts by the width and more
 * </pre>
 *
 * The candidate is a name, the kind {@link Kind#key()} or {@code any}, the case a regular expression for the whole id, the rest of the line the
 * reason. Columns are parted by blanks; {@code #} in the first column starts a comment. Immutable.
 */
public final class KnownFailures {
    /** Nothing is known. */
    public static final KnownFailures NONE = new KnownFailures(List.of());

    private static final String ANY = "any";

    private final List<Entry> entries;

    private record Entry(String candidate, String kind, Pattern testCase, String reason) {
        boolean matches(String name, TestCase other, Optional<Kind> result) {
            return candidate.equals(name) && testCase.matcher(other.id()).matches() && (kind.equals(ANY) || result.isEmpty() || kind.equals(
                    result
                            .get().key()));
        }
    }

    private KnownFailures(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads a list.
     *
     * @throws dev.bpf4j.isa.SourceException if a line is wrong, with its place
     */
    public static KnownFailures parse(String name, String text) {
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] columns = stripped.split("\\s+", 4);
            if (columns.length < 4) {
                throw new Diagnostic(name, number, 1, line, "expected candidate, kind, case and reason").exception();
            }
            if (!columns[1].equals(ANY) && List.of(Kind.values()).stream().noneMatch(kind -> kind.failed() && kind.key().equals(
                    columns[1]))) {
                throw new Diagnostic(name, number, line.indexOf(columns[1]) + 1, line, "no kind of failure '" + columns[1] + "'")
                        .exception();
            }
            try {
                entries.add(new Entry(columns[0], columns[1], Pattern.compile(columns[2]), columns[3]));
            } catch (PatternSyntaxException e) {
                throw new Diagnostic(name, number, line.indexOf(columns[2]) + 1, line, "no regular expression: " + e.getDescription())
                        .exception();
            }
        }
        return new KnownFailures(entries);
    }

    /** Reads a file; see {@link #parse}. */
    public static KnownFailures read(Path file) throws IOException {
        return parse(file.toString(), Utf8.text(file.toString(), Files.readAllBytes(file)));
    }

    /** This list and behind it another one. */
    public KnownFailures and(KnownFailures other) {
        List<Entry> all = new ArrayList<>(entries);
        all.addAll(other.entries);
        return new KnownFailures(all);
    }

    /**
     * Why a case is known to fail on a candidate; empty if it is not, or not in the way it did.
     *
     * @param kind what came of it; a pass asks for any entry
     */
    String reason(String candidate, TestCase testCase, Kind kind) {
        Optional<Kind> asked = kind.failed() ? Optional.of(kind) : Optional.empty();
        return entries.stream().filter(entry -> entry.matches(candidate, testCase, asked)).map(Entry::reason).findFirst().orElse("");
    }
}
