// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.loader.ObjectMap;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.map.BpfMap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The examples over their traffic, in the kernel and by the reference: the same r0, packets, metadata, maps and global variables after every
 * packet. {@code tc_ratelimit} is not among them: it decides by the clock, and the kernel's is a real one.
 */
class ExamplesInTheKernelTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("bpf4j.root", "..")).resolve("examples");
    private static final Pattern MAP = Pattern.compile("\"(\\w+)\": \\[([^\\]]*)\\]");
    private static final Pattern ENTRY = Pattern.compile("\"key\": \"(\\w*)\", \"value\": \"(\\w*)\"");

    @BeforeAll
    static void kernel() {
        KernelHere.assume();
    }

    /** One machine with an example on it. */
    private static final class Side implements AutoCloseable {
        final Machine machine = new Machine(Machine.Settings.standard());
        final Lane lane = machine.lane(0);
        final LoadedProgram program;

        Side(Engine engine, String example) throws LoadException, IOException {
            BpfObject object = BpfObject.load(EXAMPLES.resolve(example + ".bpf.o"));
            TreeMap<String, LinkedProgram> linked = new TreeMap<>();
            for (var source : object.programs()) {
                linked.put(source.name(), machine.link(source));
            }
            for (ObjectMap map : object.maps()) {
                for (ObjectMap.Entry entry : map.entries()) {
                    if (entry.target() instanceof ObjectMap.Target.ToFunction(String name)) {
                        machine.maps().setProgram(machine.map(map.definition()), entry.index(), linked.get(name));
                    }
                }
            }
            fill(EXAMPLES.resolve(example + ".maps.json"));
            LinkedProgram main = linked.getOrDefault(example, linked.firstEntry().getValue());
            program = machine.load(engine, main);
        }

        private void fill(Path file) throws IOException {
            if (!Files.exists(file)) {
                return;
            }
            Matcher maps = MAP.matcher(Files.readString(file));
            while (maps.find()) {
                BpfMap map = Objects.requireNonNull(machine.maps().find(maps.group(1)));
                Matcher entries = ENTRY.matcher(maps.group(2));
                while (entries.find()) {
                    byte[] value = HexFormat.of().parseHex(entries.group(2));
                    assertThat(map.update(HexFormat.of().parseHex(entries.group(1)), Arrays.copyOf(value, map.hostValueSize()), BpfMap.ANY))
                            .isZero();
                }
            }
        }

        /** Everything that can be seen after a packet. */
        List<String> run(byte[] frame) {
            PacketContext context;
            if (program.program().source().type() == ProgramType.XDP) {
                XdpContext xdp = XdpContext.of(lane);
                xdp.prepare(frame);
                context = xdp;
            } else {
                SkbContext skb = SkbContext.of(lane);
                skb.prepare(frame);
                context = skb;
            }
            Outcome outcome = program.run(lane);
            List<String> seen = new ArrayList<>();
            seen.add(outcome.toString());
            seen.add("metadata " + HexFormat.of().formatHex(context.metadataBytes()));
            seen.add("packet " + HexFormat.of().formatHex(context.packetBytes()));
            for (BpfMap map : machine.maps().all()) {
                List<String> entries = new ArrayList<>();
                map.forEach((key, value) -> entries.add(HexFormat.of().formatHex(key) + "=" + HexFormat.of().formatHex(value)));
                entries.sort(String::compareTo);
                seen.add(map.definition().name() + entries);
            }
            return seen;
        }

        @Override
        public void close() {
            machine.close();
        }
    }

    /** Frames of a capture: classic, little-endian. */
    private static List<byte[]> traffic() throws IOException {
        ByteBuffer capture = ByteBuffer.wrap(Files.readAllBytes(EXAMPLES.resolve("traffic.pcap"))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(capture.getInt(0)).isEqualTo(0xa1b2c3d4);
        capture.position(24);
        List<byte[]> frames = new ArrayList<>();
        while (capture.remaining() >= 16) {
            byte[] frame = new byte[capture.getInt(capture.position() + 8)];
            capture.position(capture.position() + 16);
            capture.get(frame);
            frames.add(frame);
        }
        return frames;
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp_firewall", "xdp_loadbalancer", "proto_counter", "socket_filter", "tail_calls", "globals_calls"})
    void theKernelAndTheReferenceAgree(String example) throws LoadException, IOException {
        int compared = 0;
        List<Integer> refused = new ArrayList<>();
        try (Side linux = new Side(new LinuxEngine(), example); Side reference = new Side(new RfcReference(), example)) {
            for (byte[] frame : traffic()) {
                List<String> expected;
                try {
                    expected = linux.run(frame);
                } catch (RunRefused e) {
                    assertThat(e.refused().name()).as(e.getMessage()).isIn("EINVAL", "EMSGSIZE");
                    refused.add(frame.length);
                    continue;
                }
                assertThat(reference.run(frame)).as("packet %d: %s", compared + refused.size() + 1, HexFormat.of().formatHex(frame))
                        .isEqualTo(expected);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(300);
        assertThat(refused).as("lengths that the test run does not take").allMatch(length -> length < 14 + 20 || length > 3400);
    }
}
