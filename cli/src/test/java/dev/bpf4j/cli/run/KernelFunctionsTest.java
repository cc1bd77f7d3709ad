// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Kernel functions that the machine has are called by every engine; what is expected stands in the source of the object. */
class KernelFunctionsTest {
    private static final Path OBJECT = Invocation.ROOT.resolve("cli/src/test/bpf/kernel_functions.bpf.o");
    private static final String FRAME = "0200000000010200000000020800450000";

    @ParameterizedTest
    @CsvSource({"numbers, 10759", "backwards, 4294967274", "slice, 2048", "absent, 77"})
    void enginesCallThem(String program, long expected) {
        for (String engine : ExamplesTest.ENGINES) {
            Invocation ran = Invocation.of("run", OBJECT, "--program", program, "--packet", FRAME, "--engine", engine, "--format", "json");
            assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.OK);
            JsonNode r0 = new ObjectMapper().readTree(ran.out()).get("r0");
            assertThat(Long.decode(r0.asString()) & 0xffff_ffffL).as("%s in %s", program, engine).isEqualTo(expected);
        }
    }
}
