// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.vm.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The examples over the captured traffic, by the command line, against what an independent decoder expects of them. */
class ExamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Runs machine code where that is possible; the doctor says why it is not. */
    private static final Stream<String> NATIVE = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(
            engine -> engine.rank() >= 30 && engine.unavailable().isEmpty()).map(Engine::name);
    static final List<String> ENGINES = Stream.concat(Stream.of("evaluator", "interpreter", "jvm", "auto"), NATIVE).toList();
    static final List<String> NAMES = List.of("xdp_firewall", "xdp_loadbalancer", "proto_counter", "tc_ratelimit", "socket_filter",
            "tail_calls", "globals_calls");

    static Stream<Arguments> enginesAndNames() {
        return ENGINES.stream().flatMap(engine -> NAMES.stream().map(name -> Arguments.of(engine, name)));
    }

    private static JsonNode run(String engine, String name, String capture) {
        Invocation ran = Invocation.of("run", Invocation.example(name + ".bpf.o"), "--program", name, "--pcap", Invocation.example(capture),
                "--engine", engine, "--format", "json", "--each");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.code()).isEqualTo(ExitCode.OK);
        return JSON.readTree(ran.out());
    }

    @ParameterizedTest
    @MethodSource("enginesAndNames")
    void verdictsPacketsAndMapsAreThoseExpected(String engine, String name) throws Exception {
        JsonNode expected = JSON.readTree(Files.readAllBytes(Invocation.example("expected/" + name + ".json")));
        JsonNode seen = run(engine, name, "traffic.pcap");
        assertThat(seen.get("verdicts")).isEqualTo(expected.get("totals"));
        packets(seen.get("packets"), expected.get("packets"));
        for (Map.Entry<String, JsonNode> map : expected.path("maps").properties()) {
            assertThat(entries(seen.get("maps").get(map.getKey()).get("entries"))).as(map.getKey()).isEqualTo(entries(map.getValue()));
        }
        globals(seen.get("maps"), expected.path("globals"));
    }

    private static void packets(JsonNode seen, JsonNode expected) {
        assertThat(seen).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            for (String field : new String[] {"packet", "r0", "verdict", "out", "metadata"}) {
                assertThat(seen.get(i).get(field)).as("packet %d: %s", i + 1, field).isEqualTo(expected.get(i).get(field));
            }
        }
    }

    /** Values by key, without those that are all zero: the command leaves these out of arrays. */
    private static Map<String, String> entries(JsonNode list) {
        Map<String, String> entries = new TreeMap<>();
        for (JsonNode entry : list) {
            String value = entry.get("value").asString();
            if (!value.matches("0*")) {
                entries.put(entry.get("key").asString(), value);
            }
        }
        return entries;
    }

    private static void globals(JsonNode maps, JsonNode expected) {
        for (JsonNode global : expected) {
            JsonNode section = maps.get(global.get("section").asString()).get("entries");
            int start = 2 * global.get("offset").asInt();
            int end = start + 2 * global.get("size").asInt();
            String bytes = section.isEmpty() ? "0".repeat(end) : section.get(0).get("value").asString();
            assertThat(bytes.substring(start, end)).as(global.toString()).isEqualTo(global.get("value").asString());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"traffic-ns.pcap", "traffic.pcapng"})
    void otherFormsOfTheCaptureGiveTheSame(String capture) {
        JsonNode seen = run("evaluator", "xdp_loadbalancer", capture);
        JsonNode classic = run("evaluator", "xdp_loadbalancer", "traffic.pcap");
        assertThat(seen.get("packets")).isEqualTo(classic.get("packets"));
        assertThat(seen.get("maps")).isEqualTo(classic.get("maps"));
    }

    @Test
    void capturesThatAreWrittenCanBeRunAgain(@TempDir Path folder) {
        Path passed = folder.resolve("passed.pcap");
        Invocation first = Invocation.of("run", Invocation.example("xdp_firewall.bpf.o"), "--pcap", Invocation.example("traffic.pcap"),
                "--out",
                passed, "--engine", "evaluator");
        assertThat(first.out()).contains("\n252 packets written to ");
        Invocation again = Invocation.of("run", Invocation.example("xdp_firewall.bpf.o"), "--pcap", passed, "--engine", "evaluator");
        assertThat(again.out()).contains("  PASS  252\n").doesNotContain("DROP");
    }

    /** The kernel's clock is a real one: what follows from it is no disagreement, and it is said that the kernel was not asked. */
    @Test
    void kernelIsLeftOutIfTheClockDecides() {
        Invocation all = Invocation.of("run", Invocation.example("tc_ratelimit.bpf.o"), "--pcap", Invocation.example("traffic.pcap"),
                "--engine", "all");
        assertThat(all.code()).as(all.err()).isEqualTo(ExitCode.OK);
        assertThat(all.err()).isEmpty();
        boolean kernel = Engines.named("linux").orElseThrow().unavailable().isEmpty();
        assertThat(all.out().contains("engine linux was left out: the program calls bpf_ktime_get_ns, whose result is real")).isEqualTo(
                kernel);
        assertThat(all.out().contains("  engines agree\n")).as("not silently").isEqualTo(!kernel);
        Invocation json = Invocation.of("run", Invocation.example("tc_ratelimit.bpf.o"), "--pcap", Invocation.example("traffic.pcap"),
                "--engine", "all", "--format", "json");
        assertThat(json.out().contains("\"linux\": \"the program calls bpf_ktime_get_ns")).isEqualTo(kernel);
    }

    @Test
    void enginesAreCompared() {
        Invocation ran = Invocation.of("run", Invocation.example("xdp_firewall.bpf.o"), "--pcap", Invocation.example("traffic.pcap"),
                "--engine",
                "evaluator", "--engine", "rfc");
        assertThat(ran).isEqualTo(new Invocation(ExitCode.OK, """
                xdp_firewall (xdp) on examples/traffic.pcap, engine evaluator, rfc
                  DROP   81
                  PASS  252
                  engines agree
                """, ""));
    }
}
