// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same random operations on our maps and on those of the running Linux kernel give the same answers, errors and order included. */
final class MapsAgainstKernelTest {
    private static final long SEED = 20260102;

    @ParameterizedTest
    @EnumSource(names = {"ARRAY", "HASH", "LPM_TRIE", "QUEUE", "STACK"})
    void kernelAnswersTheSame(MapType type) throws LoadException {
        String refusal = KernelMap.refusal();
        assumeTrue(refusal == null, "the kernel's maps cannot be asked: " + refusal);
        SplittableRandom random = new SplittableRandom(SEED + type.number());
        int rounds = Boolean.getBoolean("bpf4j.long") ? 3000 : 40;
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            for (int round = 0; round < rounds; round++) {
                int keySize = switch (type) {
                    case ARRAY -> 4;
                    case QUEUE, STACK -> 0;
                    case LPM_TRIE -> 5 + random.nextInt(random.nextBoolean() ? 4 : 18);
                    default -> 1 + random.nextInt(random.nextBoolean() ? 9 : 40);
                };
                int valueSize = 1 + random.nextInt(24);
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
