// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.fuzz;

import dev.bpf4j.cli.Console;
import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Printable;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftFile;
import dev.bpf4j.conformance.bpft.BpftWriter;
import dev.bpf4j.fuzz.compare.Difference;
import dev.bpf4j.fuzz.corpus.FindingWriter;
import dev.bpf4j.fuzz.corpus.IsolatedComparison;
import dev.bpf4j.fuzz.shrink.Shrinker;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code fuzz replay} and {@code fuzz minimize}. Engines run in a process of their own, since a finding may be that one takes it down. */
final class FindingCommands {
    private static final String LINUX = "linux";

    private FindingCommands() {
    }

    /** Compares engines over the cases of a file: those named, else those that the finding says, else all. */
    static ExitCode replay(Console console, Path file, List<String> named) throws IOException, InterruptedException {
        int differing = 0;
        List<BpftCase> cases = BpftFile.read(file).cases();
        for (BpftCase testCase : cases) {
            List<String> engines = engines(testCase, named);
            try (IsolatedComparison comparison = new IsolatedComparison(engines)) {
                for (Policy policy : testCase.setup().policies()) {
                    Optional<Difference> difference = comparison.difference(testCase, policy);
                    differing += difference.isPresent() ? 1 : 0;
                    console.out().println(Printable.line(testCase.name() + ": " + difference.map(Difference::toString).orElse(String.join(
                            ", ", engines) + " agree")));
                }
            }
        }
        console.out().println(differing == 0 ? "engines agree on " + Printable.count(cases.size(), "case")
                : "engines disagree on " + Printable.count(differing, "case"));
        return differing == 0 ? ExitCode.OK : ExitCode.DISAGREEMENT;
    }

    /** Shrinks the first case on which engines disagree, and prints it. */
    static ExitCode minimize(Console console, Path file, List<String> named) throws IOException, InterruptedException {
        for (BpftCase testCase : BpftFile.read(file).cases()) {
            Policy policy = testCase.setup().policies().getFirst();
            try (IsolatedComparison comparison = new IsolatedComparison(engines(testCase, named))) {
                Optional<Difference> difference = comparison.difference(testCase, policy);
                if (difference.isPresent()) {
                    BpftCase small = new Shrinker(candidate -> again(comparison, candidate, policy, difference.get())).shrink(testCase);
                    List<String> comments = new ArrayList<>(testCase.comments());
                    comments.add("Minimized from " + testCase.program().slots() + " slots: " + difference.get());
                    console.out().print(BpftWriter.write(new BpftCase(small.name(), comments, small.programs(), small.setup(), small
                            .start(),
                            small.expectation(), small.scope(), small.goldens())));
                    return ExitCode.DISAGREEMENT;
                }
            }
        }
        console.err().println(Printable.line("bpf4j: engines agree on " + file + ": there is nothing to make smaller"));
        return ExitCode.OK;
    }

    private static Optional<Difference> again(IsolatedComparison comparison, BpftCase candidate, Policy policy, Difference like) {
        try {
            return comparison.difference(candidate, policy).filter(like::sameAs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<String> engines(BpftCase testCase, List<String> named) {
        List<String> names = new ArrayList<>(named.isEmpty() ? FindingWriter.engines(testCase) : named);
        if (names.isEmpty() || names.contains(EngineNames.ALL)) {
            names.addFirst("rfc");
            names.add(EngineNames.ALL);
        }
        List<String> found = EngineNames.of(names).stream().map(Engine::name).filter(name -> !name.equals(LINUX)).distinct().toList();
        if (found.size() < 2) {
            throw new UserError("there is nothing to compare " + String.join(", ", found) + " with");
        }
        return found;
    }
}
