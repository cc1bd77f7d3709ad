// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz;

import dev.bpf4j.conformance.bpft.BpftSuite;
import dev.bpf4j.interpreter.EvaluatorEngine;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EvaluatorSuiteTest {

    @TestFactory
    Stream<DynamicTest> rulingsHoldInTheEvaluator() throws IOException {
        return BpftSuite.of(BpftSuite.rulings()).in(new EvaluatorEngine()).tests();
    }
}
