// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz;

import dev.bpf4j.conformance.bpft.BpftSuite;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.interpreter.InterpreterEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every disagreement that the fuzzer has met. */
class RegressionsTest {

    @TestFactory
    Stream<DynamicTest> regressions() throws IOException {
        Path folder = Path.of(Objects.requireNonNull(System.getProperty("bpf4j.root"))).resolve("fuzz/src/test/resources/regressions");
        return BpftSuite.of(folder).in(new RfcReference(), new EvaluatorEngine(), new InterpreterEngine()).tests();
    }
}
