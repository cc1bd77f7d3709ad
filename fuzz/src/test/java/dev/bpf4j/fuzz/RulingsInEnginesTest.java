// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz;

import dev.bpf4j.conformance.bpft.BpftSuite;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.interpreter.InterpreterEngine;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The rulings hold in the engines that are made from the table. */
class RulingsInEnginesTest {

    @TestFactory
    Stream<DynamicTest> rulings() throws IOException {
        return BpftSuite.of(BpftSuite.rulings()).in(new EvaluatorEngine(), new InterpreterEngine()).tests();
    }
}
