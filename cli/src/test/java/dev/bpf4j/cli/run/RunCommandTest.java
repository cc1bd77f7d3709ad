// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} on small programs, and what wrong use is told. */
class RunCommandTest {
    private static final String ENGINE = "--engine=evaluator";

    @TempDir Path folder;

    private Path program(String text) throws IOException {
        return Files.writeString(folder.resolve("program.bpfasm"), text);
    }

    private static void refused(String message, Object... args) {
        assertThat(Invocation.of(args)).isEqualTo(new Invocation(ExitCode.BAD_INPUT, "", "bpf4j: " + message + "\n"));
    }

    @Test
    void memoryIsRunOnAndShownIfItChanges() throws IOException {
        Path text = program("r0 = *(u8 *)(r1 + 1)\n*(u8 *)(r1 + 0) = r2\nexit\n");
        assertThat(Invocation.of("run", text, "--mem", "0a0b0c", ENGINE)).isEqualTo(new Invocation(ExitCode.OK, """
                program (raw) on memory, engine evaluator
                  r0 = 0xb (11)
                  changed:
                    0000  03 0b 0c
                """, ""));
        Path memory = Files.write(folder.resolve("memory"), new byte[] {1, 2, 3, 4});
        assertThat(Invocation.of("run", text, "--mem", "@" + memory, ENGINE).out()).contains("r0 = 0x2 (2)");
    }

    @Test
    void faultHasItsPlaceAndExitCode() throws IOException {
        Path text = program("r0 = 0\n*(u32 *)(r1 + 2) = r0\nexit\n");
        Invocation fault = Invocation.of("run", text, "--mem", "00000000", ENGINE);
        assertThat(fault.code()).isEqualTo(ExitCode.PROGRAM_FAULT);
        assertThat(fault.out()).contains("  run 1: BAD_ACCESS, writing 4 bytes at address 0x10200002").contains(
                "    program, pc 1: *(u32 *)(r1 + 2) = r0\n");
        assertThat(Invocation.of("run", text, "--mem", "00000000", ENGINE, "--format=json").out()).contains("\"outcome\": \"fault\"")
                .contains(
                        "\"kind\": \"BAD_ACCESS\"").contains("\"pc\": 1").contains("\"address\": \"0x10200002\"").contains("\"size\": 4")
                .contains(
                        "\"write\": true").contains("\"r0\": null");
    }

    @Test
    void budgetEndsALoop() throws IOException {
        Path text = program("again:\nr0 += 1\ngoto again\n");
        assertThat(Invocation.of("run", text, "--budget", "100", ENGINE).out()).contains("run 1: BUDGET");
    }

    @Test
    void traceShowsRegistersThatChange() throws IOException {
        Path text = program("r0 = 5\nr0 += 2\nexit\n");
        assertThat(Invocation.of("run", text, "--trace").out()).startsWith("run 1\nprogram:\n").containsPattern(
                "    0: r0 = 5 +r0=0x5\n    1: r0 \\+= 2 +r0=0x7\n    2: exit\n");
    }

    @Test
    void repeatMeasures() throws IOException {
        Path text = program("r0 = 5\nexit\n");
        assertThat(Invocation.of("run", text, "--repeat", "100", ENGINE).out()).containsPattern(
                "  \\d+ ns per run, median, engine evaluator\n");
        assertThat(Invocation.of("run", text, "--repeat", "100", ENGINE, "--format=json").out()).contains("\"nsPerRun\": ");
    }

    @Test
    void damagedCaptureIsToldAfterWhatCouldBeRun() throws IOException {
        byte[] whole = Files.readAllBytes(Invocation.example("traffic.pcap"));
        Path cut = Files.write(folder.resolve("cut.pcap"), Arrays.copyOf(whole, 10_000));
        Invocation ran = Invocation.of("run", Invocation.example("proto_counter.bpf.o"), "--pcap", cut, ENGINE);
        assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(ran.out()).contains("  PASS");
        assertThat(ran.err()).startsWith("bpf4j: " + cut + ": offset ");
    }

    @Test
    void wrongUseIsExplained() throws IOException {
        Path object = Invocation.example("xdp_firewall.bpf.o");
        refused("xdp_firewall, type xdp, needs packets: --pcap IN or --packet HEX", "run", object);
        refused("--packet and --mem cannot both be what the program runs on", "run", object, "--packet", "00", "--mem", "00");
        refused("--out needs --pcap", "run", object, "--packet", "00", "--out", folder.resolve("x"));
        refused("--budget -1: expected at least 0", "run", object, "--budget", "-1");
        refused("--repeat 0: expected at least 1", "run", object, "--repeat", "0");
        refused("--trace runs in the engine evaluator only", "run", object, "--trace", "--engine", "rfc");
        refused("--trace is for people: it goes with --format text only", "run", object, "--trace", "--format", "json");
        refused("no such file: " + folder.resolve("none.o"), "run", folder.resolve("none.o"));
        refused("--packet: character 1 is 'x', expected two hex digits", "run", object, "--packet", "xy");
        assertThat(Invocation.of("run", object, "--budget", "99999999999999999999").code()).isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void wrongInitialMapsAreExplained() throws IOException {
        Path object = Invocation.example("xdp_firewall.bpf.o");
        Path maps = folder.resolve("maps.json");
        Files.writeString(maps, "{\"rooms\": [{\"key\": \"00\", \"value\": \"00\"}]}");
        assertThat(Invocation.of("run", object, "--packet", "00", "--maps-in", maps, ENGINE).err()).startsWith("bpf4j: " + maps
                + ": the object has no map rooms; it has reasons, ");
        Files.writeString(maps, "{\"services\": [{\"key\": \"00\", \"value\": \"00\"}]}");
        refused(maps + ": entry 1, map services: key and value of 1 and 1 bytes, expected 4 and 8", "run", object, "--packet", "00",
                "--maps-in",
                maps, ENGINE);
        Files.writeString(maps, "{\"services\": [");
        assertThat(Invocation.of("run", object, "--packet", "00", "--maps-in", maps, ENGINE).err()).startsWith("bpf4j: " + maps
                + ":1:").contains("is no JSON");
        Files.writeString(maps, "{\"services\": 7}");
        refused(maps + ":1:14: found 7, expected an array", "run", object, "--packet", "00", "--maps-in", maps, ENGINE);
    }
}
