// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.isa.SourceException;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.context.XdpContext;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The embedder's interface. */
class VmTest {
    private static final Path EXAMPLES = Path.of(Objects.requireNonNull(System.getProperty("bpf4j.root"), "-Dbpf4j.root")).resolve(
            "examples");
    private static final Codec<byte[]> COUNTER = Codec.bytes(16);

    @Test
    void runsOnMemoryAndShowsWhatBecameOfIt() throws LoadException {
        try (Vm vm = Vm.create()) {
            VmProgram program = vm.assemble("swap", "r3 = *(u16 *)(r1 + 0)\nr3 = be16 r3\n*(u16 *)(r1 + 0) = r3\nr0 = r2\nexit");
            assertThat(program.run(new byte[] {1, 2, 3})).isEqualTo(new Outcome.Returned(3));
            assertThat(program.memory()).containsExactly(2, 1, 3);
        }
    }

    @Test
    void faultsAreValues() throws LoadException {
        try (Vm vm = Vm.create()) {
            Outcome outcome = vm.assemble("wild", "r0 = *(u8 *)(r1 + 3)\nexit").run(new byte[3]);
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Fault.class, fault -> assertThat(fault.kind()).isEqualTo(
                    FaultKind.BAD_ACCESS));
        }
    }

    @Test
    void sandboxAndLimitsAreKept() throws LoadException {
        try (Vm vm = Vm.builder().policy(Policy.SANDBOX).budget(3).build()) {
            assertThat(vm.assemble("wild", "r0 = *(u8 *)(r1 + 3)\nexit").run(new byte[3])).isEqualTo(new Outcome.Returned(0));
            assertThat(vm.assemble("endless", "again: goto again\nexit").run(new byte[0])).isInstanceOf(Outcome.Fault.class);
        }
    }

    @Test
    void bigEndianProgramsRun() throws LoadException {
        try (Vm vm = Vm.create()) {
            byte[] code = {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 5, (byte) 0x95, 0, 0, 0, 0, 0, 0, 0};
            assertThat(vm.load("five", code, ByteOrder.BIG_ENDIAN).run(new byte[0])).isEqualTo(new Outcome.Returned(5));
        }
    }

    @Test
    void theEngineCanBeChosen() throws LoadException {
        for (String engine : List.of("interpreter", "jvm", "evaluator", "auto")) {
            try (Vm vm = Vm.builder().engine(engine).build()) {
                assertThat(vm.assemble("one", "r0 = 1\nexit").run(new byte[0])).as(engine).isEqualTo(new Outcome.Returned(1));
            }
        }
        assertThatThrownBy(() -> Vm.builder().engine("warp")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(
                "no engine warp; there are ").hasMessageContaining("interpreter").hasMessageContaining("jvm");
    }

    @Test
    void wrongTextsAndProgramsAreRefusedWithAPlace() {
        try (Vm vm = Vm.create()) {
            assertThatThrownBy(() -> vm.assemble("bad", "r0 = 1\nr77 = 2\nexit")).isInstanceOf(SourceException.class).hasMessageContaining(
                    "bad:2");
            assertThatThrownBy(() -> vm.load("bad", new byte[8], ByteOrder.LITTLE_ENDIAN)).isInstanceOf(LoadException.class);
        }
    }

    @Test
    void packetsGoThroughXdpProgramsAndComeBack() throws LoadException {
        try (Vm vm = Vm.create()) {
            VmObject object = vm.load(EXAMPLES.resolve("proto_counter.bpf.o"));
            VmProgram program = object.program("proto_counter");
            byte[] packet = new byte[60];
            PacketResult result = program.packet(packet);
            assertThat(result.verdict()).isEqualTo(XdpContext.PASS);
            assertThat(result.packet()).isEqualTo(packet);
            List<String> seen = new ArrayList<>();
            program.packets(List.of(packet, packet), (index, outcome, left) -> seen.add(index + " " + outcome + " " + left.length()));
            assertThat(seen).containsExactly("0 returned 0x2 60", "1 returned 0x2 60");
            MapView<Integer, byte[]> types = vm.map("by_ethertype", Codec.u16(), COUNTER);
            assertThat(types.entries()).hasSize(1);
            assertThat(types.get(0).orElseThrow()).startsWith(3, 0).contains(180, org.assertj.core.data.Index.atIndex(8));
            assertThatThrownBy(() -> program.on(1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> vm.assemble("raw", "exit").packet(packet)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> object.program("other")).isInstanceOf(LoadException.class);
        }
    }

    @Test
    void batchesKeepTheOrderOfThePackets() throws LoadException, InterruptedException {
        try (Vm vm = Vm.builder().lanes(3).build()) {
            VmProgram program = vm.load(EXAMPLES.resolve("proto_counter.bpf.o")).program("proto_counter");
            List<byte[]> packets = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                packets.add(new byte[60 + i]);
            }
            List<PacketResult> results = program.batch(packets);
            assertThat(results).extracting(result -> result.packet().length).isEqualTo(packets.stream().map(p -> p.length).toList());
            byte[] counter = vm.map("by_ethertype", Codec.u16(), COUNTER).get(0).orElseThrow();
            assertThat(counter[0]).isEqualTo((byte) 100);
        }
    }

    @Test
    void mapsAreViews() throws LoadException {
        try (Vm vm = Vm.create()) {
            VmObject object = vm.load(EXAMPLES.resolve("proto_counter.bpf.o"));
            assertThat(object.programs()).isNotEmpty();
            MapView<Integer, byte[]> types = vm.map("by_ethertype", Codec.u16(), COUNTER);
            assertThat(types.get(1)).isEmpty();
            for (int i = 0; i < 7; i++) {
                types.put(i, new byte[16]);
            }
            assertThat(types.entries()).extracting(Map.Entry::getKey).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
            assertThat(types.size()).isEqualTo(7);
            assertThatThrownBy(() -> types.put(7, new byte[16])).isInstanceOf(IllegalStateException.class).hasMessageContaining("full");
            assertThat(types.remove(3)).isTrue();
            assertThat(types.remove(3)).isFalse();
            vm.reset();
            assertThat(types.entries()).isEmpty();
            assertThatThrownBy(() -> vm.map("by_ethertype", Codec.u32(), COUNTER)).isInstanceOf(IllegalArgumentException.class).hasMessage(
                    "map by_ethertype has keys of 2 bytes, not 4");
            assertThatThrownBy(() -> vm.map("nothing", Codec.u32(), COUNTER)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("by_ethertype, by_protocol]");
        }
    }

    @Test
    void codecsKeepByteOrder() {
        assertThat(Codec.u16().encode(0x1234)).containsExactly(0x34, 0x12);
        assertThat(Codec.u16().withOrder(ByteOrder.BIG_ENDIAN).encode(0x1234)).containsExactly(0x12, 0x34);
        assertThat(Codec.u8().decode(new byte[] {-1})).isEqualTo(255);
        assertThat(Codec.u64().decode(new byte[] {1, 0, 0, 0, 0, 0, 0, 0})).isEqualTo(1);
        Codec<List<Integer>> lanes = Codec.perLane(Codec.u32(), 2);
        assertThat(lanes.size()).isEqualTo(16);
        assertThat(lanes.decode(lanes.encode(List.of(5, 6)))).containsExactly(5, 6);
    }

    @Test
    void helpersOfTheHostAreCalled() throws LoadException {
        try (Vm vm = Vm.builder().helper(1000, "twice", (lane, r1, r2, r3, r4, r5) -> 2 * r2).build()) {
            assertThat(vm.assemble("calls", "call 1000\nexit").run(new byte[21])).isEqualTo(new Outcome.Returned(42));
        }
    }

    @Test
    void stopEndsAProgramFromAnotherThread() throws Exception {
        for (String engine : List.of("interpreter", "jvm")) {
            try (Vm vm = Vm.builder().engine(engine).budget(Long.MAX_VALUE).helper(1000, "stop", (lane, r1, r2, r3, r4, r5) -> {
                lane.stop();
                return 0;
            }).build()) {
                Outcome outcome = vm.assemble("endless", "call 1000\nagain: goto again\nexit").run(new byte[0]);
                assertThat(outcome).as(engine).isInstanceOfSatisfying(Outcome.Fault.class, fault -> assertThat(fault.kind()).isEqualTo(
                        FaultKind.STOPPED));
            }
        }
    }
}
