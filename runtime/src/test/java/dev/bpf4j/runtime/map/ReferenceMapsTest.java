// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.RoutineRunner;
import dev.bpf4j.runtime.world.World;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Maps whose values are no plain bytes; expectations from Linux's documents (Documentation/bpf/map_*.rst) and its update functions. */
final class ReferenceMapsTest {
    private static final int LOOKUP = 1;
    private static final World WORLD = World.STANDARD.withSockets(
            World.Socket.listening(77, 6, InetAddress.ofLiteral("10.0.0.1"), 80),
            World.Socket.connected(78, 17, InetAddress.ofLiteral("::1"), 53, InetAddress.ofLiteral("::2"), 5353));

    private static Machine machine() {
        return new Machine(Machine.Settings.standard().withWorld(WORLD));
    }

    private static byte[] word(long value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array();
    }

    private static MapDefinition definition(MapType type, int key, int value, int entries, @Nullable MapDefinition inner) {
        return new MapDefinition(type.toString(), type.number(), key, value, entries, 0, inner, new byte[0]);
    }

    /** What a program's lookup gives: by the routine, which must agree with Java. */
    private static long lookup(Machine machine, BpfMap map, byte[] key) throws LoadException {
        long at = machine.lane(0).stackTop() - 64;
        machine.lane(0).write(at, key);
        long found = new RoutineRunner(machine.lane(0), LOOKUP).call(map.handle(), at);
        assertThat(found).as("the routine and Java agree").isEqualTo(map.lookup(machine.lane(0), key));
        return found;
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY_OF_MAPS", "HASH_OF_MAPS"})
    void mapsInMaps(MapType type) throws LoadException {
        try (Machine machine = machine()) {
            MapDefinition shape = MapDefinition.of("inner", MapType.ARRAY.number(), 4, 8, 3);
            BpfMap outer = machine.map(definition(type, 4, 4, 2, shape));
            BpfMap inner = machine.map(MapDefinition.of("one", MapType.ARRAY.number(), 4, 8, 3));
            BpfMap larger = machine.map(MapDefinition.of("larger", MapType.ARRAY.number(), 4, 8, 4));
            assertThat(lookup(machine, outer, word(1))).isZero();
            assertThat(machine.maps().setMap(outer, word(1), inner)).isZero();
            assertThat(lookup(machine, outer, word(1))).isEqualTo(inner.handle());
            assertThat(outer.lookup(word(1))).as("the host sees the number").isEqualTo(word(inner.index() + 1));
            assertThat(machine.maps().setMap(outer, word(1), larger)).as("another capacity").isEqualTo(-Errno.EINVAL);
            assertThat(outer.update(word(1), word(99), 0)).as("no such map").isEqualTo(-Errno.EBADF);
            assertThat(outer.update(machine.lane(0), word(0), machine.lane(0).stackTop() - 8, 0)).as("programs may not").isEqualTo(
                    -Errno.EINVAL);
            assertThat(outer.delete(machine.lane(0), word(1))).isEqualTo(-Errno.EINVAL);
            machine.reset();
            assertThat(outer.lookup(word(1))).isNull();
            assertThat(machine.maps().setMap(outer, word(0), inner)).isZero();
            assertThat(outer.delete(word(0))).isZero();
            assertThat(outer.delete(word(0))).isEqualTo(-Errno.ENOENT);
            assertThat(machine.maps().setMap(inner, word(0), inner)).isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void innerMapsOfOtherCapacityWhereTheFlagAllowsIt() throws LoadException {
        try (Machine machine = machine()) {
            MapDefinition shape = new MapDefinition("inner", MapType.ARRAY.number(), 4, 8, 3, MapType.Flags.INNER_MAP, null, new byte[0]);
            BpfMap outer = machine.map(definition(MapType.ARRAY_OF_MAPS, 4, 4, 1, shape));
            BpfMap other = machine.map(new MapDefinition("other", MapType.ARRAY.number(), 4, 8, 9, MapType.Flags.INNER_MAP, null,
                    new byte[0]));
            assertThat(machine.maps().setMap(outer, word(0), other)).isZero();
            assertThatThrownBy(() -> machine.map(definition(MapType.ARRAY_OF_MAPS, 4, 4, 1, outer.definition().inner() == null ? shape
                    : outer.definition()))).isInstanceOf(LoadException.class).hasMessageContaining("nest only once");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOCKMAP", "SOCKHASH"})
    void socketsByCookieAndByAddress(MapType type) throws LoadException {
        try (Machine machine = machine()) {
            BpfMap map = machine.map(definition(type, 4, 8, 4, null));
            byte[] cookie = Arrays.copyOf(word(78), 8);
            assertThat(map.update(word(2), cookie, BpfMap.EXIST)).isEqualTo(-Errno.ENOENT);
            assertThat(map.update(word(2), cookie, BpfMap.ANY)).isZero();
            assertThat(map.update(word(2), cookie, BpfMap.NOEXIST)).isEqualTo(-Errno.EEXIST);
            assertThat(map.update(word(1), Arrays.copyOf(word(5), 8), 0)).as("no such socket").isEqualTo(-Errno.EBADF);
            long second = GuestLayout.SOCKETS + 128;
            assertThat(lookup(machine, map, word(2))).isEqualTo(second);
            assertThat(machine.lane(0).regions().find(second, 80, false)).as("programs can read it").isNotNegative();
            assertThat(machine.lane(0).regions().find(second, 4, true)).as("and not write").isNegative();
            assertThat(ByteBuffer.wrap(machine.lane(0).read(second + 12, 4)).order(ByteOrder.LITTLE_ENDIAN).getInt()).isEqualTo(17);
            assertThat(machine.lane(0).read(second + 48, 2)).as("the remote port in network order").containsExactly(5353 >> 8, 5353 & 0xff);
            assertThat(map.update(machine.lane(0), word(0), GuestLayout.SOCKETS, 0)).isZero();
            assertThat(map.lookup(word(0))).isEqualTo(Arrays.copyOf(word(77), 8));
            assertThat(map.delete(machine.lane(0), word(0))).isZero();
            assertThat(map.delete(word(0))).isEqualTo(type == MapType.SOCKMAP ? -Errno.EINVAL : -Errno.ENOENT);
        }
    }

    @Test
    void targetsAreSeenWhereThereIsOne() throws LoadException {
        try (Machine machine = machine()) {
            BpfMap xsk = machine.map(definition(MapType.XSKMAP, 4, 4, 3, null));
            assertThat(lookup(machine, xsk, word(1))).isZero();
            assertThat(xsk.update(word(1), word(9), 0)).isZero();
            assertThat(lookup(machine, xsk, word(1))).isNotZero();
            assertThat(lookup(machine, xsk, word(3))).isZero();
            BpfMap devices = machine.map(definition(MapType.DEVMAP_HASH, 4, 8, 3, null));
            assertThat(devices.update(word(500), Arrays.copyOf(word(4), 8), 0)).isZero();
            long value = lookup(machine, devices, word(500));
            assertThat(machine.lane(0).read(value, 4)).isEqualTo(word(4));
            assertThat(machine.lane(0).regions().find(value, 4, true)).as("read-only").isNegative();
        }
    }

    @Test
    void valuesOfObjects() throws LoadException {
        try (Machine machine = machine()) {
            BpfMap map = machine.map(definition(MapType.TASK_STORAGE, 4, 16, 0, null));
            assertThat(map.ofObject(0x1234, false, 0)).isZero();
            long value = map.ofObject(0x1234, true, 0);
            assertThat(machine.lane(0).read(value, 16)).containsOnly(0);
            assertThat(machine.lane(0).regions().find(value, 16, true)).isNotNegative();
            assertThat(map.ofObject(0x1234, true, 0)).isEqualTo(value);
            assertThat(map.ofObject(0x1238, true, 0)).isNotEqualTo(value);
            assertThat(lookup(machine, map, word(0x1234))).as("the plain lookup is for the host").isZero();
            assertThat(map.lookup(word(0x1234))).hasSize(16);
            assertThat(map.delete(word(0x1234))).isZero();
            assertThatThrownBy(() -> machine.map(definition(MapType.SK_STORAGE, 4, 8, 5, null))).hasMessageContaining("max_entries");
        }
    }

    @Test
    void stacksByTheirHash() throws LoadException {
        try (Machine machine = machine()) {
            BpfMap map = machine.map(definition(MapType.STACK_TRACE, 4, 24, 3, null));
            long[] stack = {0xffff_ffff_8100_0000L, 0xffff_ffff_8200_0000L};
            long id = map.addStack(stack, true, false);
            assertThat(id).isBetween(0L, 3L);
            assertThat(map.addStack(stack, true, false)).isEqualTo(id);
            byte[] value = map.lookup(word(id));
            assertThat(ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(8)).isEqualTo(stack[1]);
            assertThat(Arrays.copyOfRange(value, 16, 24)).containsOnly(0);
            List<Long> results = new ArrayList<>();
            for (long i = 1; i < 30; i++) {
                results.add(map.addStack(new long[] {i}, true, false));
            }
            assertThat(results).as("four buckets fill up").contains(-Errno.EEXIST);
            assertThat(map.size()).isEqualTo(4);
            assertThat(map.addStack(new long[] {1, 2, 3, 4, 5}, true, true)).isNotNegative();
            assertThat(map.delete(word(id))).isZero();
            assertThat(map.delete(word(id))).isEqualTo(-Errno.ENOENT);
            assertThat(map.delete(word(4))).isEqualTo(-Errno.E2BIG);
        }
    }

    /** From the self-test of lookup3's author: the hash of nothing; and one step checked by hand. */
    @Test
    void jenkinsHashOfNothingIsItsStart() {
        assertThat(JenkinsHash.words(new byte[0], 0)).isEqualTo(0xdeadbeef);
        assertThat(JenkinsHash.words(new byte[4], 1)).isNotEqualTo(JenkinsHash.words(new byte[8], 2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 11})
    void bloomFilterForgetsNothing(int valueSize) throws LoadException {
        try (Machine machine = machine()) {
            BpfMap map = machine.map(definition(MapType.BLOOM_FILTER, 0, valueSize, 100, null));
            long at = machine.lane(0).stackTop() - 64;
            int falsely = 0;
            for (int i = 0; i < 200; i++) {
                byte[] value = new byte[valueSize];
                value[0] = (byte) i;
                machine.lane(0).write(at, value);
                if (i < 100) {
                    assertThat(map.push(machine.lane(0), at, 0)).isZero();
                    assertThat(map.pop(machine.lane(0), at, false)).isZero();
                } else {
                    falsely += map.pop(machine.lane(0), at, false) == 0 ? 1 : 0;
                }
            }
            assertThat(falsely).as("of 100 that are not in it").isLessThan(10);
            assertThat(map.push(machine.lane(0), at, 1)).isEqualTo(-Errno.EINVAL);
            assertThat(map.pop(machine.lane(0), at, true)).isEqualTo(-Errno.EOPNOTSUPP);
        }
    }
}
