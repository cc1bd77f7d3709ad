// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Programs that call helpers in many ways and keep the answers in a map: on every engine and in the running kernel they leave the same packet,
 * answers and verdict.
 */
class AgainstKernelTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** All to the loopback interface's own address, so that the kernel's test run takes them for this host's. */
    private static final List<String> PACKETS = List.of(
            "000000000000020000000002080045000024000040004011000001020304050607080035003500100000aabbccddeeff0011",
            "000000000000020000000002080045010024000040004011000001020304050607080035003500100000aabbccddeeff0011",
            "00000000000002000000000286dd600000000008114020010000000000000000000000000001200100000000000000000000000000020035003500080000"
                    + "1122334455667788",
            "0000000000000200000000028100012308004500001c000040004011000001020304050607080035003500080000aabb",
            "0000000000000200000000028100012381000222080045000020000040004011000001020304050607080035003500080000aabbccdd0011");

    static Stream<Arguments> programsAndPackets() throws LoadException {
        Path object = Invocation.ROOT.resolve("cli/src/test/bpf/skb_changes.bpf.o");
        List<Program> programs = BpfObject.load(object).programs();
        return programs.stream().flatMap(program -> PACKETS.stream().map(packet -> Arguments.of(object, program.name(), packet)));
    }

    @ParameterizedTest(name = "{1} {2}")
    @MethodSource("programsAndPackets")
    void enginesAndKernelAgree(Path object, String program, String packet) {
        Invocation ran = Invocation.of("run", object, "--program", program, "--packet", packet, "--engine", "all", "--format", "json");
        assertThat(ran.code()).as(ran.out() + ran.err()).isEqualTo(ExitCode.OK);
        JsonNode report = JSON.readTree(ran.out());
        assertThat(report.get("outcome").asString()).isEqualTo("returned");
        assertThat(report.get("maps").get("answers").get("entries")).as("the program kept answers").isNotEmpty();
        JsonNode leftOut = report.get("enginesLeftOut");
        assumeTrue(leftOut == null || !leftOut.toString().contains("linux"), () -> "the kernel could not be asked: " + leftOut);
    }
}
