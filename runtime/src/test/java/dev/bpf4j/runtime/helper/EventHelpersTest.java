// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapEvent;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class EventHelpersTest {
    private static final long CURRENT_CPU = 0xffff_ffffL;

    private static BpfMap ring(HelperBench bench, int size) throws LoadException {
        return bench.machine.map(MapDefinition.of("ring", MapType.RINGBUF.number(), 0, 0, size));
    }

    @Test
    void perfEventsGoToTheHost() throws LoadException {
        try (HelperBench bench = new HelperBench(Policy.STRICT, ByteOrder.LITTLE_ENDIAN, 2)) {
            BpfMap events = bench.machine.map(MapDefinition.of("events", MapType.PERF_EVENT_ARRAY.number(), 4, 4, 0));
            List<MapEvent> seen = new ArrayList<>();
            assertThat(bench.call("perf_event_output", 0, events.handle(), CURRENT_CPU, bench.put(8, "dropped!"), 8)).isZero();
            bench.machine.maps().onEvent(seen::add);
            bench.lane.raw(new byte[0]);
            assertThat(bench.call("perf_event_output", 0, events.handle(), CURRENT_CPU, bench.put(8, "abc"), 3)).isZero();
            assertThat(bench.call("perf_event_output", 0, events.handle(), 0, bench.put(8, "x"), 1)).isZero();
            assertThat(bench.call("perf_event_output", 0, events.handle(), 1, bench.put(8, "x"), 1)).as("another lane's").isEqualTo(
                    -Errno.EOPNOTSUPP);
            assertThat(bench.call("perf_event_output", 0, events.handle(), 2, bench.put(8, "x"), 1)).isEqualTo(-Errno.E2BIG);
            assertThat(bench.call("perf_event_output", 0, events.handle(), 1L << 32 | CURRENT_CPU, bench.put(8, "x"), 1)).as(
                    "no packet to append")
                    .isEqualTo(-Errno.EINVAL);
            assertThat(seen).extracting(event -> new String(event.data(), StandardCharsets.UTF_8)).containsExactly("abc",
                    "x");
            assertThat(seen.getFirst().map()).isSameAs(events);
        }
    }

    @Test
    void perfEventsOfPacketsCanCarryTheirFront() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap events = bench.machine.map(MapDefinition.of("events", MapType.PERF_EVENT_ARRAY.number(), 4, 4, 8));
            List<MapEvent> seen = new ArrayList<>();
            bench.machine.maps().onEvent(seen::add);
            XdpContext.of(bench.lane).prepare(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16});
            long context = bench.lane.contextBase();
            assertThat(bench.call("perf_event_output", context, events.handle(), 3L << 32 | CURRENT_CPU, bench.put(8, "ab"), 2)).isZero();
            assertThat(seen.getFirst().data()).containsExactly('a', 'b', 1, 2, 3);
            assertThat(bench.call("perf_event_output", context, events.handle(), 17L << 32 | CURRENT_CPU, bench.put(8, "ab"), 2)).isEqualTo(
                    -Errno.EFAULT);
        }
    }

    @Test
    void recordsAreReadInOrderOnceFinished() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap ring = ring(bench, 4096);
            long first = bench.call("ringbuf_reserve", ring.handle(), 4, 0);
            long second = bench.call("ringbuf_reserve", ring.handle(), 12, 0);
            assertThat(second - first).isEqualTo(16);
            bench.lane.write(first, new byte[] {1, 2, 3, 4});
            bench.lane.write(second, new byte[] {9});
            bench.call("ringbuf_submit", second, 0);
            List<byte[]> records = new ArrayList<>();
            ring.forEach((key, value) -> records.add(value));
            assertThat(records).as("the first is still open").isEmpty();
            bench.call("ringbuf_submit", first, 0);
            ring.forEach((key, value) -> records.add(value));
            assertThat(records).hasSize(2);
            assertThat(records.getFirst()).containsExactly(1, 2, 3, 4);
            assertThat(records.getLast()).hasSize(12).startsWith(9, 0);
            assertThat(bench.call("ringbuf_query", ring.handle(), 0)).as("all read").isZero();
            assertThat(bench.call("ringbuf_query", ring.handle(), 1)).isEqualTo(4096);
            assertThat(bench.call("ringbuf_query", ring.handle(), 3)).isEqualTo(16 + 24);
        }
    }

    @Test
    void openRecordsAreRegions() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap ring = ring(bench, 4096);
            long data = bench.call("ringbuf_reserve", ring.handle(), 5, 0);
            assertThat(bench.lane.regions().find(data, 5, true)).isGreaterThanOrEqualTo(0);
            assertThat(bench.lane.regions().find(data, 6, true)).isEqualTo(-1);
            assertThat(bench.lane.regions().find(data - 1, 1, true)).isEqualTo(-1);
            bench.call("ringbuf_discard", data, 0);
            assertThat(bench.lane.regions().find(data, 5, true)).isEqualTo(-1);
            bench.call("ringbuf_discard", data, 0);
            assertThat(Objects.requireNonNull(bench.fault()).kind()).as("it is not open any more").isEqualTo(FaultKind.HELPER_FAILED);
        }
    }

    @Test
    void ruling14OpenRecordsAreDiscardedAtTheEnd() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap ring = ring(bench, 4096);
            long lost = bench.call("ringbuf_reserve", ring.handle(), 8, 0);
            assertThat(bench.call("ringbuf_output", ring.handle(), bench.put(8, "kept"), 4, 0)).isZero();
            bench.lane.end();
            assertThat(bench.lane.regions().find(lost, 8, true)).isEqualTo(-1);
            List<byte[]> records = new ArrayList<>();
            ring.forEach((key, value) -> records.add(value));
            assertThat(records).hasSize(1);
            assertThat(records.getFirst()).containsExactly('k', 'e', 'p', 't');
        }
    }

    @Test
    void fullRingGivesNull() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap ring = ring(bench, 4096);
            assertThat(bench.call("ringbuf_reserve", ring.handle(), 4096, 0)).isZero();
            assertThat(bench.call("ringbuf_reserve", ring.handle(), 8, 1)).as("no flags").isZero();
            assertThat(bench.call("ringbuf_reserve", ring.handle(), 4080, 0)).isNotZero();
            assertThat(bench.call("ringbuf_output", ring.handle(), bench.stack(8), 8, 0)).isEqualTo(-Errno.EAGAIN);
            assertThat(bench.call("ringbuf_output", ring.handle(), bench.stack(8), 8, 4)).isEqualTo(-Errno.EINVAL);
            bench.lane.end();
        }
    }

    /** Random records through a small ring, read at random times: what comes out is what was put in, across many rounds of the ring. */
    @Test
    void ringKeepsOrderAndContents() throws LoadException {
        SplittableRandom random = new SplittableRandom(20260104);
        try (HelperBench bench = new HelperBench()) {
            BpfMap ring = ring(bench, 4096);
            ArrayDeque<byte[]> expected = new ArrayDeque<>();
            int read = 0;
            for (int i = 0; i < 20_000; i++) {
                if (random.nextInt(6) == 0) {
                    List<byte[]> records = new ArrayList<>();
                    ring.forEach((key, value) -> records.add(value));
                    for (byte[] record : records) {
                        assertThat(record).isEqualTo(expected.removeFirst());
                        read++;
                    }
                    assertThat(expected).isEmpty();
                } else {
                    byte[] bytes = new byte[random.nextInt(400)];
                    random.nextBytes(bytes);
                    if (bench.call("ringbuf_output", ring.handle(), bench.put(500, bytes), bytes.length, 0) == 0) {
                        expected.addLast(Arrays.copyOf(bytes, bytes.length));
                    }
                }
            }
            assertThat(read).isGreaterThan(10_000);
        }
    }

    @Test
    void listenerGetsRecordsAtOnce() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            BpfMap ring = ring(bench, 4096);
            List<MapEvent> seen = new ArrayList<>();
            bench.machine.maps().onEvent(seen::add);
            for (int i = 0; i < 1000; i++) {
                assertThat(bench.call("ringbuf_output", ring.handle(), bench.put(8, "12345678"), 8, 0)).isZero();
            }
            assertThat(seen).hasSize(1000);
        }
    }
}
