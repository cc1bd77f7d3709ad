// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.world.World;
import dev.bpf4j.vm.Codec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Storage of control groups, rings filled by user space, arenas, timers: as a program of clang's uses them, in several engines. */
class MemoryTest {
    private static final byte[] SHORT = new byte[60];
    private static final byte[] LONG = new byte[200];
    private static final long GROUP = 4711;

    record Key(long group, int attached) {}

    private static final Codec<Key> KEY = Codec.of(16, bytes -> new Key(bytes.getLong(), bytes.getInt()), (key, bytes) -> bytes.putLong(key
            .group()).putInt(key.attached()));
    private static final World WORLD = World.STANDARD.withTask(new World.Task(1, 1, 0, 0, "test", List.of(1L, GROUP)));

    private static final Codec<List<Long>> BOTH_CPUS = Codec.of(16, bytes -> List.of(bytes.getLong(), bytes.getLong()), (values,
            bytes) -> values.forEach(bytes::putLong));

    private static BpfMachine machine(String engine) {
        return BpfExtension.of("src/test/bpf/memory.bpf.o").machine(vm -> vm.world(WORLD).lanes(2).engine(engine)).start(MemoryTest.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"interpreter", "jvm"})
    void controlGroupsHaveStorage(String engine) {
        try (BpfMachine machine = machine(engine)) {
            BpfProgram count = machine.program("count");
            count.packet(SHORT).hasVerdict(1);
            count.on(1).packet(LONG).hasVerdict(1);
            count.packet(SHORT).hasVerdict(0);
            assertThat(machine.map("packets", Codec.u64(), Codec.u64()).get(GROUP)).isEqualTo(Optional.of(3L));
            assertThat(machine.map("bytes", KEY, BOTH_CPUS).get(new Key(GROUP, 0))).contains(List.of(2 * 46L, 186L));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"interpreter", "jvm"})
    void recordsOfUserSpaceAreDrained(String engine) {
        try (BpfMachine machine = machine(engine)) {
            BpfProgram sum = machine.program("sum");
            sum.packet(SHORT).hasReturned(0);
            machine.feed("commands", number(7));
            machine.feed("commands", number(30));
            sum.packet(SHORT).hasReturned(2 << 16 | 37);
            sum.packet(SHORT).hasReturned(0);
            machine.feed("commands", new byte[] {1, 0});
            machine.feed("commands", number(5));
            sum.packet(SHORT).hasReturned(1 << 16);
            sum.packet(SHORT).hasReturned(1 << 16 | 5);
            for (int i = 0; i < 256; i++) {
                machine.feed("commands", number(1));
            }
            assertThatThrownBy(() -> machine.feed("commands", number(1))).isInstanceOf(AssertionError.class).hasMessageContaining(
                    "error 28");
            assertThatThrownBy(() -> machine.feed("commands", new byte[4096])).isInstanceOf(AssertionError.class).hasMessageContaining(
                    "error 7");
            sum.packet(SHORT).hasReturned(256 << 16 | 256);
        }
    }

    private static byte[] number(int number) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"interpreter", "jvm"})
    void arenasHavePages(String engine) {
        try (BpfMachine machine = machine(engine)) {
            BpfProgram remember = machine.program("remember");
            remember.packet(SHORT).hasReturned(60);
            remember.packet(LONG).hasReturned(260);
            remember.on(1).packet(SHORT).hasReturned(320);
            remember.packet(SHORT).hasReturned(380);
            remember.packet(SHORT).hasReturned(-1);
            machine.program("forget").packet(SHORT).hasFaulted(FaultKind.BAD_ACCESS);
            remember.packet(LONG).hasReturned(520);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"interpreter", "jvm"})
    void timersRingAfterTheirTime(String engine) {
        try (BpfMachine machine = machine(engine)) {
            BpfProgram set = machine.program("set");
            BpfProgram cancel = machine.program("cancel");
            cancel.packet(SHORT).hasReturned(-22);
            set.packet(SHORT).hasReturned(0);
            set.packet(LONG).hasReturned(0);
            set.packet(SHORT).hasReturned(-16);
            assertThat(set.pass(Duration.ofNanos(500_000))).isZero();
            assertThat(rung(machine, 0)).isZero();
            assertThat(set.pass(Duration.ofNanos(600_000))).isEqualTo(2);
            assertThat(rung(machine, 0)).isEqualTo(1);
            assertThat(rung(machine, 1)).isEqualTo(2);
            assertThat(set.pass(Duration.ofMillis(1))).isEqualTo(2);
            assertThat(rung(machine, 1)).isEqualTo(4);
            cancel.packet(LONG).hasReturned(0);
            cancel.packet(SHORT).hasReturned(1);
            assertThat(set.pass(Duration.ofSeconds(1))).isZero();
            assertThat(rung(machine, 0)).isEqualTo(2);
        }
    }

    private static long rung(BpfMachine machine, int alarm) {
        return machine.map("alarms", Codec.u32(), Codec.of(24, bytes -> bytes.getLong(16), (value, bytes) -> bytes.putLong(16, value))).get(
                alarm).orElseThrow();
    }
}
