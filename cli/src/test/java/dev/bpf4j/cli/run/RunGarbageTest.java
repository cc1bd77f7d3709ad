// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.cli.UserError;
import dev.bpf4j.cli.input.EngineNames;
import dev.bpf4j.cli.input.ProgramFile;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.LoadOptions;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.map.BpfMap;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever {@code run} is given as packet, context or contents of maps, it runs or says what is wrong where. */
class RunGarbageTest {
    private static final int MOST = 262_144;
    private static final int MUTANTS = 500;
    private static final Path MEMORY = Invocation.ROOT.resolve("junit/src/test/bpf/memory.bpf.o");
    private static final String ENGINE = "--engine=evaluator";

    @TempDir Path folder;

    private Path program;

    @BeforeEach
    void program() throws IOException {
        program = Files.writeString(folder.resolve("program.bpfasm"), "r6 = *(u64 *)(r1 + 0)\nr0 = 1\nexit\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"XDP", "SCHED_CLS", "SOCKET_FILTER", "SK_SKB", "CGROUP_SKB", "LWT_XMIT", "SK_MSG", "SK_LOOKUP", "FLOW_DISSECTOR",
        "NETFILTER"})
    void packetsOfAnyLengthAreRunOn(ProgramType type) throws IOException, LoadException {
        ProgramFile file = ProgramFile.read(program, ByteOrder.LITTLE_ENDIAN, LoadOptions.DEFAULT);
        Setup setup = new Setup(file, file.programs().getFirst().withType(type), Machine.Settings.standard(), new InitialMaps(null, List
                .of()),
                Surroundings.STANDARD);
        ContextKind kind = ContextKind.of(type);
        try (Guest guest = new Guest(setup, EngineNames.of(List.of("evaluator")).getFirst(), line -> {})) {
            for (int length : new int[] {0, 1, 2, 13, 14, 15, 33, 34, 35, 53, 54, 55, 3_520, 4_097, MOST}) {
                for (int fill : new int[] {0, 0xff, 0x45, 0x60}) {
                    byte[] packet = new byte[length];
                    Arrays.fill(packet, (byte) fill);
                    assertThat(guest.observe(Input.of(kind, packet)).outcome()).as("%d bytes of %x", length, fill).isEqualTo(
                            new Outcome.Returned(1));
                    guest.restore();
                    assertThat(guest.run()).isEqualTo(new Outcome.Returned(1));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp", "tc", "socket", "sk_msg", "sk_lookup", "flow_dissector", "netfilter"})
    void emptyPacketsAreRunOnAndHugeOnesRefused(String type) {
        assertThat(Invocation.of("run", program, "--type", type, "--packet", "", ENGINE).code()).isEqualTo(ExitCode.OK);
        assertThat(Invocation.of("run", program, "--type", type, "--packet", "00".repeat(MOST + 1), ENGINE)).isEqualTo(new Invocation(
                ExitCode.BAD_INPUT, "", "bpf4j: --packet: 262145 bytes, expected at most 262144\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            XDP            | {"ingress_ifindex": 3, "rx_queue_index": 1, "metadata": "01020304"}
            SCHED_CLS      | {"ifindex": 2, "ingress_ifindex": 1, "mark": 7, "hash": 1, "gso_size": 3, "tstamp": 5, "cb": [1, 2, 3, 4, 5]}
            SK_MSG         | {}
            SK_LOOKUP      | {"ingress_ifindex": 4294967295}
            FLOW_DISSECTOR | {"flags": 7}
            NETFILTER      | {"hook": 4, "in": 1, "out": 4294967295, "mark": 1, "priority": 2, "hash": 3}""")
    void damagedContextsAreToldWithTheirPlace(String type, String json) throws IOException, LoadException {
        Path file = folder.resolve("context.json");
        byte[] whole = json.getBytes(StandardCharsets.UTF_8);
        ContextKind kind = ContextKind.of(ProgramType.valueOf(type));
        SplittableRandom random = new SplittableRandom(1);
        ContextFile.fields(Files.write(file, whole), kind);
        int told = 0;
        for (int i = 0; i < MUTANTS; i++) {
            Files.write(file, damaged(whole, random));
            told += told(file, () -> ContextFile.fields(file, kind));
        }
        assertThat(told).isGreaterThan(MUTANTS / 2);
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));
        assertThat(Invocation.of("run", program, "--type", type.toLowerCase(Locale.ROOT), "--packet", "00", "--ctx", file, ENGINE).err())
                .startsWith("bpf4j: " + file + ":1:");
    }

    @Test
    void damagedContentsOfMapsAreToldWithTheirPlace() throws IOException, LoadException {
        Path file = folder.resolve("maps.json");
        byte[] whole = """
                {"commands": [{"key": "", "value": "01020304"}, {"key": "", "value": ""}], "alarms": [{"key": "00000000", "value": "%s"}]}
                """.formatted("00".repeat(24)).getBytes(StandardCharsets.UTF_8);
        SplittableRandom random = new SplittableRandom(2);
        BpfObject object = Objects.requireNonNull(ProgramFile.read(MEMORY, ByteOrder.LITTLE_ENDIAN, LoadOptions.DEFAULT).object());
        int told = 0;
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            InitialMaps.read(Files.write(file, whole)).fill(machine, object);
            for (int i = 0; i < MUTANTS; i++) {
                Files.write(file, damaged(whole, random));
                told += told(file, () -> InitialMaps.read(file).fill(machine, object));
                machine.maps().all().forEach(BpfMap::clear);
            }
        }
        assertThat(told).isGreaterThan(MUTANTS / 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            commands | 00       | 01 | a key of 1 bytes, but records of a user_ringbuf have none: ""
            alarms   | 02000000 | 00 | key and value of 4 and 1 bytes, expected 4 and 24
            alarms   | ''       | '' | key and value of 0 and 0 bytes, expected 4 and 24""")
    void entriesThatDoNotFitAreToldWithTheirPlace(String map, String key, String value, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("maps.json"), "{\"%s\": [{\"key\": \"%s\", \"value\": \"%s\"}]}".formatted(map, key,
                value));
        assertThat(Invocation.of("run", MEMORY, "--program", "cancel", "--packet", "00", "--maps-in", file, ENGINE).err()).isEqualTo(
                "bpf4j: " + file + ": entry 1, map " + map + ": " + message + "\n");
    }

    @Test
    void recordsThatFindNoRoomAreToldWithTheirPlace() throws IOException {
        Path file = folder.resolve("maps.json");
        String record = "{\"key\": \"\", \"value\": \"" + "00".repeat(2_000) + "\"}";
        Files.writeString(file, "{\"commands\": [" + record + "," + record + "," + record + "]}");
        assertThat(Invocation.of("run", MEMORY, "--program", "cancel", "--packet", "00", "--maps-in", file, ENGINE).err()).isEqualTo(
                "bpf4j: " + file + ": entry 3, map commands: the map is full (ENOSPC)\n");
        Files.writeString(file, "{\"commands\": [{\"key\": \"\", \"value\": \"" + "00".repeat(MOST) + "\"}]}");
        assertThat(Invocation.of("run", MEMORY, "--program", "cancel", "--packet", "00", "--maps-in", file, ENGINE).err()).isEqualTo(
                "bpf4j: " + file + ": entry 1, map commands: the index is out of range, or the map is full (E2BIG)\n");
    }

    /** Reads a file. */
    private interface Reading {
        void read() throws IOException, LoadException;
    }

    /** 1 if one line says what is wrong in the file, 0 if nothing is. */
    private static int told(Path file, Reading reading) throws IOException, LoadException {
        try {
            reading.read();
            return 0;
        } catch (UserError e) {
            assertThat(e.getMessage()).startsWith(file + ":").doesNotContain("Exception").hasLineCount(1);
            return 1;
        }
    }

    /** Bytes changed, taken out, doubled; cut; numbers made large. */
    private static byte[] damaged(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] = (byte) random.nextInt(256);
            case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes = Arrays.copyOf(bytes, at);
            case 3 -> bytes = join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(whole, Math.min(at + 1 + random.nextInt(8), whole.length),
                    whole.length));
            case 4 -> bytes = join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(whole, random.nextInt(at + 1), whole.length));
            default -> bytes = new String(whole, StandardCharsets.ISO_8859_1).replaceFirst("\\d+", "9".repeat(1 + random.nextInt(25)))
                    .getBytes(StandardCharsets.ISO_8859_1);
        }
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
