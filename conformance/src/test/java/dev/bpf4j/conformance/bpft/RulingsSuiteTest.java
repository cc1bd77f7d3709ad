// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.bpft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RulingsSuiteTest {

    @TestFactory
    Stream<DynamicTest> rulingsHoldInTheReference() throws IOException {
        return BpftSuite.of(BpftSuite.rulings()).in(new RfcReference()).tests();
    }

    @Test
    void everyFileIsWrittenAsItIsRead() throws IOException {
        List<BpftCase> all = new ArrayList<>();
        for (Path file : BpftFile.suite(BpftSuite.rulings())) {
            List<BpftCase> cases = BpftFile.read(file).cases();
            String written = BpftWriter.write(cases);
            List<BpftCase> again = BpftFile.parse("written.bpft", written).cases();
            assertThat(BpftWriter.write(again)).isEqualTo(written);
            assertThat(again).hasSameSizeAs(cases);
            all.addAll(again);
        }
        assertThat(all).hasSizeGreaterThan(80);
    }
}
