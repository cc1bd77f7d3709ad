// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Maps of which user space gets errors only, because they have no such operations or hold what nobody has made: those errors are the running
 * kernel's, operation by operation.
 */
final class MapsWithoutOperationsTest {
    private static final int OPERATIONS = Boolean.getBoolean("bpf4j.long") ? 100_000 : 2_000;
    /** No file descriptor, and no number of anything here. */
    private static final int NOBODY = 0x7fff_fff0;
    private static final int LANES = 2;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RINGBUF               | 0  | 0  | 4096 | 0
            USER_RINGBUF          | 0  | 0  | 4096 | 0
            ARENA                 | 0  | 0  | 3    | 1024
            CGROUP_STORAGE        | 8  | 12 | 0    | 0
            CGROUP_STORAGE        | 16 | 12 | 0    | 0
            PERCPU_CGROUP_STORAGE | 8  | 12 | 0    | 0
            PERCPU_CGROUP_STORAGE | 16 | 12 | 0    | 0
            STACK_TRACE           | 4  | 24 | 5    | 0
            PERF_EVENT_ARRAY      | 4  | 4  | 5    | 0
            PERF_EVENT_ARRAY      | 4  | 4  | 5    | 2048
            CGROUP_ARRAY          | 4  | 4  | 5    | 0
            XSKMAP                | 4  | 4  | 5    | 0
            SOCKMAP               | 4  | 4  | 5    | 0
            SOCKHASH              | 6  | 4  | 5    | 0
            REUSEPORT_SOCKARRAY   | 4  | 4  | 5    | 0
            REUSEPORT_SOCKARRAY   | 4  | 8  | 5    | 0""")
    void errorsAreTheKernels(MapType type, int keySize, int valueSize, int maxEntries, int flags) throws LoadException, IOException {
        String refusal = KernelMap.refusal();
        assumeTrue(refusal == null, "the kernel's maps cannot be asked: " + refusal);
        SplittableRandom random = new SplittableRandom(type.number());
        int cpus = MapsAgainstKernelTest.possibleCpus();
        try (Machine machine = new Machine(Machine.Settings.standard().withLanes(LANES));
                KernelMap kernel = new KernelMap(type, keySize,
                        valueSize, maxEntries, flags, cpus, 0)) {
            BpfMap map = machine.map(new MapDefinition("m", type.number(), keySize, valueSize, maxEntries, flags, null, new byte[0]));
            byte[] ours = nobody(map.hostValueSize());
            byte[] theirs = nobody(type.storage().perCpu() ? cpus * MapSpace.roundUp(valueSize, 8) : valueSize);
            for (int i = 0; i < OPERATIONS; i++) {
                byte[] key = key(random, keySize, maxEntries);
                String what = type + " " + MapSequence.hex(key);
                // these take any number here: what they name is not described
                if (type != MapType.CGROUP_ARRAY && type != MapType.XSKMAP) {
                    long updateFlags = random.nextInt(3) == 0 ? random.nextInt(6) - 1 : 0;
                    assertThat(map.update(key, ours, updateFlags)).as("%s: update, flags %d", what, updateFlags).isEqualTo(kernel.update(
                            key,
                            theirs, updateFlags));
                }
                assertThat(map.delete(key)).as("%s: delete", what).isEqualTo(kernel.delete(key));
                assertThat(MapSequence.hex(map.lookup(key))).as("%s: lookup", what).isEqualTo(MapSequence.hex(kernel.lookup(key)));
                byte[] from = random.nextInt(4) == 0 ? null : key;
                assertThat(MapSequence.hex(map.nextKey(from))).as("key after %s", what).isEqualTo(MapSequence.hex(kernel.nextKey(from)));
            }
        }
    }

    private static byte[] nobody(long bytes) {
        return bytes < Integer.BYTES ? new byte[(int) bytes]
                : ByteBuffer.allocate((int) bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0,
                        NOBODY).array();
    }

    /** Bytes of any kind, or a number that may be an index. */
    private static byte[] key(SplittableRandom random, int size, int maxEntries) {
        byte[] key = new byte[size];
        random.nextBytes(key);
        if (size > 0 && random.nextBoolean()) {
            Arrays.fill(key, (byte) 0);
            key[0] = (byte) random.nextInt(maxEntries + 3);
        }
        return key;
    }
}
