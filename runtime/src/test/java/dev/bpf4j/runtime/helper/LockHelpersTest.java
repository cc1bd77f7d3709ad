// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class LockHelpersTest {

    @Test
    void lockIsAWordInTheValue() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap map = bench.machine.map(MapDefinition.of("m", MapType.ARRAY.number(), 4, 8, 1));
            bench.call("spin_lock", map.values());
            assertThat(bench.lane.read(map.values(), 4)).containsExactly(1, 0, 0, 0);
            bench.call("spin_unlock", map.values());
            assertThat(bench.lane.read(map.values(), 4)).containsOnly(0);
            assertThat(bench.fault()).isNull();
        }
    }

    @Test
    void ruling14LocksAreGivenBackAtTheEnd() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap map = bench.machine.map(MapDefinition.of("m", MapType.ARRAY.number(), 4, 8, 1));
            bench.call("spin_lock", map.values());
            bench.lane.end();
            assertThat(bench.lane.read(map.values(), 4)).containsOnly(0);
            bench.call("spin_lock", map.values());
            assertThat(bench.fault()).isNull();
            bench.lane.end();
        }
    }

    @Test
    void misuseIsAFault() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap map = bench.machine.map(MapDefinition.of("m", MapType.ARRAY.number(), 4, 8, 1));
            bench.call("spin_unlock", map.values());
            assertThat(Objects.requireNonNull(bench.fault()).kind()).isEqualTo(FaultKind.HELPER_FAILED);
            bench.call("spin_lock", map.values() + 2);
            assertThat(Objects.requireNonNull(bench.fault()).kind()).isEqualTo(FaultKind.MISALIGNED);
            bench.call("spin_lock", map.values());
            bench.call("spin_lock", map.values());
            assertThat(Objects.requireNonNull(bench.fault()).kind()).isEqualTo(FaultKind.HELPER_FAILED);
            bench.lane.end();
            bench.lane.write(map.values(), new byte[] {1});
            bench.call("spin_lock", map.values());
            assertThat(Objects.requireNonNull(bench.fault()).detail()).contains("nobody");
        }
    }

    @Test
    void lanesExcludeEachOther() throws Exception {
        try (HelperBench bench = new HelperBench(Policy.STRICT, ByteOrder.LITTLE_ENDIAN, 2)) {
            BpfMap map = bench.machine.map(MapDefinition.of("m", MapType.ARRAY.number(), 4, 16, 1));
            int rounds = 20_000;
            Runnable[] work = new Runnable[2];
            for (int i = 0; i < 2; i++) {
                Lane lane = bench.machine.lane(i);
                work[i] = () -> {
                    for (int n = 0; n < rounds; n++) {
                        bench.call(lane, "spin_lock", map.values());
                        long sum = lane.memory().get(ValueLayout.JAVA_LONG, map.values() + 8);
                        lane.memory().set(ValueLayout.JAVA_LONG, map.values() + 8, sum + 1);
                        bench.call(lane, "spin_unlock", map.values());
                    }
                };
            }
            Thread other = new Thread(work[1]);
            other.start();
            work[0].run();
            other.join();
            assertThat(bench.lane.memory().get(ValueLayout.JAVA_LONG, map.values() + 8)).isEqualTo(2L * rounds);
            assertThat(bench.lane.interrupted()).isFalse();
        }
    }
}
