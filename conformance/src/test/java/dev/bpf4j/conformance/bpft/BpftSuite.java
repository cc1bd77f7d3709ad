// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import static org.assertj.core.api.Assertions.fail;

import dev.bpf4j.runtime.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;

/**
 * A suite of {@code .bpft} cases as JUnit tests, one per case and engine. What a case itself excludes is a skipped test with the reason; what an
 * engine refuses is a failure, unless {@link #mayRefuse} allows the reason.
 */
public final class BpftSuite {
    private final Path folder;
    private final List<Engine> engines = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private BpftSuite(Path folder) {
        this.folder = folder;
    }

    /** The cases of a file, or of all files below a folder. */
    public static BpftSuite of(Path folder) {
        return new BpftSuite(folder);
    }

    /** The folder of the rulings' suite. */
    public static Path rulings() {
        return Path.of(Objects.requireNonNull(System.getProperty("bpf4j.root"), "-Dbpf4j.root")).resolve("conformance/suite");
    }

    /** The engines to run the cases in. */
    public BpftSuite in(Engine... more) {
        engines.addAll(List.of(more));
        return this;
    }

    /** A part of a reason for which an engine may refuse a program; the test is skipped then. */
    public BpftSuite mayRefuse(String reason) {
        refusals.add(reason);
        return this;
    }

    /** The tests. */
    public Stream<DynamicTest> tests() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (Path file : BpftFile.suite(folder)) {
            for (BpftCase testCase : BpftFile.read(file).cases()) {
                for (Engine engine : engines) {
                    String name = file.getFileName() + " " + testCase.name() + " " + engine.name();
                    tests.add(DynamicTest.dynamicTest(name, file.toUri(), () -> new BpftRunner(List.of(engine)).run(testCase).forEach(
                            this::judge)));
                }
            }
        }
        return tests.stream();
    }

    private void judge(CaseResult result) {
        switch (result.verdict()) {
            case Verdict.Pass pass -> Assumptions.assumeTrue(true);
            case Verdict.Unsupported(String reason) -> Assumptions.abort(reason);
            case Verdict.Refused(String reason) -> {
                Assumptions.assumeFalse(refusals.stream().anyMatch(reason::contains), reason);
                fail(result.toString());
            }
            case Verdict.Wrong wrong -> fail(result.toString());
            case Verdict.Faulted faulted -> fail(result.toString());
        }
    }
}
