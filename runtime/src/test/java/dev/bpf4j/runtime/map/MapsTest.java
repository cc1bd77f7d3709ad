// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.Region;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class MapsTest {
    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    private static byte[] wide(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    private static Machine machine(int lanes) {
        return new Machine(Machine.Settings.standard().withLanes(lanes));
    }

    private static MapDefinition flags(MapType type, int key, int value, int entries, int flags) {
        return new MapDefinition("m", type.number(), key, value, entries, flags, null, new byte[0]);
    }

    @Test
    void definitionIsMadeOnce() throws LoadException {
        try (Machine machine = machine(1)) {
            MapDefinition definition = MapDefinition.of("a", 2, 4, 8, 3);
            BpfMap map = machine.map(definition);
            assertThat(machine.map(definition)).isSameAs(map);
            assertThat(machine.map(MapDefinition.of("a", 2, 4, 8, 3))).isNotSameAs(map);
            assertThat(machine.maps().find("a")).isSameAs(map);
            assertThat(machine.maps().find("b")).isNull();
            assertThat(machine.maps().byHandle(map.handle())).isSameAs(map);
            assertThat(machine.maps().byHandle(map.handle() + 1)).isNull();
            assertThat(machine.maps().all()).hasSize(2);
        }
    }

    @Test
    void valuesAreRegionsWithGaps() throws LoadException {
        try (Machine machine = machine(2)) {
            BpfMap first = machine.map(MapDefinition.of("first", 2, 4, 5, 3));
            BpfMap second = machine.map(MapDefinition.of("second", MapType.PERCPU_ARRAY.number(), 4, 5, 3));
            BpfMap none = machine.map(MapDefinition.of("none", MapType.QUEUE.number(), 0, 5, 3));
            List<Region> live = machine.lane(1).regions().live();
            assertThat(live).contains(new Region("first", first.values(), 2 * 8 + 5, true), new Region("second", second.values(), 3 * 8 + 2
                    * 8 + 5,
                    true));
            assertThat(live).extracting(Region::name).doesNotContain("none");
            assertThat(first.values() % GuestLayout.PAGE).isZero();
            assertThat(second.values() - first.values()).isEqualTo(2 * GuestLayout.PAGE);
            assertThat(none.values()).isGreaterThan(second.values());
        }
    }

    @ParameterizedTest
    @CsvSource({"99,4,4,1,0,is not a map type", "26,4,4,1,0,maps of type struct_ops (26) are not supported", "2,8,4,1,0,exactly 4",
        "2,4,0,1,0,at least 1",
        "1,0,4,1,0,at least 1", "1,5000,4,1,0,at most 4098", "2,4,4,0,0,max_entries", "2,4,4,-1,0,4294967295", "1,4,4,1,1024,no flag 0x400",
        "11,8,4,1,0,BPF_F_NO_PREALLOC", "11,4,4,1,1,5 to 260", "6,4,32769,1,0,1 to 32768", "1,4,4194304,1,0,less than 4194304",
        "27,0,0,5000,0,power of two", "27,0,0,2048,0,power of two", "27,4,4,4096,0,exactly 0", "22,4,4,1,0,exactly 0",
        "3,4,8,1,0,exactly 4",
        "9,4,4,1,1,no flag", "19,12,4,0,0,8 or 16", "19,8,4,1,0,max_entries of cgroup_storage is 0", "21,16,32769,0,0,1 to 32768",
        "31,0,0,5000,0,power of two", "33,0,0,1,0,BPF_F_MMAPABLE", "33,0,4,1,1024,exactly 0"})
    void badDefinitionsAreRefused(int type, int key, int value, int entries, int flags, String reason) {
        try (Machine machine = machine(1)) {
            MapDefinition definition = new MapDefinition("bad", type, key, value, entries, flags, null, new byte[0]);
            assertThatThrownBy(() -> machine.map(definition)).isInstanceOf(LoadException.class).hasMessageStartingWith("map bad: ")
                    .hasMessageContaining(
                            reason);
        }
    }

    @Test
    void guestSpaceIsFinite() throws LoadException {
        try (Machine machine = machine(2)) {
            assertThatThrownBy(() -> machine.map(MapDefinition.of("wide", 2, 4, 1 << 20, 4000))).isInstanceOf(LoadException.class)
                    .hasMessageContaining(
                            "lower max_entries or value_size");
            assertThatThrownBy(() -> machine.map(MapDefinition.of("long", 1, 64, 8, 40_000_000))).isInstanceOf(LoadException.class)
                    .hasMessageContaining(
                            "lower max_entries or key_size");
            assertThatThrownBy(() -> machine.map(MapDefinition.of("most", 2, 4, 1, Integer.MAX_VALUE))).isInstanceOf(LoadException.class);
            assertThatThrownBy(() -> machine.map(MapDefinition.of("lanes", MapType.PERCPU_HASH.number(), 4, 32768, 100_000))).isInstanceOf(
                    LoadException.class);
            BpfMap large = machine.map(MapDefinition.of("large", 2, 4, 1 << 20, 1024));
            assertThat(large.values()).as("what was refused took nothing").isEqualTo(GuestLayout.MAP_BASE);
            assertThatThrownBy(() -> machine.map(MapDefinition.of("more", 2, 4, 1 << 20, 1024))).isInstanceOf(LoadException.class)
                    .hasMessageContaining(
                            "are left");
            assertThat(large.update(number(1023), new byte[1 << 20], BpfMap.ANY)).isZero();
        }
    }

    @Test
    void initialContentsAreThereAndComeBack() throws LoadException {
        try (Machine machine = machine(1)) {
            BpfMap data = machine.map(new MapDefinition(".data", 2, 4, 6, 1, 0, null, new byte[] {1, 2, 3, 4}));
            assertThat(data.lookup(number(0))).containsExactly(1, 2, 3, 4, 0, 0);
            data.update(number(0), new byte[6], BpfMap.ANY);
            machine.reset();
            assertThat(data.lookup(number(0))).containsExactly(1, 2, 3, 4, 0, 0);
            assertThatThrownBy(() -> machine.map(new MapDefinition(".data", 2, 4, 3, 1, 0, null, new byte[4]))).isInstanceOf(
                    LoadException.class)
                    .hasMessageContaining("initial contents");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "PERCPU_ARRAY", "HASH", "PERCPU_HASH", "LRU_HASH"})
    void resetEmptiesAndCheckpointKeeps(MapType type) throws LoadException {
        try (Machine machine = machine(2)) {
            BpfMap map = machine.map(MapDefinition.of("m", type.number(), 4, 8, 10));
            Lane lane = machine.lane(1);
            lane.write(lane.stackTop() - 8, wide(41));
            map.update(lane, number(3), lane.stackTop() - 8, BpfMap.ANY);
            machine.reset();
            byte[] empty = map.lookup(number(3));
            assertThat(empty == null || new String(empty, StandardCharsets.ISO_8859_1).chars().allMatch(c -> c == 0))
                    .isTrue();
            map.update(number(3), new byte[map.hostValueSize()], BpfMap.ANY);
            lane.write(lane.stackTop() - 8, wide(42));
            map.update(lane, number(3), lane.stackTop() - 8, BpfMap.ANY);
            machine.maps().checkpoint();
            byte[] kept = Objects.requireNonNull(map.lookup(number(3)));
            BpfMap later = machine.map(new MapDefinition("later", 2, 4, 4, 1, 0, null, new byte[] {9}));
            for (int round = 0; round < 3; round++) {
                map.delete(number(3));
                map.update(number(4), new byte[map.hostValueSize()], BpfMap.ANY);
                map.update(number(3), new byte[map.hostValueSize()], BpfMap.ANY);
                later.update(number(0), new byte[4], BpfMap.ANY);
                machine.reset();
                assertThat(map.lookup(number(3))).isEqualTo(kept);
                assertThat(later.lookup(number(0))).containsExactly(9, 0, 0, 0);
            }
            assertThat(map.size()).isEqualTo(type.storage().name().contains("ARRAY") ? 10 : 1);
        }
    }

    @Test
    void checkpointOfALargeUntouchedArrayIsCheap() throws LoadException {
        try (Machine machine = machine(1)) {
            BpfMap large = machine.map(MapDefinition.of("large", 2, 4, 1 << 20, 512));
            large.update(number(300), new byte[1 << 20], BpfMap.ANY);
            machine.lane(0).write(large.values() + (400L << 20), new byte[] {1});
            machine.maps().checkpoint();
            machine.reset();
            assertThat(machine.lane(0).read(large.values() + (400L << 20), 2)).containsExactly(1, 0);
        }
    }

    @Test
    void hostSeesAllLanesValues() throws LoadException {
        try (Machine machine = machine(3)) {
            BpfMap map = machine.map(MapDefinition.of("counters", MapType.PERCPU_HASH.number(), 4, 4, 10));
            for (int cpu = 0; cpu < 3; cpu++) {
                Lane lane = machine.lane(cpu);
                lane.write(lane.stackTop() - 4, number(cpu + 10));
                map.update(lane, number(1), lane.stackTop() - 4, BpfMap.ANY);
                assertThat(lane.read(map.lookup(lane, number(1)), 4)).isEqualTo(number(cpu + 10));
            }
            assertThat(map.hostValueSize()).isEqualTo(24);
            ByteBuffer all = ByteBuffer.wrap(Objects.requireNonNull(map.lookup(number(1)))).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(new int[] {all.getInt(0), all.getInt(8), all.getInt(16)}).containsExactly(10, 11, 12);
            map.delete(number(1));
            Lane lane = machine.lane(2);
            lane.write(lane.stackTop() - 4, number(7));
            map.update(lane, number(2), lane.stackTop() - 4, BpfMap.ANY);
            ByteBuffer fresh = ByteBuffer.wrap(Objects.requireNonNull(map.lookup(number(2)))).order(ByteOrder.LITTLE_ENDIAN);
            assertThat(new int[] {fresh.getInt(0), fresh.getInt(8), fresh.getInt(16)}).as("other lanes start at zero").containsExactly(0, 0,
                    7);
        }
    }

    @Test
    void pointerKeepsTheOldValueAcrossAnUpdate() throws LoadException {
        try (Machine machine = machine(1)) {
            BpfMap map = machine.map(MapDefinition.of("m", MapType.HASH.number(), 4, 4, 1));
            Lane lane = machine.lane(0);
            map.update(number(1), number(5), BpfMap.ANY);
            long before = map.lookup(lane, number(1));
            map.update(number(1), number(6), BpfMap.ANY);
            assertThat(lane.read(before, 4)).isEqualTo(number(5));
            assertThat(lane.read(map.lookup(lane, number(1)), 4)).isEqualTo(number(6));
        }
    }

    @Test
    void iterationSurvivesUpdatesOfWhatItMeets() throws LoadException {
        try (Machine machine = machine(1)) {
            BpfMap map = machine.map(MapDefinition.of("m", MapType.HASH.number(), 4, 4, 64));
            for (int i = 0; i < 64; i++) {
                map.update(number(i), number(i), BpfMap.ANY);
            }
            int met = 0;
            for (byte[] key = map.nextKey(null); key != null; key = map.nextKey(key)) {
                map.update(key, number(0), BpfMap.EXIST);
                met++;
            }
            assertThat(met).isEqualTo(64);
        }
    }

    @Test
    void fullTableThatEvictsTakesNewEntries() throws LoadException {
        try (Machine machine = machine(1)) {
            BpfMap map = machine.map(MapDefinition.of("m", MapType.LRU_HASH.number(), 4, 4, 16));
            for (int i = 0; i < 10_000; i++) {
                assertThat(map.update(number(i), number(i), BpfMap.ANY)).isZero();
                assertThat(map.lookup(number(i))).isEqualTo(number(i));
            }
            assertThat(map.size()).isEqualTo(16);
            BpfMap plain = machine.map(MapDefinition.of("m", MapType.HASH.number(), 4, 4, 16));
            for (int i = 0; i < 16; i++) {
                plain.update(number(i), number(i), BpfMap.ANY);
            }
            assertThat(plain.update(number(16), number(0), BpfMap.ANY)).isEqualTo(-Errno.E2BIG);
            assertThat(plain.update(number(3), number(0), BpfMap.ANY)).isZero();
            plain.clear();
            assertThat(plain.size()).isZero();
            assertThat(plain.update(number(16), number(0), BpfMap.ANY)).isZero();
        }
    }

    private static LinkedProgram program(Machine machine) throws LoadException {
        return machine.link(Program.raw("p", ByteOrder.LITTLE_ENDIAN, new Assembler(Isa.bpf()).assemble("p", "r0 = 0\nexit\n",
                ByteOrder.LITTLE_ENDIAN)));
    }

    @Test
    void ruling11TailCallTargetsComeFromProgramArrays() throws LoadException {
        try (Machine machine = machine(1); Machine other = machine(1)) {
            program(machine);
            LinkedProgram second = program(machine);
            BpfMap array = machine.map(MapDefinition.of("jumps", MapType.PROG_ARRAY.number(), 4, 4, 3));
            Maps maps = machine.maps();
            assertThat(maps.tailCall(array.handle(), 1)).isEqualTo(-1);
            assertThat(maps.setProgram(array, 1, second)).isZero();
            assertThat(maps.tailCall(array.handle(), 1)).isEqualTo(1);
            assertThat(maps.tailCall(array.handle(), 1L << 32 | 1)).as("32 bits count").isEqualTo(1);
            assertThat(maps.tailCall(array.handle(), 3)).isEqualTo(-1);
            assertThat(maps.tailCall(array.handle(), -1)).isEqualTo(-1);
            assertThat(maps.tailCall(array.handle() + 1, 1)).isEqualTo(-1);
            assertThat(array.lookup(number(1))).isEqualTo(number(2));
            assertThat(maps.setProgram(array, 3, second)).isEqualTo(-Errno.E2BIG);
            assertThat(maps.setProgram(array, 0, program(other))).isEqualTo(-Errno.EBADF);
            assertThat(array.update(number(0), number(99), BpfMap.ANY)).isEqualTo(-Errno.EBADF);
            assertThat(array.update(number(0), number(1), BpfMap.EXIST)).isEqualTo(-Errno.EINVAL);
            assertThat(array.update(machine.lane(0), number(0), machine.lane(0).stackTop() - 8, BpfMap.ANY)).isEqualTo(-Errno.EINVAL);
            maps.checkpoint();
            assertThat(maps.setProgram(array, 1, null)).isZero();
            assertThat(maps.setProgram(array, 1, null)).isEqualTo(-Errno.ENOENT);
            machine.reset();
            assertThat(maps.tailCall(array.handle(), 1)).isEqualTo(1);
            BpfMap plain = machine.map(MapDefinition.of("a", 2, 4, 4, 1));
            assertThat(maps.setProgram(plain, 0, second)).isEqualTo(-Errno.EINVAL);
            assertThat(maps.tailCall(plain.handle(), 0)).isEqualTo(-1);
        }
    }

    @Test
    void bigEndianMapsReadNumbersInTheirOrder() throws LoadException {
        try (Machine machine = machine(1)) {
            BpfMap array = machine.map(new MapDefinition("a", 2, 4, 4, 300, 0, null, new byte[0], ByteOrder.BIG_ENDIAN));
            assertThat(array.update(new byte[] {0, 0, 1, 0}, new byte[] {1, 2, 3, 4}, BpfMap.ANY)).isZero();
            assertThat(machine.lane(0).read(array.values() + 256 * 8, 4)).containsExactly(1, 2, 3, 4);
            assertThat(array.update(new byte[] {0, 1, 0, 0}, new byte[4], BpfMap.ANY)).isEqualTo(-Errno.E2BIG);
            assertThat(array.nextKey(new byte[] {0, 0, 0, (byte) 255})).containsExactly(0, 0, 1, 0);
        }
    }

    @Test
    void wrongSizesAreTheHostsMistake() throws LoadException {
        try (Machine machine = machine(1)) {
            BpfMap map = machine.map(MapDefinition.of("m", 1, 4, 8, 4));
            assertThatThrownBy(() -> map.lookup(new byte[3])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(
                    "4 bytes, not 3");
            assertThatThrownBy(() -> map.update(new byte[4], new byte[9], 0)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(
                            "8 bytes, not 9");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "HASH", "PERCPU_HASH", "LRU_HASH", "LPM_TRIE", "QUEUE", "STACK", "PROG_ARRAY", "PERF_EVENT_ARRAY",
        "RINGBUF"})
    void everyEntryIsVisitedOnce(MapType type) throws LoadException {
        try (Machine machine = machine(1)) {
            program(machine);
            int key = type == MapType.LPM_TRIE ? 8 : type.key().least();
            int value = type == MapType.RINGBUF ? 0 : 4;
            BpfMap map = machine.map(flags(type, key, value, type == MapType.RINGBUF ? 4096 : 4, type == MapType.LPM_TRIE ? 1 : 0));
            int added = 0;
            for (int i = 0; i < 3; i++) {
                byte[] bytes = type == MapType.LPM_TRIE ? new byte[] {(byte) (8 * i), 0, 0, 0, 10, 0, 0, 0}
                        : Arrays.copyOf(number(i), key);
                added += map.update(bytes, number(1).length == map.hostValueSize() ? number(1) : new byte[map.hostValueSize()],
                        BpfMap.ANY) == 0 ? 1
                                : 0;
            }
            List<byte[]> keys = new ArrayList<>();
            map.forEach((k, v) -> keys.add(k));
            int expected = type == MapType.ARRAY ? 4 : added;
            assertThat(keys).hasSize(expected);
            assertThat(map.size()).isEqualTo(expected);
            map.clear();
            keys.clear();
            map.forEach((k, v) -> {
                if (type != MapType.ARRAY) {
                    keys.add(k);
                }
            });
            assertThat(keys).isEmpty();
        }
    }
}
