// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.SkbField;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.map.BpfMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine {@code linux} on machines, lanes, maps and contexts. */
class LinuxEngineTest {
    private static final Assembler ASSEMBLER = new Assembler(Isa.bpf());
    private static final int HASH = 1;
    private static final int ARRAY = 2;
    private static final int PROG_ARRAY = 3;
    private static final int PERCPU_ARRAY = 6;
    private static final int QUEUE = 22;

    private final LinuxEngine engine = new LinuxEngine();
    private Machine machine;
    private Lane lane;

    @BeforeAll
    static void kernel() {
        KernelHere.assume();
    }

    @BeforeEach
    void start() {
        machine = new Machine(Machine.Settings.standard().withLanes(2));
        lane = machine.lane(0);
    }

    @AfterEach
    void stop() {
        machine.close();
    }

    private static Program program(ProgramType type, String text, MapDefinition... maps) {
        return Program.raw("test", ByteOrder.nativeOrder(), ASSEMBLER.assemble("test", text, ByteOrder.nativeOrder())).withType(type)
                .withMaps(List.of(
                        maps));
    }

    private LinuxProgram load(Program program) throws LoadException {
        return (LinuxProgram) machine.load(engine, machine.link(program));
    }

    private LinuxProgram load(ProgramType type, String text, MapDefinition... maps) throws LoadException {
        return load(program(type, text, maps));
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void rawMemoryGoesInAndOut() throws LoadException {
        LinuxProgram program = load(ProgramType.RAW, """
                r0 = *(u32 *)(r1 + 0)
                *(u8 *)(r1 + 3) = 9
                r3 = r2
                r1 = 0
                exit
                """);
        lane.raw(bytes(1, 0, 0, 0, 5));
        assertThat(program.observe(lane)).isEqualTo(new Outcome.Returned(1));
        assertThat(lane.contextBytes()).isEqualTo(bytes(1, 0, 0, 9, 5));
        assertThat(program.stored()).isEqualTo(0x3ff);
        assertThat(lane.exitRegisters()).containsExactly(1, 0, 5, 5, 0, 0, 0, 0, 0, 0);
        lane.raw(bytes(1, 1, 0, 0));
        assertThat(program.observe(lane)).as("another length, another load").isEqualTo(new Outcome.Returned(257));
    }

    @Test
    void allOfR0Comes() throws LoadException {
        LinuxProgram program = load(ProgramType.RAW, "r0 = 0x8000000000000001 ll\nexit\n");
        lane.raw(new byte[0]);
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(0x8000_0000_0000_0001L));
    }

    @Test
    void entryRegistersOfTheHostsOwnAreHonoured() throws LoadException {
        LinuxProgram program = load(ProgramType.RAW, "r0 = r7\nr0 += r2\nexit\n");
        lane.raw(new byte[0]);
        lane.entry()[7] = 0x7777_0000_0000L;
        lane.entry()[2] = 5;
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(0x7777_0000_0005L));
        lane.entry()[7] = -1;
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(4));
    }

    @Test
    void programsThatLeaveRegistersUnreadableTellFewer() throws LoadException {
        LinuxProgram program = load(ProgramType.RAW, "call 5\nr6 = 3\nr0 = 1\nexit\n");
        lane.raw(new byte[0]);
        assertThat(program.observe(lane)).isEqualTo(new Outcome.Returned(1));
        assertThat(program.stored()).isEqualTo(0x3c1);
        assertThat(lane.exitRegisters()[6]).isEqualTo(3);
    }

    @Test
    void whatTheVerifierRefusesOverMemoryIsRefusedAtTheRun() throws LoadException {
        LinuxProgram program = load(ProgramType.RAW, "r0 = *(u64 *)(r1 + 0)\nexit\n");
        lane.raw(new byte[7]);
        assertThatThrownBy(() -> program.run(lane)).isInstanceOfSatisfying(RunRefused.class, e -> {
            assertThat(e.refused().name()).isEqualTo("EACCES");
            assertThat(e.refused().reason()).contains("invalid access to map value").contains("size=8");
        });
        lane.raw(new byte[8]);
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(0));
    }

    @Test
    void aRefusalAtLoadHasTheVerifiersLog() {
        assertThatThrownBy(() -> load(ProgramType.XDP, "r0 = r7\nexit\n")).isInstanceOf(LoadException.class).hasMessageContaining("EACCES")
                .hasMessageContaining("R7 !read_ok").hasCauseInstanceOf(KernelRefusal.class);
        assertThatThrownBy(() -> load(ProgramType.KPROBE, "r0 = 0\nexit\n")).isInstanceOf(LoadException.class).hasMessageContaining(
                "KPROBE");
        assertThatThrownBy(() -> load(ProgramType.XDP, "r1 = map_by_fd(0)\nr0 = 0\nexit\n", MapDefinition.of("q", QUEUE, 0, 4, 1)))
                .isInstanceOf(
                        LoadException.class).hasMessageContaining("cannot share map q");
        Program big = Program.raw("big", ByteOrder.BIG_ENDIAN, ASSEMBLER.assemble("big", "exit\n", ByteOrder.BIG_ENDIAN));
        assertThatThrownBy(() -> load(big)).isInstanceOf(LoadException.class).hasMessageContaining("byte order");
    }

    @Test
    void arraysAreShared() throws LoadException {
        MapDefinition definition = MapDefinition.of("counters", ARRAY, 4, 16, 1);
        LinuxProgram program = load(ProgramType.XDP, """
                r1 = map_val(map_by_fd(0)) + 8
                r2 = 5
                lock *(u64 *)(r1 + 0) += r2
                r0 = 2
                exit
                """, definition);
        BpfMap map = machine.map(definition);
        map.update(bytes(0, 0, 0, 0), bytes(1, 0, 0, 0, 0, 0, 0, 0, 10, 0, 0, 0, 0, 0, 0, 0), BpfMap.ANY);
        XdpContext.of(lane).prepare(new byte[60]);
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(2));
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(2));
        assertThat(map.lookup(bytes(0, 0, 0, 0))).isEqualTo(bytes(1, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0));
    }

    private static final String COUNT_UNDER_KEY_7 = """
            *(u32 *)(r10 - 4) = 7
            r1 = map_by_fd(0)
            r2 = r10
            r2 += -4
            call 1
            if r0 == 0 goto +4
            r1 = 1
            lock *(u64 *)(r0 + 0) += r1
            r0 = 2
            exit
            *(u64 *)(r10 - 16) = 1
            r1 = map_by_fd(0)
            r2 = r10
            r2 += -4
            r3 = r10
            r3 += -16
            r4 = 0
            call 2
            r0 = 1
            exit
            """;

    @Test
    void hashTablesAreShared() throws LoadException {
        MapDefinition definition = MapDefinition.of("table", HASH, 4, 8, 4);
        LinuxProgram program = load(ProgramType.SCHED_CLS, COUNT_UNDER_KEY_7, definition);
        BpfMap map = machine.map(definition);
        map.update(bytes(1, 1, 1, 1), bytes(9, 0, 0, 0, 0, 0, 0, 0), BpfMap.ANY);
        SkbContext.of(lane).prepare(new byte[60]);
        byte[] key = bytes(7, 0, 0, 0);
        assertThat(program.run(lane)).as("a new entry").isEqualTo(new Outcome.Returned(1));
        assertThat(map.lookup(key)).isEqualTo(bytes(1, 0, 0, 0, 0, 0, 0, 0));
        assertThat(program.run(lane)).as("an old entry").isEqualTo(new Outcome.Returned(2));
        assertThat(map.lookup(key)).isEqualTo(bytes(2, 0, 0, 0, 0, 0, 0, 0));
        map.delete(key);
        assertThat(program.run(lane)).as("the host took it away").isEqualTo(new Outcome.Returned(1));
        assertThat(map.size()).isEqualTo(2);
        assertThat(map.lookup(bytes(1, 1, 1, 1))).isEqualTo(bytes(9, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void perCpuArraysAreSharedByTheLanesSlot() throws LoadException {
        MapDefinition definition = MapDefinition.of("percpu", PERCPU_ARRAY, 4, 4, 1);
        LinuxProgram program = load(ProgramType.XDP, """
                *(u32 *)(r10 - 4) = 0
                r1 = map_by_fd(0)
                r2 = r10
                r2 += -4
                call 1
                if r0 == 0 goto +2
                r1 = 3
                lock *(u32 *)(r0 + 0) += w1
                r0 = 2
                exit
                """, definition);
        BpfMap map = machine.map(definition);
        map.update(bytes(0, 0, 0, 0), bytes(10, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0), BpfMap.ANY);
        Lane second = machine.lane(1);
        XdpContext.of(second).prepare(new byte[60]);
        program.run(second);
        assertThat(map.lookup(bytes(0, 0, 0, 0))).isEqualTo(bytes(10, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 0, 0, 0, 0, 0));
        XdpContext.of(lane).prepare(new byte[60]);
        program.run(lane);
        assertThat(map.lookup(bytes(0, 0, 0, 0))).isEqualTo(bytes(13, 0, 0, 0, 0, 0, 0, 0, 23, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void tailCallsGoThroughProgramArrays() throws LoadException {
        MapDefinition jumps = MapDefinition.of("jumps", PROG_ARRAY, 4, 4, 2);
        LinuxProgram program = load(ProgramType.XDP, "r2 = map_by_fd(0)\nr3 = 1\ncall 12\nr0 = 7\nexit\n", jumps);
        LinkedProgram target = machine.link(program(ProgramType.XDP, "r0 = 0x5555555500000003 ll\nexit\n"));
        XdpContext.of(lane).prepare(new byte[60]);
        assertThat(program.run(lane)).as("there is no target").isEqualTo(new Outcome.Returned(7));
        machine.maps().setProgram(machine.map(jumps), 1, target);
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(0x5555_5555_0000_0003L));
        machine.maps().setProgram(machine.map(jumps), 1, null);
        assertThat(program.run(lane)).as("the target is gone").isEqualTo(new Outcome.Returned(7));
    }

    @Test
    void aTargetThatTheKernelRefusesIsARefusal() throws LoadException {
        MapDefinition jumps = MapDefinition.of("jumps", PROG_ARRAY, 4, 4, 2);
        LinuxProgram program = load(ProgramType.XDP, "r2 = map_by_fd(0)\nr3 = 1\ncall 12\nr0 = 7\nexit\n", jumps);
        machine.maps().setProgram(machine.map(jumps), 1, machine.link(program(ProgramType.XDP, "r0 = r3\nexit\n")));
        XdpContext.of(lane).prepare(new byte[60]);
        assertThatThrownBy(() -> program.run(lane)).isInstanceOf(RunRefused.class).hasMessageContaining("R3 !read_ok");
    }

    @Test
    void functionsAreCalledBackByHelpers() throws LoadException {
        LinuxProgram program = load(ProgramType.XDP, """
                *(u64 *)(r10 - 8) = 0
                r1 = 5
                r2 = code_addr(body)
                r3 = r10
                r3 += -8
                r4 = 0
                call 181
                r0 = *(u64 *)(r10 - 8)
                exit
                body:
                r3 = *(u64 *)(r2 + 0)
                r3 += r1
                *(u64 *)(r2 + 0) = r3
                r0 = 0
                exit
                """);
        XdpContext.of(lane).prepare(new byte[60]);
        assertThat(program.run(lane)).as("bpf_loop: 0 + 1 + 2 + 3 + 4").isEqualTo(new Outcome.Returned(10));
    }

    @Test
    void xdpPacketsAreChanged() throws LoadException {
        LinuxProgram program = load(ProgramType.XDP, """
                r2 = *(u32 *)(r1 + 0)
                r3 = *(u32 *)(r1 + 4)
                r0 = r3
                r0 -= r2
                r4 = r2
                r4 += 14
                if r4 > r3 goto +1
                *(u8 *)(r2 + 13) = 0x77
                exit
                """);
        XdpContext xdp = XdpContext.of(lane);
        xdp.prepare(new byte[60]);
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(60));
        assertThat(xdp.packetBytes()).hasSize(60);
        assertThat(xdp.packetBytes()[13]).isEqualTo((byte) 0x77);
        xdp.prepare(new byte[9000]);
        assertThatThrownBy(() -> program.run(lane)).as("it would lie in several pieces").isInstanceOfSatisfying(RunRefused.class,
                e -> assertThat(e
                        .refused().name()).isEqualTo("EMSGSIZE"));
    }

    @Test
    void xdpPacketsGrowAndShrinkAndHaveMetadata() throws LoadException {
        XdpContext xdp = XdpContext.of(lane);
        LinuxProgram head = load(ProgramType.XDP, "r2 = -4\ncall 44\nexit\n");
        xdp.prepare(new byte[60]);
        assertThat(head.run(lane)).isEqualTo(new Outcome.Returned(0));
        assertThat(xdp.packetBytes()).hasSize(64);
        LinuxProgram tail = load(ProgramType.XDP, "r2 = -20\ncall 65\nexit\n");
        xdp.prepare(new byte[60]);
        assertThat(tail.run(lane)).isEqualTo(new Outcome.Returned(0));
        assertThat(xdp.packetBytes()).hasSize(40);
        LinuxProgram metadata = load(ProgramType.XDP, """
                r6 = r1
                r2 = -4
                call 54
                r2 = *(u32 *)(r6 + 8)
                r3 = *(u32 *)(r6 + 0)
                r4 = r2
                r4 += 8
                r0 = 0
                if r4 > r3 goto +3
                r0 = *(u32 *)(r2 + 4)
                r1 = 0x01020304
                *(u32 *)(r2 + 0) = r1
                exit
                """);
        xdp.prepare(new byte[60], bytes(9, 0, 0, 0), XdpContext.Ingress.STANDARD, ByteOrder.nativeOrder());
        assertThat(metadata.run(lane)).as("the metadata that came in").isEqualTo(new Outcome.Returned(9));
        assertThat(xdp.metadataBytes()).isEqualTo(bytes(4, 3, 2, 1, 9, 0, 0, 0));
        assertThat(xdp.packetBytes()).hasSize(60);
    }

    @Test
    void packetsThatAreTooShortAreRefused() throws LoadException {
        LinuxProgram program = load(ProgramType.XDP, "r0 = 2\nexit\n");
        XdpContext.of(lane).prepare(new byte[13]);
        assertThatThrownBy(() -> program.run(lane)).isInstanceOf(RunRefused.class).hasMessageContaining("EINVAL").hasMessageContaining(
                "a packet of 13 bytes");
    }

    @Test
    void socketBuffersHaveTheirFields() throws LoadException {
        LinuxProgram program = load(ProgramType.SCHED_CLS, """
                r0 = *(u32 *)(r1 + 8)
                r2 = *(u32 *)(r1 + 52)
                r0 += r2
                r2 = 99
                *(u32 *)(r1 + 8) = r2
                *(u32 *)(r1 + 48) = r2
                exit
                """);
        SkbContext skb = SkbContext.of(lane);
        skb.prepare(new byte[64], SkbContext.Start.LINK, new SkbContext.Meta(1, 1, 40, 0, 0, List.of(0, 2), 0, 0), ByteOrder.nativeOrder());
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(42));
        assertThat(skb.get(SkbField.MARK)).isEqualTo(99);
        assertThat(skb.cb(0)).isEqualTo(99);
        assertThat(skb.cb(1)).isEqualTo(2);
    }

    @Test
    void socketFiltersSeeThePacketFromWhereTheLaneShowsIt() throws LoadException {
        LinuxProgram program = load(ProgramType.SOCKET_FILTER,
                "r6 = r1\nr0 = *(u8 *)skb[0]\nr7 = *(u32 *)(r6 + 0)\nr7 <<= 8\nr0 |= r7\nexit\n");
        byte[] frame = new byte[50];
        frame[0] = 0x11;
        frame[14] = 0x22;
        SkbContext.of(lane).prepare(frame, SkbContext.Start.LINK, SkbContext.Meta.STANDARD, ByteOrder.nativeOrder());
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(50 << 8 | 0x11));
        SkbContext.of(lane).prepare(frame, SkbContext.Start.NETWORK, SkbContext.Meta.STANDARD, ByteOrder.nativeOrder());
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(36 << 8 | 0x22));
    }

    @Test
    void contextsOfSyscallProgramsAndArgumentsOfRawTracepoints() throws LoadException {
        lane.context(bytes(5, 0, 0, 0, 0, 0, 0, 0));
        assertThat(load(ProgramType.SYSCALL, "r0 = *(u64 *)(r1 + 0)\n*(u8 *)(r1 + 7) = 1\nexit\n").run(lane)).isEqualTo(
                new Outcome.Returned(5));
        assertThat(lane.contextBytes()).isEqualTo(bytes(5, 0, 0, 0, 0, 0, 0, 1));
        lane.context(bytes(5, 0, 0, 0, 0, 0, 0, 0));
        assertThat(load(ProgramType.RAW_TRACEPOINT, "r0 = *(u64 *)(r1 + 0)\nexit\n").run(lane)).isEqualTo(new Outcome.Returned(5));
    }

    @Test
    void constantsAreKnownToTheVerifier() throws LoadException {
        MapDefinition constants = new MapDefinition(".rodata", ARRAY, 4, 8, 1, BpfAttr.F_RDONLY_PROG, null, bytes(3, 0, 0, 0, 0, 0, 0, 0));
        // only if the value is 3, nothing is read from the uninitialised r7
        LinuxProgram program = load(ProgramType.XDP,
                "r1 = map_val(map_by_fd(0)) + 0\nr0 = *(u64 *)(r1 + 0)\nif r0 == 3 goto +1\nr0 = r7\nexit\n",
                constants);
        XdpContext.of(lane).prepare(new byte[60]);
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(3));
        machine.map(constants).update(bytes(0, 0, 0, 0), bytes(4, 0, 0, 0, 0, 0, 0, 0), BpfMap.ANY);
        assertThatThrownBy(() -> program.run(lane)).isInstanceOf(RunRefused.class).hasMessageContaining("a change of the constants");
    }

    @Test
    void aPacketLoadOutOfBoundsEndsTheProgramWithZero() throws LoadException {
        LinuxProgram program = load(ProgramType.SCHED_CLS, "r6 = r1\nr0 = *(u8 *)skb[70]\nr0 |= 0x100\nexit\n");
        SkbContext.of(lane).prepare(new byte[71]);
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(0x100));
        SkbContext.of(lane).prepare(new byte[70]);
        assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(0));
    }

    @Test
    void theVerifiersLog() throws LoadException {
        assertThat(LinuxEngine.verifierLog(program(ProgramType.XDP, "r0 = 2\nexit\n"))).contains("r0 = 2").contains("processed 2 insns");
        assertThat(LinuxEngine.verifierLog(program(ProgramType.XDP, "r0 = r7\nexit\n"))).contains("R7 !read_ok");
    }

    @Test
    void machineCodeAndTime() throws LoadException {
        Program program = program(ProgramType.XDP, "r1 = map_by_fd(0)\nr0 = 2\nexit\n", MapDefinition.of("m", ARRAY, 4, 4, 1));
        assertThat(LinuxEngine.machineCode(program)).hasSize(1);
        assertThatThrownBy(() -> LinuxEngine.machineCode(program(ProgramType.XDP, "r0 = r1\nr0 *= r7\nexit\n"))).isInstanceOf(
                LoadException.class);
        XdpContext.of(lane).prepare(new byte[60]);
        assertThat(load(program).nanosPerRun(lane, 1000)).isBetween(1, 1_000_000);
    }

    @Test
    void noFileDescriptorIsLeft() throws IOException, LoadException {
        long before = descriptors();
        for (int i = 0; i < 5; i++) {
            try (Machine other = new Machine(Machine.Settings.standard())) {
                MapDefinition map = MapDefinition.of("m", HASH, 4, 8, 4);
                LinuxProgram program = (LinuxProgram) other.load(engine, other.link(program(ProgramType.RAW, COUNT_UNDER_KEY_7, map)));
                assertThatThrownBy(() -> other.load(engine, other.link(program(ProgramType.XDP, "r0 = r1\nr0 *= r7\nexit\n", map))))
                        .isInstanceOf(
                                LoadException.class);
                for (int size = 0; size < 3; size++) {
                    other.lane(0).raw(new byte[size]);
                    program.run(other.lane(0));
                }
                assertThat(descriptors()).as("while a program is loaded").isGreaterThan(before);
            }
        }
        assertThat(descriptors()).isEqualTo(before);
    }

    /** Open programs, maps, links and BTF of this process; the JVM and guest spaces open and close other files when they like. */
    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(LinuxEngineTest::isOfBpf).count();
        }
    }

    private static boolean isOfBpf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().matches("anon_inode:\\[?(bpf|btf).*");
        } catch (NoSuchFileException e) {
            return false; // closed since it was listed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
