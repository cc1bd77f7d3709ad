// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CallbackHelpersTest {
    private static final long FUNCTION = GuestLayout.codePointer(3);

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    @Test
    void loopCountsItsCalls() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            List<Long> seen = new ArrayList<>();
            bench.callback = (pointer, r1, r2, r3, r4, r5) -> {
                assertThat(pointer).isEqualTo(FUNCTION);
                assertThat(r2).isEqualTo(99);
                assertThat(r3 | r4 | r5).isZero();
                seen.add(r1);
                return r1 == 4 ? 1 : 0;
            };
            assertThat(bench.call("loop", 3, FUNCTION, 99, 0)).isEqualTo(3);
            assertThat(bench.call("loop", 10, FUNCTION, 99, 0)).as("the callback says stop").isEqualTo(5);
            assertThat(seen).containsExactly(0L, 1L, 2L, 0L, 1L, 2L, 3L, 4L);
            assertThat(bench.call("loop", 3, FUNCTION, 99, 1)).isEqualTo(-Errno.EINVAL);
            assertThat(bench.call("loop", (1 << 23) + 1, FUNCTION, 99, 0)).isEqualTo(-Errno.E2BIG);
            assertThat(bench.call("loop", 1L << 32, FUNCTION, 99, 0)).as("32 bits count").isZero();
        }
    }

    @Test
    void faultInTheCallbackEndsTheLoop() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            int[] calls = new int[1];
            bench.callback = (pointer, r1, r2, r3, r4, r5) -> {
                if (calls[0]++ == 2) {
                    bench.lane.fault(FaultKind.BUDGET, 0, 0, false, "");
                }
                return 0;
            };
            bench.call("loop", 100, FUNCTION, 0, 0);
            assertThat(calls[0]).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HASH", "ARRAY", "PERCPU_HASH", "PERCPU_ARRAY", "LRU_HASH"})
    void everyElementIsVisited(MapType type) throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap map = bench.machine.map(MapDefinition.of("m", type.number(), 4, 8, 5));
            for (int i = 0; i < 5; i++) {
                map.update(bench.lane, number(i), bench.put(8, new byte[] {(byte) (10 * i), 0, 0, 0, 0, 0, 0, 0}), BpfMap.ANY);
            }
            TreeMap<Integer, Integer> seen = new TreeMap<>();
            bench.callback = (pointer, r1, r2, r3, r4, r5) -> {
                assertThat(r1).isEqualTo(map.handle());
                assertThat(r4).isEqualTo(77);
                assertThat(bench.lane.regions().find(r2, 4, false)).as("the key may be read").isGreaterThanOrEqualTo(0);
                assertThat(bench.lane.regions().find(r2, 4, true)).as("but not written").isEqualTo(-1);
                assertThat(bench.lane.regions().find(r2, 5, false)).as("and is 4 bytes long").isEqualTo(-1);
                seen.put((int) bench.lane.read(r2, 1)[0], bench.lane.read(r3, 1)[0] & 0xff);
                return 0;
            };
            int before = bench.lane.regions().live().size();
            assertThat(bench.call("for_each_map_elem", map.handle(), FUNCTION, 77, 0)).isEqualTo(5);
            assertThat(seen).hasToString("{0=0, 1=10, 2=20, 3=30, 4=40}");
            assertThat(bench.lane.regions().live()).as("the key's region is gone").hasSize(before);
            assertThat(bench.call("for_each_map_elem", map.handle(), FUNCTION, 77, 4)).isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void elementsMayBeDeletedAndCallsNested() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap map = bench.machine.map(MapDefinition.of("m", MapType.HASH.number(), 4, 8, 50));
            for (int i = 0; i < 50; i++) {
                map.update(number(i), new byte[8], BpfMap.ANY);
            }
            int[] inner = new int[1];
            bench.callback = (pointer, r1, r2, r3, r4, r5) -> {
                if (r4 == 1) {
                    inner[0]++;
                    return 0;
                }
                byte[] key = bench.lane.read(r2, 4);
                if (key[0] == 7) {
                    bench.call("for_each_map_elem", map.handle(), FUNCTION, 1, 0);
                    assertThat(bench.lane.read(r2, 4)).as("the outer key is still there").isEqualTo(key);
                }
                return map.delete(bench.lane, key);
            };
            assertThat(bench.call("for_each_map_elem", map.handle(), FUNCTION, 0, 0)).isEqualTo(50);
            assertThat(map.size()).isZero();
            assertThat(inner[0]).isBetween(1, 50);
        }
    }

    @Test
    void typesThatLinuxDoesNotIterateAreRefused() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap trie = bench.machine.map(new MapDefinition("t", MapType.LPM_TRIE.number(), 8, 4, 5, MapType.Flags.NO_PREALLOC, null,
                    new byte[0]));
            assertThat(bench.call("for_each_map_elem", trie.handle(), FUNCTION, 0, 0)).isEqualTo(-Errno.EINVAL);
        }
    }
}
