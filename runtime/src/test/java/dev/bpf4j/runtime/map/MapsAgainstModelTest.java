// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Policy;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random operations on our maps and on plain Java collections give the same answers, from the host's and from a program's side. */
final class MapsAgainstModelTest {
    private static final long SEED = 20260101;

    @ParameterizedTest
    @CsvSource({"ARRAY,STRICT", "HASH,STRICT", "LPM_TRIE,STRICT", "QUEUE,STRICT", "STACK,STRICT", "ARRAY,SANDBOX", "HASH,SANDBOX",
        "LPM_TRIE,SANDBOX", "QUEUE,SANDBOX", "STACK,SANDBOX"})
    void hostAndProgramSeeWhatTheModelSays(MapType type, Policy policy) throws LoadException {
        SplittableRandom random = new SplittableRandom(SEED + type.number());
        int rounds = Boolean.getBoolean("bpf4j.long") ? 4000 : 60;
        try (Machine machine = new Machine(Machine.Settings.standard().withPolicy(policy).withLanes(2))) {
            for (int round = 0; round < rounds; round++) {
                int keySize = keySize(type, random);
                int valueSize = 1 + random.nextInt(24);
                int maxEntries = 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
                int flags = type == MapType.LPM_TRIE ? MapType.Flags.NO_PREALLOC : 0;
                long seed = random.nextLong();
                String what = type + " key " + keySize + " value " + valueSize + " entries " + maxEntries + " seed " + seed;
                for (boolean host : new boolean[] {true, false}) {
                    BpfMap map = machine.map(new MapDefinition("m", type.number(), keySize, valueSize, maxEntries, flags, null,
                            new byte[0]));
                    MapSubject actual = host ? new MapSubject.Hosted(map) : new MapSubject.Programmed(map, machine.lane(1));
                    MapSequence sequence = new MapSequence(type, keySize, valueSize, maxEntries, seed);
                    if (host && keySize == 0) {
                        continue;
                    }
                    sequence.run(MapModel.of(type, keySize, valueSize, maxEntries), actual, 400, what);
                }
            }
        }
    }

    private static int keySize(MapType type, SplittableRandom random) {
        return switch (type) {
            case ARRAY -> 4;
            case QUEUE, STACK -> 0;
            case LPM_TRIE -> 5 + random.nextInt(random.nextBoolean() ? 4 : 18);
            default -> 1 + random.nextInt(random.nextBoolean() ? 9 : 40);
        };
    }
}
