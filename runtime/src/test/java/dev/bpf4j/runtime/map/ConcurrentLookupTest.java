// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.RoutineRunner;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One lane looks up with the routine while another one changes the map: what nobody touches is always found, at the same place, although
 * entries around it come and go and are used again elsewhere.
 */
final class ConcurrentLookupTest {
    private static final int STABLE = 24;
    private static final int LOOKUPS = Boolean.getBoolean("bpf4j.long") ? 200_000 : 10_000;

    @ParameterizedTest
    @EnumSource(names = {"HASH", "PERCPU_HASH", "LPM_TRIE"})
    void whatIsNotTouchedIsAlwaysFound(MapType type) throws Exception {
        try (Machine machine = new Machine(Machine.Settings.standard().withLanes(2))) {
            int flags = type == MapType.LPM_TRIE ? MapType.Flags.NO_PREALLOC : 0;
            BpfMap map = machine.map(new MapDefinition("m", type.number(), 8, 8, 2 * STABLE, flags, null, new byte[0]));
            for (int i = 0; i < STABLE; i++) {
                map.update(key(type, i, true), new byte[map.hostValueSize()], BpfMap.ANY);
            }
            AtomicBoolean stop = new AtomicBoolean();
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread writer = new Thread(() -> {
                try {
                    change(machine.lane(1), map, type, stop);
                } catch (Throwable e) {
                    failure.set(e);
                }
            });
            writer.start();
            try {
                look(machine.lane(0), map, type);
            } finally {
                stop.set(true);
                writer.join();
            }
            assertThat(failure.get()).isNull();
        }
    }

    /** Stable keys and others share bits and buckets. */
    private static byte[] key(MapType type, int number, boolean stable) {
        byte last = (byte) (2 * number + (stable ? 0 : 1));
        return type == MapType.LPM_TRIE ? new byte[] {(byte) (stable ? 32 : 25 + number % 8), 0, 0, 0, 10, 0, (byte) (number / 8), last}
                : new byte[] {last, 1, 2, 3, 4, 5, 6, 7};
    }

    private static void look(Lane lane, BpfMap map, MapType type) throws Exception {
        RoutineRunner routine = new RoutineRunner(lane, 1);
        long[] places = new long[STABLE];
        for (int i = 0; i < STABLE; i++) {
            places[i] = map.lookup(lane, key(type, i, true));
        }
        for (int n = 0; n < LOOKUPS; n++) {
            int i = n % STABLE;
            lane.write(lane.stackTop() - 8, key(type, i, true));
            long found = routine.call(map.handle(), lane.stackTop() - 8);
            assertThat(found).as("key %d in lookup %d", i, n).isEqualTo(places[i]);
        }
    }

    private static void change(Lane lane, BpfMap map, MapType type, AtomicBoolean stop) {
        SplittableRandom random = new SplittableRandom(20260105);
        while (!stop.get()) {
            byte[] key = key(type, random.nextInt(STABLE), false);
            if (random.nextBoolean()) {
                map.update(lane, key, lane.stackTop() - 8, BpfMap.ANY);
            } else {
                map.delete(lane, key);
            }
        }
    }
}
