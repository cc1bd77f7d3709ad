// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.conformance.bpft.BpftSuite;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The suites of cases: the rulings, what the fuzzer has found anywhere, what it has found here. */
class SuiteTest {
    private static Stream<DynamicTest> folder(String folder) throws IOException {
        Path root = Path.of(Objects.requireNonNull(System.getProperty("bpf4j.root"), "-Dbpf4j.root"));
        return BpftSuite.of(root.resolve(folder)).in(new JvmEngine()).tests();
    }

    @TestFactory
    Stream<DynamicTest> rulings() throws IOException {
        return BpftSuite.of(BpftSuite.rulings()).in(new JvmEngine()).tests();
    }

    @TestFactory
    Stream<DynamicTest> regressions() throws IOException {
        return Stream.concat(folder("fuzz/src/test/resources/regressions"), folder("jit-jvm/src/test/resources/regressions"));
    }
}
