// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The same random operations on two maps, with their answers compared. Keys come from a small set, so that entries are met again; flags are
 * sometimes wrong; indices and prefix lengths are sometimes out of range.
 */
final class MapSequence {
    private static final HexFormat HEX = HexFormat.of();

    private final MapType type;
    private final int keySize;
    private final int valueSize;
    private final int single;
    private final int maxEntries;
    private final boolean ordered;
    /** Whether an entry can be taken out in one operation. */
    private final boolean hash;
    private final SplittableRandom random;
    private final List<byte[]> keys = new ArrayList<>();

    MapSequence(MapType type, int keySize, int valueSize, int maxEntries, long seed) {
        this(type, keySize, valueSize, valueSize, maxEntries, 2 * maxEntries + 2, seed);
    }

    /**
     * @param valueSize bytes of a value as it is handed over: of a per-CPU map all CPUs' values, each padded to a multiple of 8
     * @param single    bytes of one CPU's value
     * @param drawn     keys to draw from
     */
    MapSequence(MapType type, int keySize, int valueSize, int single, int maxEntries, int drawn, long seed) {
        this.single = single;
        this.type = type;
        this.keySize = keySize;
        this.valueSize = valueSize;
        this.maxEntries = maxEntries;
        this.ordered = !type.storage().hashed();
        this.hash = type.storage().hashed() && type != MapType.HASH_OF_MAPS && type != MapType.DEVMAP_HASH;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < drawn; i++) {
            keys.add(newKey());
        }
    }

    private byte[] newKey() {
        byte[] key = bytes(keySize);
        switch (type) {
            case ARRAY, PERCPU_ARRAY, DEVMAP, CPUMAP, ARRAY_OF_MAPS, PROG_ARRAY -> putNumber(key, random.nextInt(20) == 0 ? random.nextInt()
                    : random.nextInt(maxEntries + 2));
            case LPM_TRIE -> {
                int bits = 8 * (keySize - 4);
                putNumber(key, random.nextInt(30) == 0 ? bits + 1 + random.nextInt(9) : random.nextInt(bits + 1));
                for (int i = 4; i < keySize; i++) {
                    key[i] &= (byte) (random.nextBoolean() ? 0 : 0x81);
                }
            }
            default -> {
                if (keySize > 1 && random.nextBoolean()) {
                    Arrays.fill(key, 1, key.length, (byte) 0);
                }
            }
        }
        return key;
    }

    private static void putNumber(byte[] key, int number) {
        for (int i = 0; i < 4; i++) {
            key[i] = (byte) (number >>> 8 * i);
        }
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] value() {
        byte[] value = new byte[valueSize];
        switch (type) {
            // interface 1 is the loopback interface, there is hardly one with the number 77777
            case DEVMAP, DEVMAP_HASH -> putNumber(value, random.nextInt(8) == 0 ? 77_777 : random.nextInt(6) == 0 ? 0 : 1);
            case CPUMAP -> putNumber(value, random.nextInt(8) == 0 ? 16_385 : random.nextInt(3) * 64);
            // things by number: 1 to 4 are there, of which 4 has another shape; others are not
            case ARRAY_OF_MAPS, HASH_OF_MAPS, PROG_ARRAY -> putNumber(value, random.nextInt(8) == 0 ? 99 : 1 + random.nextInt(4));
            case PERCPU_ARRAY, PERCPU_HASH, LRU_PERCPU_HASH -> {
                for (int at = 0; at < valueSize; at += single + 7 & ~7) {
                    System.arraycopy(bytes(single), 0, value, at, single);
                }
            }
            default -> value = bytes(valueSize);
        }
        return value;
    }

    /** The keys that operations draw from. */
    List<byte[]> keys() {
        return keys;
    }

    /** Compares so many operations; in a failure the seed and the operation are named by the caller's description. */
    void run(MapSubject expected, MapSubject actual, int operations, String what) {
        for (int i = 0; i < operations; i++) {
            step(expected, actual, what + ", operation " + i);
        }
        if (!ordered) {
            assertThat(allKeys(actual)).as("%s, keys at the end", what).isEqualTo(present(expected));
        }
    }

    private void step(MapSubject expected, MapSubject actual, String what) {
        if (type == MapType.BLOOM_FILTER) {
            bloom(expected, actual, what);
            return;
        }
        byte[] key = keySize == 0 ? new byte[0] : keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2, 3 -> {
                byte[] value = value();
                long flags = random.nextInt(3) == 0 ? random.nextInt(5) - 1 : 0;
                assertThat(actual.update(key, value, flags)).as("%s: update %s flags %d", what, hex(key), flags)
                        .isEqualTo(expected.update(key, value, flags));
            }
            case 4, 5 -> {
                if (keySize == 0) {
                    assertThat(hex(actual.take())).as("%s: take", what).isEqualTo(hex(expected.take()));
                } else {
                    assertThat(actual.delete(key)).as("%s: delete %s", what, hex(key)).isEqualTo(expected.delete(key));
                }
            }
            case 6 -> {
                if (ordered) {
                    byte[] from = random.nextInt(8) == 0 ? null : key;
                    assertThat(hex(actual.nextKey(from))).as("%s: key after %s", what, hex(from)).isEqualTo(hex(expected.nextKey(from)));
                } else if (hash) {
                    assertThat(hex(actual.takeOut(key))).as("%s: take out %s", what, hex(key)).isEqualTo(hex(expected.takeOut(key)));
                }
            }
            default -> assertThat(hex(actual.lookup(key))).as("%s: lookup %s", what, hex(key)).isEqualTo(hex(expected.lookup(key)));
        }
    }

    /** Values are put in and asked for: some that were put in, some that differ in one byte, and what was never put in. */
    private void bloom(MapSubject expected, MapSubject actual, String what) {
        byte[] value = bytes(valueSize);
        for (int i = 1; i < value.length; i++) {
            value[i] = 0;
        }
        if (random.nextInt(4) == 0) {
            long flags = random.nextInt(5) == 0 ? random.nextInt(5) - 1 : 0;
            assertThat(actual.update(new byte[0], value, flags)).as("%s: put %s flags %d", what, hex(value), flags).isEqualTo(expected
                    .update(
                            new byte[0], value, flags));
        } else {
            assertThat(actual.contains(value)).as("%s: asked for %s", what, hex(value)).isEqualTo(expected.contains(value));
        }
    }

    /** All keys that iteration meets, each once. */
    static Set<String> allKeys(MapSubject map) {
        Set<String> all = new TreeSet<>();
        byte[] key = map.nextKey(null);
        while (key != null) {
            assertThat(all.add(HEX.formatHex(key))).as("iteration meets key %s twice", hex(key)).isTrue();
            key = map.nextKey(key);
        }
        return all;
    }

    private Set<String> present(MapSubject map) {
        Set<String> present = new TreeSet<>();
        keys.stream().filter(key -> map.lookup(key) != null).forEach(key -> present.add(HEX.formatHex(key)));
        return present;
    }

    static String hex(byte @Nullable [] bytes) {
        return bytes == null ? "none" : HEX.formatHex(bytes);
    }
}
