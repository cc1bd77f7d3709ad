// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.RoutineRunner;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lookup routine finds what Java finds: random maps of all kinds, both byte orders, several lanes, sane and damaged metadata. */
final class LookupRoutineTest {
    private static final long SEED = 20260103;
    private static final int LOOKUP = 1;
    private static final int LANES = 3;

    private static Machine machine(Policy policy) {
        return new Machine(Machine.Settings.standard().withPolicy(policy).withLanes(LANES));
    }

    private static int keySize(MapType type, SplittableRandom random) {
        return switch (type.key()) {
            case INDEX -> 4;
            case PREFIX -> new int[] {8, 8, 20, 5, 6, 7, 9, 12, 13, 17, 36}[random.nextInt(11)];
            default -> new int[] {4, 8, 4, 8, 16, 1, 2, 3, 5, 6, 7, 9, 11, 12, 15, 24, 31, 40, 256, 511}[random.nextInt(20)];
        };
    }

    private static BpfMap randomMap(Machine machine, MapType type, SplittableRandom random) throws LoadException {
        int flags = type == MapType.LPM_TRIE ? MapType.Flags.NO_PREALLOC : 0;
        ByteOrder order = random.nextInt(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        int entries = 1 + random.nextInt(random.nextBoolean() ? 5 : 100);
        return machine.map(new MapDefinition("m", type.number(), keySize(type, random), 1 + random.nextInt(40), entries, flags, null,
                new byte[0],
                order));
    }

    /** Keys in the map and not; for tries of all lengths and sharing bits, for arrays in range and not. */
    private static List<byte[]> keys(BpfMap map, SplittableRandom random) {
        List<byte[]> keys = new ArrayList<>();
        int size = map.definition().keySize();
        for (int i = 0; i < 2 * Math.min(60, map.definition().maxEntries()) + 8; i++) {
            byte[] key = new byte[size];
            random.nextBytes(key);
            if (random.nextInt(3) == 0) {
                Arrays.fill(key, size / 2, size, (byte) 0);
            }
            switch (map.type().key()) {
                case INDEX -> number(map, key, random.nextInt(map.definition().maxEntries() + 2));
                case PREFIX -> {
                    for (int at = 4; at < size; at++) {
                        key[at] &= (byte) (random.nextBoolean() ? 0x80 : 0x01);
                    }
                    number(map, key, random.nextInt(8 * (size - 4) + 2));
                }
                default -> {
                    // any bytes
                }
            }
            keys.add(key);
        }
        return keys;
    }

    private static void number(BpfMap map, byte[] key, int number) {
        ByteBuffer.wrap(key).order(map.definition().order()).putInt(0, number);
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "PERCPU_ARRAY", "HASH", "PERCPU_HASH", "LRU_HASH", "LRU_PERCPU_HASH", "LPM_TRIE"})
    void routineFindsWhatJavaFinds(MapType type) throws LoadException {
        SplittableRandom random = new SplittableRandom(SEED + type.number());
        int rounds = Boolean.getBoolean("bpf4j.long") ? 400 : 40;
        int found = 0;
        try (Machine machine = machine(Policy.STRICT)) {
            RoutineRunner[] routines = new RoutineRunner[LANES];
            for (int i = 0; i < LANES; i++) {
                routines[i] = new RoutineRunner(machine.lane(i), LOOKUP);
            }
            for (int round = 0; round < rounds; round++) {
                BpfMap map = randomMap(machine, type, random);
                List<byte[]> keys = keys(map, random);
                for (int step = 0; step < 300; step++) {
                    byte[] key = keys.get(random.nextInt(keys.size()));
                    Lane lane = machine.lane(random.nextInt(LANES));
                    switch (random.nextInt(4)) {
                        case 0 -> map.update(lane, key, lane.stackTop() - 512, BpfMap.ANY);
                        case 1 -> map.delete(lane, key);
                        default -> found += compare(map, lane, routines[lane.cpu()], key) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(found).as("lookups that found something").isGreaterThan(20 * rounds);
    }

    private static boolean compare(BpfMap map, Lane lane, RoutineRunner routine, byte[] key) {
        long keyAddress = lane.stackTop() - key.length;
        lane.write(keyAddress, key);
        long byRoutine = routine.call(map.handle(), keyAddress);
        assertThat(routine.fault()).isNull();
        long byJava = map.lookup(lane, key);
        assertThat(byRoutine).as("%s, key %s", map, HexFormat.of().formatHex(key)).isEqualTo(byJava);
        return byRoutine != 0;
    }

    @Test
    void lookupMarksEntriesOfTablesThatEvict() throws LoadException {
        try (Machine machine = machine(Policy.STRICT)) {
            BpfMap map = machine.map(MapDefinition.of("recent", MapType.LRU_HASH.number(), 4, 4, 2));
            RoutineRunner routine = new RoutineRunner(machine.lane(0), LOOKUP);
            Lane lane = machine.lane(0);
            byte[] first = {1, 0, 0, 0};
            byte[] second = {2, 0, 0, 0};
            byte[] third = {3, 0, 0, 0};
            map.update(first, new byte[4], BpfMap.ANY);
            map.update(second, new byte[4], BpfMap.ANY);
            lane.write(lane.stackTop() - 4, first);
            assertThat(routine.call(map.handle(), lane.stackTop() - 4)).isNotZero();
            map.update(third, new byte[4], BpfMap.ANY);
            assertThat(map.lookup(first)).as("was looked up").isNotNull();
            assertThat(map.lookup(second)).as("was not looked up").isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void whatIsNoMapFaultsUnderStrictAndIsNullUnderSandbox(Policy policy) throws LoadException {
        try (Machine machine = machine(policy)) {
            machine.map(MapDefinition.of("a", MapType.ARRAY.number(), 4, 8, 1));
            RoutineRunner routine = new RoutineRunner(machine.lane(0), LOOKUP);
            Lane lane = machine.lane(0);
            long key = lane.stackTop() - 8;
            long[] values = {0, 1, -1, lane.stackTop() - 8, GuestLayout.HANDLE_BASE + 1, GuestLayout.HANDLE_BASE + 64,
                GuestLayout.HANDLE_BASE + GuestLayout.MAP_HEADER, GuestLayout.HANDLE_BASE | 1L << 32, GuestLayout.SYSTEM_BASE,
                GuestLayout.HANDLE_BASE - GuestLayout.MAP_HEADER, GuestLayout.mapHandle(GuestLayout.MAX_MAPS)};
            for (long value : values) {
                assertThat(routine.call(value, key)).as("0x%x", value).isZero();
                lane.begin(false);
                assertThat(machine.maps().argument(lane, value)).isNull();
                if (policy == Policy.STRICT) {
                    var fault = Objects.requireNonNull(routine.fault());
                    assertThat(fault.kind()).isEqualTo(FaultKind.BAD_ACCESS);
                    assertThat(fault.address()).isEqualTo(value);
                    assertThat(fault.size()).isEqualTo(Maps.NO_MAP);
                    assertThat(fault.write()).isFalse();
                    assertThat(lane.interrupted()).isTrue();
                    assertThat(fault.sameAs((dev.bpf4j.runtime.Outcome.Fault) lane.pending())).isTrue();
                } else {
                    assertThat(routine.fault()).isNull();
                    assertThat(lane.interrupted()).isFalse();
                }
            }
        }
    }

    @Test
    void keyIsCheckedAsAnAccessUnderStrict() throws LoadException {
        try (Machine machine = machine(Policy.STRICT)) {
            BpfMap map = machine.map(MapDefinition.of("a", MapType.HASH.number(), 12, 8, 4));
            RoutineRunner routine = new RoutineRunner(machine.lane(0), LOOKUP);
            long top = machine.lane(0).stackTop();
            assertThat(routine.call(map.handle(), top - 12)).isZero();
            assertThat(routine.fault()).isNull();
            routine.call(map.handle(), top - 11);
            var fault = Objects.requireNonNull(routine.fault());
            assertThat(fault.address()).isEqualTo(top - 11);
            assertThat(fault.size()).isEqualTo(12);
        }
    }

    /** Whatever stands in the metadata, routine and Java end, and throw nothing. */
    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "PERCPU_ARRAY", "HASH", "PERCPU_HASH", "LRU_HASH", "LRU_PERCPU_HASH", "LPM_TRIE", "QUEUE", "STACK",
        "PROG_ARRAY",
        "RINGBUF"})
    void damagedMetadataGivesWrongAnswersAtWorst(MapType type) throws LoadException {
        SplittableRandom random = new SplittableRandom(SEED + 100 + type.number());
        int rounds = Boolean.getBoolean("bpf4j.long") ? 400 : 25;
        long most = 0;
        for (int round = 0; round < rounds; round++) {
            try (Machine machine = machine(Policy.SANDBOX)) {
                RoutineRunner routine = new RoutineRunner(machine.lane(0), LOOKUP);
                BpfMap map = type.key() == MapType.Size.NONE ? machine.map(MapDefinition.of("m", type.number(), 0, type == MapType.RINGBUF
                        ? 0
                        : 8,
                        type == MapType.RINGBUF ? 4096 : 16))
                        : type == MapType.PROG_ARRAY ? machine.map(MapDefinition.of("p", type.number(), 4, 4, 8))
                                : randomMap(machine, type, random);
                List<byte[]> keys = keys(map, random);
                Lane lane = machine.lane(0);
                for (int step = 0; step < 60; step++) {
                    if (step % 6 == 5) {
                        damage(machine, map, random);
                    }
                    byte[] key = keys.get(random.nextInt(keys.size()));
                    anything(map, lane, key, random);
                    lane.write(lane.stackTop() - key.length, key);
                    routine.call(map.handle(), lane.stackTop() - key.length);
                    most = Math.max(most, routine.steps());
                }
                lane.end();
            }
        }
        assertThat(most).as("instructions of one lookup").isLessThan(400_000_000L);
    }

    private static void anything(BpfMap map, Lane lane, byte[] key, SplittableRandom random) {
        long value = lane.contextBase();
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> map.update(lane, key, value, random.nextInt(3));
            case 3 -> map.delete(lane, key);
            case 4 -> map.nextKey(map.definition().keySize() == 0 ? null : key);
            case 5 -> map.push(lane, value, random.nextBoolean() ? 2L : 0L);
            case 6 -> map.pop(lane, value, random.nextBoolean());
            case 7 -> map.visit(lane, (k, v) -> random.nextInt(4) != 0);
            default -> {
                if (random.nextBoolean()) {
                    ring(map, lane, random.nextInt(100));
                } else {
                    map.forEach((k, v) -> assertThat(k).isNotNull());
                }
            }
        }
    }

    private static void ring(BpfMap map, Lane lane, int size) {
        long sample = map.reserve(lane, size);
        if (sample != 0 && lane.drop(sample) instanceof Reservation open) {
            open.submit();
        }
    }

    /** Writes nonsense over words of the header, and over words of keys and links. */
    private static void damage(Machine machine, BpfMap map, SplittableRandom random) {
        long header = map.handle() - MapHeader.HANDLE_TO_HEADER;
        long metadata = GuestLayout.SYSTEM_BASE + (long) GuestLayout.MAX_MAPS * GuestLayout.MAP_HEADER;
        for (int i = 0; i < 3; i++) {
            long at = random.nextInt(3) == 0 ? header + MapHeader.COUNT + 4L * random.nextInt(12)
                    : random.nextInt(8) == 0
                            ? header + 4L * random.nextInt(GuestLayout.MAP_HEADER / 4)
                            : metadata + 4L * random.nextInt(200);
            int word = switch (random.nextInt(4)) {
                case 0 -> random.nextInt(8);
                case 1 -> random.nextInt();
                case 2 -> -1;
                default -> Integer.MIN_VALUE | random.nextInt(16);
            };
            if (at == header + MapHeader.STEPS && random.nextInt(200) != 0) {
                word &= 0x8000_03ff; // a walk of 33 million steps takes seconds here
            }
            machine.memory().segment().set(ValueLayout.JAVA_INT, at, word);
        }
    }
}
