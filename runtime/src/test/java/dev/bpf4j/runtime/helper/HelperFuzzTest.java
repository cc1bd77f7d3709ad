// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a program passes, helpers throw nothing and end; what they hold is given back. */
final class HelperFuzzTest {
    private static final long SEED = 20260106;

    @ParameterizedTest
    @EnumSource(Policy.class)
    void anyArgumentsGiveAResultOrAFault(Policy policy) throws LoadException {
        SplittableRandom random = new SplittableRandom(SEED + policy.ordinal());
        int rounds = Boolean.getBoolean("bpf4j.long") ? 2000 : 40;
        List<Helper> helpers = HelperTable.linux().all().stream().filter(helper -> helper.function() != null).toList();
        int faults = 0;
        try (HelperBench bench = new HelperBench(policy, ByteOrder.LITTLE_ENDIAN, 1)) {
            List<BpfMap> maps = maps(bench);
            bench.callback = (pointer, r1, r2, r3, r4, r5) -> random.nextInt(3);
            for (int round = 0; round < rounds; round++) {
                context(bench.lane, random);
                int live = bench.lane.regions().live().size();
                for (int i = 0; i < 40; i++) {
                    Helper helper = helpers.get(random.nextInt(helpers.size()));
                    long[] r = new long[5];
                    for (int at = 0; at < 5; at++) {
                        r[at] = argument(bench, maps, random);
                    }
                    if (random.nextInt(4) != 0) {
                        likely(helper, r, bench, maps, random);
                    }
                    bench.call(helper.name(), r);
                    faults += bench.fault() == null ? 0 : 1;
                }
                bench.lane.end();
                assertThat(bench.lane.regions().live()).as("round %d: regions opened by helpers are closed", round).hasSize(live);
            }
        }
        assertThat(faults).isBetween(1, rounds * 40);
    }

    private static List<BpfMap> maps(HelperBench bench) throws LoadException {
        List<BpfMap> maps = new ArrayList<>();
        for (MapType type : MapType.values()) {
            if (type.storage() != MapType.Storage.NONE) {
                boolean ring = type == MapType.RINGBUF || type == MapType.USER_RINGBUF;
                boolean eight = type.key() == MapType.Size.PREFIX || type.key() == MapType.Size.CGROUP;
                int key = eight ? 8 : Math.min(4, type.key().most());
                int value = ring || type == MapType.ARENA ? 0 : type == MapType.STACK_TRACE ? 16 : 4;
                int entries = ring ? 4096 : type.storage().unlimited() ? 0 : 5;
                int flags = type == MapType.LPM_TRIE ? MapType.Flags.NO_PREALLOC : type == MapType.ARENA ? MapType.Flags.MMAPABLE : 0;
                maps.add(bench.machine.map(new MapDefinition(type.toString(), type.number(), key, value, entries,
                        flags,
                        null, new byte[0])));
            }
        }
        maps.add(bench.machine.map(MapDefinition.of("large", MapType.HASH.number(), 4000, 100_000, 3)));
        return maps;
    }

    private static void context(Lane lane, SplittableRandom random) {
        byte[] frame = new byte[random.nextInt(200)];
        random.nextBytes(frame);
        switch (random.nextInt(3)) {
            case 0 -> XdpContext.of(lane).prepare(frame);
            case 1 -> SkbContext.of(lane).prepare(frame);
            default -> lane.raw(frame);
        }
    }

    private static long argument(HelperBench bench, List<BpfMap> maps, SplittableRandom random) {
        return switch (random.nextInt(12)) {
            case 0 -> maps.get(random.nextInt(maps.size())).handle();
            case 1 -> bench.stack(random.nextInt(600));
            case 2 -> bench.lane.contextBase() + random.nextInt(30);
            case 3 -> bench.lane.packetBuffer() + 256 + random.nextInt(300);
            case 4 -> maps.get(random.nextInt(maps.size())).values() + random.nextInt(64);
            case 5 -> random.nextInt(70);
            case 6 -> -random.nextInt(70);
            case 7 -> random.nextLong();
            case 8 -> random.nextInt();
            case 9 -> 1L << random.nextInt(64);
            case 10 -> 0xffff_ffffL - random.nextInt(20);
            default -> 0;
        };
    }

    /** Puts arguments of the right kind in most places, so that calls get past the checks. */
    private static void likely(Helper helper, long[] r, HelperBench bench, List<BpfMap> maps, SplittableRandom random) {
        HelperRow row = Objects.requireNonNull(HelperTable.row(helper.id()));
        for (int i = 0; i < row.arguments().size(); i++) {
            r[i] = switch (row.arguments().get(i).kind()) {
                case CTX -> bench.lane.contextBase();
                case MAP -> maps.get(random.nextInt(maps.size())).handle();
                case KEY, VALUE, VALUE_OUT, IN, OUT, INOUT, STR -> bench.stack(8 * random.nextInt(64));
                case SIZE -> random.nextInt(40);
                case INT, U32, U64, ANY -> random.nextInt(3) == 0 ? r[i] : random.nextInt(8);
                case FUNC -> r[i];
            };
        }
    }
}
