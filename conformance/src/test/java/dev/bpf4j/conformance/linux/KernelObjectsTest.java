// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.MapDefinition;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps and programs in the kernel. */
class KernelObjectsTest {
    private static final int HASH = 1;
    private static final int ARRAY = 2;
    private static final int PERCPU_ARRAY = 6;
    private static final int LPM_TRIE = 11;

    @BeforeAll
    static void kernel() {
        KernelHere.assume();
    }

    private static KernelMap map(int type, int keySize, int valueSize, int maxEntries, int flags) throws KernelRefusal {
        return KernelMap.create(new MapDefinition("m", type, keySize, valueSize, maxEntries, flags, null, new byte[0]), 0, 0);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    @Test
    void hashMapsAreFilledReadAndEmptied() throws KernelRefusal {
        try (KernelMap map = map(HASH, 2, 3, 2, 0)) {
            assertThat(map.lookup(bytes(1, 1))).isEmpty();
            assertThat(map.keys()).isEmpty();
            map.update(bytes(1, 1), bytes(1, 2, 3), 0);
            map.update(bytes(2, 2), bytes(4, 5, 6), 0);
            assertThat(map.lookup(bytes(1, 1))).hasValue(bytes(1, 2, 3));
            assertThat(map.keys()).containsExactlyInAnyOrder(bytes(1, 1), bytes(2, 2));
            assertThatThrownBy(() -> map.update(bytes(3, 3), bytes(0, 0, 0), 0)).isInstanceOfSatisfying(KernelRefusal.class,
                    e -> assertThat(e.refused()
                            .name()).isEqualTo("E2BIG"));
            assertThatThrownBy(() -> map.update(bytes(1, 1), bytes(0, 0, 0), 1)).hasMessageContaining("EEXIST");
            assertThat(map.delete(bytes(1, 1))).isTrue();
            assertThat(map.delete(bytes(1, 1))).isFalse();
            assertThat(map.keys()).containsExactly(bytes(2, 2));
        }
    }

    @Test
    void arraysAreSharedByMapping() throws KernelRefusal {
        try (KernelMap map = map(ARRAY, 4, 5, 3, BpfAttr.F_MMAPABLE)) {
            map.update(bytes(1, 0, 0, 0), bytes(1, 2, 3, 4, 5), 0);
            assertThat(map.mapped().asSlice(8, 5).toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3, 4, 5);
            map.mapped().set(ValueLayout.JAVA_BYTE, 16, (byte) 9);
            assertThat(map.lookup(bytes(2, 0, 0, 0))).hasValue(bytes(9, 0, 0, 0, 0));
            assertThat(map.keys()).hasSize(3);
        }
    }

    @Test
    void perCpuMapsHaveAValueForEveryCpu() throws KernelRefusal {
        try (KernelMap map = map(PERCPU_ARRAY, 4, 4, 1, 0)) {
            assertThat(map.valueBytes()).isEqualTo(8 * KernelMap.POSSIBLE_CPUS);
            assertThat(map.lookup(bytes(0, 0, 0, 0))).hasValueSatisfying(value -> assertThat(value).hasSize(map.valueBytes()));
        }
    }

    @Test
    void whatTheKernelDoesNotMakeHasAReason() {
        assertThatThrownBy(() -> map(HASH, 0, 4, 1, 0)).isInstanceOf(KernelRefusal.class).hasMessageContaining("BPF_MAP_CREATE")
                .hasMessageContaining(
                        "EINVAL");
        assertThatThrownBy(() -> map(LPM_TRIE, 8, 4, 1, 0)).as("a trie wants BPF_F_NO_PREALLOC").isInstanceOf(KernelRefusal.class);
        assertThatThrownBy(() -> map(9999, 4, 4, 1, 0)).isInstanceOf(KernelRefusal.class);
    }

    @Test
    void xdpProgramsRunOverPackets() throws KernelRefusal {
        byte[] packet = new byte[64];
        packet[63] = 7;
        try (KernelProgram program = KernelProgram.load(KernelProgram.Type.XDP, new Slots().set(0, 2).exit().bytes())) {
            KernelOutput output = program.run(KernelInput.packet(packet));
            assertThat(output.returned()).isEqualTo(2);
            assertThat(output.packet()).isEqualTo(packet);
            assertThat(program.run(KernelInput.packet(packet).repeated(100)).nanos()).isPositive();
            assertThatThrownBy(() -> program.run(KernelInput.packet(new byte[13]))).isInstanceOf(KernelRefusal.class).hasMessageContaining(
                    "EINVAL")
                    .hasMessageContaining("a packet of 13 bytes");
        }
    }

    @Test
    void socketFiltersAndTcProgramsRunOverPackets() throws KernelRefusal {
        for (KernelProgram.Type type : List.of(KernelProgram.Type.SOCKET_FILTER, KernelProgram.Type.SCHED_CLS)) {
            try (KernelProgram program = KernelProgram.load(type, new Slots().loadWord(0, 1, 0).exit().bytes())) {
                int seen = type.equals(KernelProgram.Type.SCHED_CLS) ? 64 : 50; // tc sees the Ethernet header, a socket filter does not
                assertThat(program.run(KernelInput.packet(new byte[64])).returned()).isEqualTo(seen);
            }
        }
    }

    @Test
    void syscallProgramsWriteTheirContext() throws KernelRefusal {
        byte[] code = new Slots().load(0, 1, 0).storeImmediate(1, 8, 5).exit().bytes();
        try (KernelProgram program = KernelProgram.load(KernelProgram.Type.SYSCALL, code)) {
            KernelOutput output = program.run(KernelInput.context(bytes(9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
            assertThat(output.returned()).isEqualTo(9);
            assertThat(output.context()).isEqualTo(bytes(9, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void rawTracepointsReadTheirArguments() throws KernelRefusal {
        try (KernelProgram program = KernelProgram.load(KernelProgram.Type.RAW_TRACEPOINT, new Slots().load(0, 1, 8).exit().bytes())) {
            assertThat(program.run(KernelInput.context(bytes(1, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0))).returned()).isEqualTo(6);
        }
    }

    @Test
    void typesWithoutATestRunSaySo() throws KernelRefusal {
        KernelProgram.Type kprobe = new KernelProgram.Type(2, 0, 0);
        try (KernelProgram program = KernelProgram.load(kprobe, new Slots().set(0, 0).exit().bytes())) {
            assertThatThrownBy(() -> program.run(KernelInput.context(new byte[8]))).isInstanceOf(KernelRefusal.class).hasMessageContaining(
                    "ENOTSUPP");
        }
    }

    @Test
    void theJitsMachineCodeIsShown() throws KernelRefusal {
        byte[] code = new Slots().call(1).exit().set(0, 7).exit().bytes();
        try (KernelProgram program = KernelProgram.load(KernelProgram.Type.XDP, code)) {
            List<byte[]> functions = program.machineCode();
            assertThat(functions).hasSize(2).allSatisfy(function -> assertThat(function.length).isBetween(8, 4096));
        }
        try (KernelProgram program = KernelProgram.load(KernelProgram.Type.XDP, new Slots().set(0, 7).exit().bytes())) {
            assertThat(program.machineCode()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 65_536})
    void anyPacketSizeGivesAnAnswer(int size) throws KernelRefusal {
        try (KernelProgram program = KernelProgram.load(KernelProgram.Type.XDP, new Slots().set(0, 2).exit().bytes())) {
            try {
                assertThat(program.run(KernelInput.packet(new byte[size])).packet()).hasSize(size);
            } catch (KernelRefusal e) {
                assertThat(e.refused().name()).isEqualTo("EINVAL");
                assertThat(size).isLessThan(14);
            }
        }
    }

    @Test
    void noFileDescriptorIsLeft() throws IOException, KernelRefusal {
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            try (KernelMap map = map(ARRAY, 4, 8, 1, BpfAttr.F_MMAPABLE);
                    KernelProgram program = KernelProgram.load(KernelProgram.Type.XDP, new Slots().set(0, 2).exit().bytes())) {
                map.mapped();
                program.machineCode();
                assertThat(descriptors()).isEqualTo(before + 2);
                assertThatThrownBy(() -> KernelProgram.load(KernelProgram.Type.XDP, new Slots().exit().bytes())).isInstanceOf(
                        KernelRefusal.class);
            }
        }
        assertThat(descriptors()).isEqualTo(before);
    }

    /** What is forgotten is closed when it is collected. */
    @Test
    void forgottenProgramsAreClosed() throws IOException, InterruptedException, KernelRefusal {
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            assertThat(KernelProgram.load(KernelProgram.Type.XDP, new Slots().set(0, 2).exit().bytes()).fd()).isPositive();
        }
        for (int i = 0; i < 500 && descriptors() > before; i++) {
            System.gc();
            Thread.sleep(2);
        }
        assertThat(descriptors()).isLessThanOrEqualTo(before);
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }
}
