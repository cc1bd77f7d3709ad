// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.world.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same random operations on our maps and on those of the running Linux kernel give the same answers, errors and order included. */
final class MapsAgainstKernelTest {
    private static final long SEED = 20260102;

    private static final World LOOPBACK = World.STANDARD.withInterfaces(new World.Interface(1, "lo", Collections.nCopies(6, (byte) 0),
            65_536));

    /** How many CPUs the kernel may ever have; the list is a range from 0. */
    private static int possibleCpus() throws IOException {
        Path list = Path.of("/sys/devices/system/cpu/possible");
        String range = Files.isReadable(list) ? Files.readString(list).strip() : "0";
        return Math.min(64, Integer.parseInt(range.substring(range.indexOf('-') + 1)) + 1);
    }

    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "HASH", "LPM_TRIE", "QUEUE", "STACK", "DEVMAP", "DEVMAP_HASH", "CPUMAP"})
    void kernelAnswersTheSame(MapType type) throws LoadException, IOException {
        String refusal = KernelMap.refusal();
        assumeTrue(refusal == null, "the kernel's maps cannot be asked: " + refusal);
        SplittableRandom random = new SplittableRandom(SEED + type.number());
        int rounds = Boolean.getBoolean("bpf4j.long") ? 3000 : 40;
        try (Machine machine = new Machine(Machine.Settings.standard().withWorld(LOOPBACK).withLanes(possibleCpus()))) {
            for (int round = 0; round < rounds; round++) {
                int keySize = switch (type) {
                    case ARRAY, DEVMAP, DEVMAP_HASH, CPUMAP -> 4;
                    case QUEUE, STACK -> 0;
                    case LPM_TRIE -> 5 + random.nextInt(random.nextBoolean() ? 4 : 18);
                    default -> 1 + random.nextInt(random.nextBoolean() ? 9 : 40);
                };
                int valueSize = type.value() == MapType.Size.DEVICE ? 4 + 4 * random.nextInt(2) : 1 + random.nextInt(24);
                int maxEntries = 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
                int flags = type == MapType.LPM_TRIE ? MapType.Flags.NO_PREALLOC : 0;
                long seed = random.nextLong();
                String what = type + " key " + keySize + " value " + valueSize + " entries " + maxEntries + " seed " + seed;
                BpfMap map = machine.map(new MapDefinition("m", type.number(), keySize, valueSize, maxEntries, flags, null, new byte[0]));
                MapSubject ours = keySize == 0 ? new MapSubject.Programmed(map, machine.lane(0)) : new MapSubject.Hosted(map);
                try (KernelMap kernel = new KernelMap(type, keySize, valueSize, maxEntries, flags)) {
                    new MapSequence(type, keySize, valueSize, maxEntries, seed).run(kernel, ours, 400, what);
                }
            }
        }
    }
}
