// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import dev.bpf4j.runtime.map.Maps;
import java.nio.ByteOrder;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ruling 14: pointer arguments of helpers are checked as accesses at the call's pc, before the helper acts. */
final class ArgumentChecksTest {
    private static final long WILD = 0x5000_0000L;

    private static void expect(HelperBench bench, FaultKind kind, long address, int size, boolean write) {
        Outcome.Fault fault = Objects.requireNonNull(bench.fault());
        assertThat(fault.sameAs(new Outcome.Fault(kind, 0, HelperBench.CALL_PC, address, size, write, ""))).as(fault.toString()).isTrue();
    }

    @Test
    void ruling14PointerArgumentsAreAccesses() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap map = bench.machine.map(MapDefinition.of("m", MapType.HASH.number(), 12, 20, 4));
            long key = bench.stack(64);
            long value = bench.stack(32);
            bench.call("map_update_elem", map.handle(), WILD, value, 0);
            expect(bench, FaultKind.BAD_ACCESS, WILD, 12, false);
            bench.call("map_update_elem", map.handle(), key, bench.stack(19), 0);
            expect(bench, FaultKind.BAD_ACCESS, bench.stack(19), 20, false);
            bench.call("map_update_elem", map.handle(), key | 1L << 32, value, 0);
            expect(bench, FaultKind.BAD_ACCESS, key | 1L << 32, 12, false);
            assertThat(map.size()).as("nothing was done").isZero();
            bench.call("probe_read_kernel", bench.stack(3), 4, key);
            expect(bench, FaultKind.BAD_ACCESS, bench.stack(3), 4, true);
            bench.call("csum_diff", bench.stack(8), 8, bench.stack(8), 9, 0);
            expect(bench, FaultKind.BAD_ACCESS, bench.stack(8), 9, false);
            bench.call("csum_diff", 0, 0, 0, 0, 5);
            assertThat(bench.fault()).as("no bytes, no access").isNull();
            bench.call("trace_printk", bench.stack(8), -1);
            expect(bench, FaultKind.BAD_ACCESS, bench.stack(8), Integer.MAX_VALUE, false);
        }
    }

    @Test
    void readOnlyMemoryIsNoPlaceForResults() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap rodata = bench.machine.map(new MapDefinition(".rodata", MapType.ARRAY.number(), 4, 64, 1, MapType.Flags.RDONLY_PROG,
                    null,
                    new byte[] {1, 2, 3}));
            bench.call("probe_read_kernel", rodata.values(), 4, rodata.values());
            expect(bench, FaultKind.BAD_ACCESS, rodata.values(), 4, true);
            assertThat(bench.call("probe_read_kernel", bench.stack(8), 4, rodata.values())).isZero();
            assertThat(bench.lane.read(bench.stack(8), 4)).containsExactly(1, 2, 3, 0);
            assertThat(bench.call("map_update_elem", rodata.handle(), bench.put(8, new byte[4]), bench.stack(80), 0)).isEqualTo(
                    -Errno.EPERM);
        }
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void whatIsNoMap(Policy policy) throws LoadException {
        try (HelperBench bench = new HelperBench(policy, ByteOrder.LITTLE_ENDIAN, 1)) {
            long result = bench.call("map_delete_elem", bench.stack(8), WILD);
            if (policy == Policy.STRICT) {
                expect(bench, FaultKind.BAD_ACCESS, bench.stack(8), Maps.NO_MAP, false);
            } else {
                assertThat(result).isEqualTo(-Errno.EINVAL);
                assertThat(bench.call("ringbuf_reserve", 5, 8, 0)).as("a helper that gives a pointer").isZero();
                assertThat(bench.fault()).isNull();
            }
        }
    }

    @Test
    void sandboxConfinesAndOnlyRefusesWhatDoesNotFit() throws LoadException {
        try (HelperBench bench = new HelperBench(Policy.SANDBOX, ByteOrder.LITTLE_ENDIAN, 1)) {
            BpfMap map = bench.machine.map(MapDefinition.of("m", MapType.HASH.number(), 4, 1 << 20, 4));
            assertThat(bench.call("map_update_elem", map.handle(), 0x7777_0000_0000L | bench.stack(8), 0xffff_ffff_0000_0000L, 0)).isZero();
            assertThat(map.size()).isEqualTo(1);
            bench.call("map_update_elem", map.handle(), bench.stack(8), 0xffff_fff0L, 0);
            expect(bench, FaultKind.BAD_ACCESS, 0xffff_fff0L, 1 << 20, false);
            assertThat(bench.call("map_delete_elem", map.handle(), 0xffff_fffeL)).as("the overhang may be read: four zeros").isZero();
            assertThat(bench.fault()).isNull();
        }
    }

    @Test
    void contextIsCheckedWithItsSize() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            dev.bpf4j.runtime.context.XdpContext.of(bench.lane).prepare(new byte[60]);
            assertThat(bench.call("xdp_adjust_head", bench.lane.contextBase(), 4)).isZero();
            bench.call("xdp_adjust_head", bench.lane.contextBase() + 1, 4);
            expect(bench, FaultKind.BAD_ACCESS, bench.lane.contextBase() + 1, 24, false);
        }
    }
}
