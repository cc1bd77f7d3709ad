// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.world.World;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same random operations on our maps and on those of the running Linux kernel give the same answers, errors and order included. */
final class MapsAgainstKernelTest {
    private static final long SEED = 20260102;
    private static final int OPERATIONS = 400;
    /** Maps that one machine gets. */
    private static final int BATCH = 20;
    private static final int ROUNDS = Boolean.getBoolean("bpf4j.long") ? 1000 : 40;

    private static final World LOOPBACK = World.STANDARD.withInterfaces(new World.Interface(1, "lo", Collections.nCopies(6, (byte) 0),
            65_536));

    /** How many CPUs the kernel may ever have; the list is a range from 0. */
    static int possibleCpus() throws IOException {
        Path list = Path.of("/sys/devices/system/cpu/possible");
        String range = Files.isReadable(list) ? Files.readString(list).strip() : "0";
        return Math.min(64, Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "HASH", "PERCPU_ARRAY", "PERCPU_HASH", "LRU_HASH", "LRU_PERCPU_HASH", "LPM_TRIE", "QUEUE", "STACK",
        "BLOOM_FILTER", "DEVMAP", "DEVMAP_HASH", "CPUMAP"})
    void kernelAnswersTheSame(MapType type) throws LoadException, IOException {
        assumeKernel();
        SplittableRandom random = new SplittableRandom(SEED + type.number());
        int cpus = possibleCpus();
        for (int round = 0; round < ROUNDS; round += BATCH) {
            try (Machine machine = new Machine(Machine.Settings.standard().withWorld(LOOPBACK).withLanes(cpus))) {
                for (int i = 0; i < BATCH; i++) {
                    same(machine, cpus, Shape.random(type, random), random.nextLong());
                }
            }
        }
    }

    private static void same(Machine machine, int cpus, Shape shape, long seed) throws LoadException {
        MapType type = shape.type();
        BpfMap map = machine.map(shape.definition());
        MapSubject ours = shape.keySize() == 0 ? new MapSubject.Programmed(map, machine.lane(0)) : new MapSubject.Hosted(map);
        try (KernelMap kernel = new KernelMap(type, shape.keySize(), shape.valueSize(), shape.maxEntries(), shape.flags(), cpus, 0)) {
            new MapSequence(type, shape.keySize(), map.hostValueSize(), shape.valueSize(), shape.maxEntries(), shape.drawn(), seed).run(
                    kernel, ours, OPERATIONS, shape + " seed " + seed);
        }
    }

    /** Maps that name maps or programs: four of them, the last of another shape where maps have one. */
    @ParameterizedTest
    @EnumSource(names = {"ARRAY_OF_MAPS", "HASH_OF_MAPS", "PROG_ARRAY"})
    void kernelAnswersTheSameForReferences(MapType type) throws LoadException, IOException {
        assumeKernel();
        SplittableRandom random = new SplittableRandom(SEED + type.number());
        for (int round = 0; round < ROUNDS / 4; round++) {
            try (Machine machine = new Machine(Machine.Settings.standard()); References kernel = new References(type)) {
                for (int i = 1; i <= References.COUNT; i++) {
                    if (type == MapType.PROG_ARRAY) {
                        machine.link(Program.raw("p" + i, ByteOrder.LITTLE_ENDIAN, new byte[] {(byte) 0xb7, 0, 0, 0, 0, 0, 0, 0,
                            (byte) 0x95,
                            0, 0, 0, 0, 0, 0, 0}));
                    } else {
                        machine.map(inner("inner" + i, References.valueSize(i)));
                    }
                }
                int keySize = type == MapType.HASH_OF_MAPS ? 1 + random.nextInt(9) : 4;
                int maxEntries = 1 + random.nextInt(12);
                long seed = random.nextLong();
                BpfMap map = machine.map(new MapDefinition("outer", type.number(), keySize, 4, maxEntries, 0, type == MapType.PROG_ARRAY
                        ? null
                        : inner("shape", References.valueSize(1)), new byte[0]));
                try (KernelMap outer = new KernelMap(type, keySize, 4, maxEntries, 0, 1, type == MapType.PROG_ARRAY ? 0
                        : kernel.descriptors().getFirst())) {
                    MapSubject expected = new KernelReferences(outer, kernel.descriptors(), kernel.numbers());
                    new MapSequence(type, keySize, 4, maxEntries, seed).run(expected, new MapSubject.Hosted(map), OPERATIONS, type + " key "
                            + keySize + " entries " + maxEntries + " seed " + seed);
                }
            }
        }
    }

    private static MapDefinition inner(String name, int valueSize) {
        return new MapDefinition(name, MapType.HASH.number(), 4, valueSize, 3, 0, null, new byte[0]);
    }

    private static void assumeKernel() {
        String refusal = KernelMap.refusal();
        assumeTrue(refusal == null, "the kernel's maps cannot be asked: " + refusal);
    }

    /** Sizes and flags of a map. */
    private record Shape(MapType type, int keySize, int valueSize, int maxEntries, int flags, int drawn) {
        static Shape random(MapType type, SplittableRandom random) {
            int keySize = switch (type) {
                case ARRAY, PERCPU_ARRAY, DEVMAP, DEVMAP_HASH, CPUMAP -> 4;
                case QUEUE, STACK, BLOOM_FILTER -> 0;
                case LPM_TRIE -> 5 + random.nextInt(random.nextBoolean() ? 4 : 18);
                default -> 1 + random.nextInt(random.nextBoolean() ? 9 : 40);
            };
            int valueSize = type.value() == MapType.Size.DEVICE ? 4 + 4 * random.nextInt(2) : 1 + random.nextInt(24);
            // which entry goes when a table is full is a matter of lists per CPU in Linux: here it never gets there
            boolean evicts = type == MapType.LRU_HASH || type == MapType.LRU_PERCPU_HASH;
            int maxEntries = evicts ? 4096 : 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
            return new Shape(type, keySize, valueSize, maxEntries, flags(type, random), evicts ? 2 + random.nextInt(60)
                    : 2 * maxEntries + 2);
        }

        private static int flags(MapType type, SplittableRandom random) {
            int any = random.nextBoolean() ? MapType.Flags.ZERO_SEED : 0;
            return switch (type) {
                case LPM_TRIE -> MapType.Flags.NO_PREALLOC;
                case HASH -> any | (random.nextBoolean() ? MapType.Flags.NO_PREALLOC : 0);
                case PERCPU_HASH -> any | (random.nextBoolean() ? MapType.Flags.NO_PREALLOC : 0);
                case LRU_HASH, LRU_PERCPU_HASH -> any | (random.nextBoolean() ? MapType.Flags.NO_COMMON_LRU : 0);
                case ARRAY -> random.nextBoolean() ? MapType.Flags.MMAPABLE : 0;
                case BLOOM_FILTER -> MapType.Flags.ZERO_SEED;
                default -> 0;
            };
        }

        MapDefinition definition() {
            return new MapDefinition("m", type.number(), keySize, valueSize, maxEntries, flags, null, new byte[0]);
        }
    }

    /** Things of the kernel that maps can name. */
    private static final class References implements AutoCloseable {
        static final int COUNT = 4;
        private final KernelMap asking = new KernelMap(MapType.ARRAY, 4, 4, 1, 0);
        private final List<KernelMap> maps = new ArrayList<>();
        private final List<Integer> descriptors = new ArrayList<>();

        References(MapType type) {
            for (int i = 1; i <= COUNT; i++) {
                if (type == MapType.PROG_ARRAY) {
                    descriptors.add(asking.program());
                } else {
                    maps.add(new KernelMap(MapType.HASH, 4, valueSize(i), 3, 0));
                    descriptors.add(maps.getLast().fd());
                }
            }
        }

        /** The last one's values are larger. */
        static int valueSize(int number) {
            return number == COUNT ? 16 : 8;
        }

        List<Integer> descriptors() {
            return descriptors;
        }

        List<Integer> numbers() {
            return descriptors.stream().map(asking::id).toList();
        }

        @Override
        public void close() {
            if (maps.isEmpty()) {
                descriptors.forEach(KernelMap::close);
            }
            maps.forEach(KernelMap::close);
            asking.close();
        }
    }
}
