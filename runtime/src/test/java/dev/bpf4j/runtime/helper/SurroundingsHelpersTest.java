// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import dev.bpf4j.runtime.world.World;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Helpers that are answered from the world; expectations from the helpers' documentation in Linux's bpf.h and net/core/filter.c. */
final class SurroundingsHelpersTest {
    private static final List<Byte> MAC2 = List.of((byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 2);
    private static final List<Byte> GATEWAY = List.of((byte) 2, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 9);
    private static final World WORLD = World.STANDARD.withTask(new World.Task(4712, 4711, 1000, 100, "a name of 20 letters", List.of(1L,
            5L, 77L), List.of(0x1111L, 0x2222L, 0x3333L), List.of(0x44L), List.of((byte) 9))).withInterfaces(new World.Interface(2, "eth0",
                    MAC2, 1400)).withRoutes(
                            new World.Route(InetAddress.ofLiteral("10.0.0.0"), 8, 2, InetAddress.ofLiteral("10.0.0.254"), null,
                                    World.Route.Kind.UNICAST, 0),
                            new World.Route(InetAddress.ofLiteral("10.1.0.0"), 16, 0, null, null, World.Route.Kind.PROHIBIT, 0),
                            new World.Route(InetAddress.ofLiteral("2001:db8::"), 32, 2, null, null, World.Route.Kind.UNICAST, 0))
            .withNeighbours(new World.Neighbour(2, InetAddress.ofLiteral("10.0.0.254"), GATEWAY))
            .withSockets(World.Socket.listening(7, 6, InetAddress.ofLiteral("0.0.0.0"), 80),
                    World.Socket.connected(8, 6, InetAddress.ofLiteral("10.0.0.1"), 80, InetAddress.ofLiteral("10.0.0.2"), 1234));

    private static HelperBench bench() throws LoadException {
        return new HelperBench(WORLD);
    }

    private static BpfMap map(HelperBench bench, MapType type, int key, int value, int entries) throws LoadException {
        return bench.machine.map(MapDefinition.of(type.toString(), type.number(), key, value, entries));
    }

    private static byte[] word(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    @Test
    void currentTask() throws LoadException {
        try (HelperBench bench = bench()) {
            assertThat(bench.call("get_current_pid_tgid")).isEqualTo(4711L << 32 | 4712);
            assertThat(bench.call("get_current_uid_gid")).isEqualTo(100L << 32 | 1000);
            assertThat(bench.call("get_current_comm", bench.stack(32), 16)).isZero();
            assertThat(new String(bench.lane.read(bench.stack(32), 16), StandardCharsets.US_ASCII)).isEqualTo("a name of 20 le\0");
            assertThat(bench.call("get_current_comm", bench.stack(32), 4)).isZero();
            assertThat(new String(bench.lane.read(bench.stack(32), 4), StandardCharsets.US_ASCII)).isEqualTo("a n\0");
            assertThat(bench.call("get_current_cgroup_id")).isEqualTo(77);
            assertThat(bench.call("get_current_ancestor_cgroup_id", 1)).isEqualTo(5);
            assertThat(bench.call("get_current_ancestor_cgroup_id", 3)).isZero();
            long task = bench.call("get_current_task");
            assertThat(bench.call("get_current_task_btf")).isEqualTo(task);
            assertThat(bench.lane.regions().find(task, 4096, false)).isNotNegative();
            assertThat(bench.lane.regions().find(task, 1, true)).as("read-only").isNegative();
            assertThat(bench.lane.read(task, 1)).containsExactly(9);
            bench.lane.end();
            assertThat(bench.lane.regions().find(task, 1, false)).as("gone at the end of the run").isNegative();
            assertThat(bench.call("get_ns_current_pid_tgid", 3, 4, bench.stack(32), 8)).isZero();
            assertThat(bench.lane.read(bench.stack(32), 4)).isEqualTo(word(4712));
            assertThat(bench.call("get_ns_current_pid_tgid", 3, 4, bench.stack(32), 4)).isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void controlGroupsOfTheTask() throws LoadException {
        try (HelperBench bench = bench()) {
            BpfMap groups = map(bench, MapType.CGROUP_ARRAY, 4, 4, 3);
            assertThat(groups.update(word(0), word(5), 0)).isZero();
            assertThat(groups.update(word(1), word(6), 0)).isZero();
            assertThat(bench.call("current_task_under_cgroup", groups.handle(), 0)).isOne();
            assertThat(bench.call("current_task_under_cgroup", groups.handle(), 1)).isZero();
            assertThat(bench.call("current_task_under_cgroup", groups.handle(), 2)).isEqualTo(-Errno.EAGAIN);
            assertThat(bench.call("current_task_under_cgroup", groups.handle(), 3)).isEqualTo(-Errno.E2BIG);
        }
    }

    @Test
    void stacks() throws LoadException {
        try (HelperBench bench = bench()) {
            bench.lane.context(new byte[8]);
            BpfMap stacks = map(bench, MapType.STACK_TRACE, 4, 16, 8);
            long id = bench.call("get_stackid", bench.lane.contextBase(), stacks.handle(), 1);
            byte[] kept = Objects.requireNonNull(stacks.lookup(word((int) id)));
            assertThat(ByteBuffer.wrap(kept).order(ByteOrder.LITTLE_ENDIAN).getLong()).as("one is skipped").isEqualTo(0x2222);
            assertThat(bench.call("get_stackid", bench.lane.contextBase(), stacks.handle(), 3)).isEqualTo(-Errno.EFAULT);
            assertThat(bench.call("get_stackid", bench.lane.contextBase(), stacks.handle(), 1 << 11)).isEqualTo(-Errno.EINVAL);
            assertThat(bench.call("get_stack", bench.lane.contextBase(), bench.stack(32), 16, 0)).isEqualTo(16);
            assertThat(bench.call("get_stack", bench.lane.contextBase(), bench.stack(32), 16, 0x100)).as("of the user").isEqualTo(8);
            assertThat(bench.lane.read(bench.stack(32), 1)).containsExactly(0x44);
            assertThat(bench.call("get_stack", bench.lane.contextBase(), bench.stack(32), 15, 0)).isEqualTo(-Errno.EINVAL);
        }
    }

    private static byte[] query(String to, int ifindex, int length) {
        byte[] address = InetAddress.ofLiteral(to).getAddress();
        ByteBuffer query = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        query.put(0, (byte) (address.length == 4 ? 2 : 10)).putShort(6, (short) length).putInt(8, ifindex).put(32, address);
        return query.array();
    }

    @Test
    void withoutRoutesNothingIsForwarded() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            XdpContext.of(bench.lane).prepare(new byte[60]);
            long context = bench.lane.contextBase();
            assertThat(bench.call("fib_lookup", context, bench.put(128, query("10.2.3.4", 1, 100)), 64, 0)).as("disabled").isEqualTo(5);
            assertThat(bench.call("fib_lookup", context, bench.put(128, query("2001:db8::1", 1, 100)), 64, 0)).isEqualTo(5);
            for (String address : new String[] {"ff02::1", "fe80::1", "febf::1", "::1"}) {
                assertThat(bench.call("fib_lookup", context, bench.put(128, query(address, 1, 100)), 64, 0)).as(address).isEqualTo(4);
            }
            byte[] fromLink = query("2001:db8::1", 1, 100);
            fromLink[16] = (byte) 0xfe;
            fromLink[17] = (byte) 0x80;
            assertThat(bench.call("fib_lookup", context, bench.put(128, fromLink), 64, 0)).as("from a link-local address").isEqualTo(4);
        }
    }

    @Test
    void routes() throws LoadException {
        try (HelperBench bench = bench()) {
            XdpContext.of(bench.lane).prepare(new byte[60]);
            long context = bench.lane.contextBase();
            long at = bench.put(128, query("10.2.3.4", 2, 100));
            assertThat(bench.call("fib_lookup", context, at, 64, 0)).isZero();
            byte[] answer = bench.lane.read(at, 64);
            assertThat(Arrays.copyOfRange(answer, 32, 36)).as("the next hop").containsExactly(10, 0, 0, (byte) 254);
            assertThat(HexFormat.of().formatHex(answer, 52, 64)).isEqualTo("020000000002" + "020000000009");
            assertThat(Arrays.copyOfRange(answer, 6, 8)).as("the MTU").containsExactly(1400 & 0xff, 1400 >> 8);
            assertThat(bench.call("fib_lookup", context, bench.put(128, query("10.1.2.3", 2, 0)), 64, 0)).as("prohibited").isEqualTo(3);
            assertThat(bench.call("fib_lookup", context, bench.put(128, query("11.0.0.1", 2, 0)), 64, 0)).as("no route").isEqualTo(4);
            assertThat(bench.call("fib_lookup", context, bench.put(128, query("10.2.3.4", 2, 1500)), 64, 0)).as("too large").isEqualTo(8);
            assertThat(bench.call("fib_lookup", context, bench.put(128, query("2001:db8::1", 2, 0)), 64, 0)).as("no neighbour").isEqualTo(
                    7);
            assertThat(bench.call("fib_lookup", context, bench.put(128, query("2001:db8::1", 2, 0)), 64, 4)).as("not asked for").isZero();
            assertThat(bench.call("fib_lookup", context, bench.put(128, query("10.2.3.4", 3, 0)), 64, 0)).isEqualTo(-Errno.ENODEV);
            assertThat(bench.call("fib_lookup", context, at, 63, 0)).isEqualTo(-Errno.EINVAL);
            assertThat(bench.call("fib_lookup", context, at, 64, 64)).isEqualTo(-Errno.EINVAL);
            bench.lane.write(at, new byte[] {3});
            assertThat(bench.call("fib_lookup", context, at, 64, 0)).isEqualTo(-Errno.EAFNOSUPPORT);
            long mtu = bench.put(16, word(0));
            assertThat(bench.call("check_mtu", context, 2, mtu, 1355, 0)).as("46 bytes and 1355 more").isOne();
            assertThat(bench.lane.read(mtu, 4)).isEqualTo(word(1400));
            assertThat(bench.call("check_mtu", context, 2, bench.put(16, word(0)), 1354, 0)).isZero();
            assertThat(bench.call("check_mtu", context, 9, mtu, 0, 0)).isEqualTo(-Errno.ENODEV);
        }
    }

    private static byte[] tuple(String from, int fromPort, String to, int toPort) {
        return ByteBuffer.allocate(12).put(InetAddress.ofLiteral(from).getAddress()).put(InetAddress.ofLiteral(to).getAddress()).putShort(
                (short) fromPort).putShort((short) toPort).array();
    }

    @Test
    void sockets() throws LoadException {
        try (HelperBench bench = bench()) {
            SkbContext.of(bench.lane).prepare(new byte[60]);
            long context = bench.lane.contextBase();
            long known = bench.put(64, tuple("10.0.0.2", 1234, "10.0.0.1", 80));
            long connected = bench.call("sk_lookup_tcp", context, known, 12, -1, 0);
            assertThat(bench.call("get_socket_cookie", connected)).isEqualTo(8);
            assertThat(bench.call("sk_fullsock", connected)).isEqualTo(connected);
            assertThat(bench.call("get_listener_sock", connected)).isZero();
            long other = bench.put(64, tuple("10.0.0.3", 1234, "10.0.0.1", 80));
            long waiting = bench.call("skc_lookup_tcp", context, other, 12, -1, 0);
            assertThat(bench.call("get_socket_cookie", waiting)).isEqualTo(7);
            assertThat(bench.call("get_listener_sock", waiting)).isEqualTo(waiting);
            assertThat(bench.call("sk_lookup_udp", context, other, 12, -1, 0)).isZero();
            assertThat(bench.call("sk_lookup_tcp", context, other, 13, -1, 0)).isZero();
            assertThat(bench.call("sk_lookup_tcp", context, other, 12, -1, 1)).isZero();
            assertThat(bench.call("sk_assign", context, waiting, 0)).isZero();
            assertThat(((PacketContext) Objects.requireNonNull(bench.lane.environment())).assigned()).isEqualTo(7);
            assertThat(bench.call("sk_assign", context, waiting, 1)).isEqualTo(-Errno.EINVAL);
            assertThat(bench.call("sk_assign", context, bench.stack(8), 0)).isEqualTo(-Errno.EOPNOTSUPP);
            BpfMap storage = map(bench, MapType.SK_STORAGE, 4, 8, 0);
            long value = bench.call("sk_storage_get", storage.handle(), waiting, bench.put(8, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), 1);
            assertThat(bench.lane.read(value, 8)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            assertThat(bench.call("sk_storage_get", storage.handle(), connected, 0, 0)).isZero();
            assertThat(bench.call("sk_storage_delete", storage.handle(), waiting)).isZero();
            assertThat(bench.call("sk_storage_delete", storage.handle(), waiting)).isEqualTo(-Errno.ENOENT);
        }
    }

    @Test
    void socketOfThePacket() throws LoadException {
        try (HelperBench bench = bench()) {
            SkbContext.of(bench.lane).prepare(HexFormat.of().parseHex("020000000001020000000002080045000028000040004006000" + "00a000002"
                    + "0a00000104d20050" + "0000000000000000" + "50000000" + "00000000"));
            assertThat(bench.call("get_socket_cookie", bench.lane.contextBase())).isEqualTo(8);
            SkbContext.of(bench.lane).prepare(new byte[60]);
            assertThat(bench.call("get_socket_cookie", bench.lane.contextBase())).isZero();
        }
    }

    @Test
    void redirectsThroughMaps() throws LoadException {
        try (HelperBench bench = bench()) {
            XdpContext xdp = XdpContext.of(bench.lane);
            xdp.prepare(new byte[60]);
            BpfMap devices = map(bench, MapType.DEVMAP, 4, 4, 3);
            assertThat(devices.update(word(1), word(2), 0)).isZero();
            assertThat(bench.call("redirect_map", devices.handle(), 1, 0)).isEqualTo(XdpContext.REDIRECT);
            assertThat(xdp.redirect()).isEqualTo(new PacketContext.Redirect(2, 0, devices, 1));
            assertThat(bench.call("redirect_map", devices.handle(), 0, XdpContext.PASS)).as("the flags say what otherwise").isEqualTo(
                    XdpContext.PASS);
            assertThat(bench.call("redirect_map", devices.handle(), 0, 4)).isEqualTo(XdpContext.ABORTED);
            assertThat(bench.call("redirect_map", devices.handle(), 0, 8)).as("broadcast needs no entry").isEqualTo(XdpContext.REDIRECT);
            BpfMap sockets = map(bench, MapType.XSKMAP, 4, 4, 3);
            assertThat(bench.call("redirect_map", sockets.handle(), 2, XdpContext.DROP)).isEqualTo(XdpContext.DROP);
            assertThat(sockets.update(word(2), word(5), 0)).isZero();
            assertThat(bench.call("redirect_map", sockets.handle(), 2, XdpContext.DROP)).isEqualTo(XdpContext.REDIRECT);
            assertThat(bench.call("redirect_map", sockets.handle(), 2, 8)).as("no broadcast").isEqualTo(XdpContext.ABORTED);
            SkbContext skb = SkbContext.of(bench.lane);
            skb.prepare(new byte[60]);
            assertThat(bench.call("clone_redirect", bench.lane.contextBase(), 2, 1)).isZero();
            assertThat(bench.call("clone_redirect", bench.lane.contextBase(), 5, 0)).as("no such interface").isEqualTo(-Errno.EINVAL);
            assertThat(skb.clones()).containsExactly(new PacketContext.Redirect(2, 1));
            assertThat(bench.call("redirect_neigh", 2, 0, 0, 0)).isEqualTo(SkbContext.TC_ACT_REDIRECT);
            assertThat(bench.call("redirect_neigh", 2, 0, 0, 1)).isEqualTo(SkbContext.TC_ACT_SHOT);
            assertThat(bench.call("redirect_peer", 2, 0)).isEqualTo(SkbContext.TC_ACT_REDIRECT);
        }
    }

    @Test
    void dynamicPointersToRecords() throws LoadException {
        try (HelperBench bench = bench()) {
            BpfMap ring = map(bench, MapType.RINGBUF, 0, 0, 4096);
            long pointer = bench.stack(16);
            assertThat(bench.call("ringbuf_reserve_dynptr", ring.handle(), 16, 0, pointer)).isZero();
            assertThat(bench.call("dynptr_write", pointer, 8, bench.put(32, new byte[] {1, 2, 3, 4}), 4, 0)).isZero();
            assertThat(bench.call("dynptr_write", pointer, 13, bench.stack(32), 4, 0)).isEqualTo(-Errno.E2BIG);
            long data = bench.call("dynptr_data", pointer, 8, 4);
            assertThat(bench.lane.read(data, 4)).containsExactly(1, 2, 3, 4);
            assertThat(bench.call("dynptr_read", bench.stack(40), 4, pointer, 8, 0)).isZero();
            assertThat(bench.lane.read(bench.stack(40), 4)).containsExactly(1, 2, 3, 4);
            bench.call("ringbuf_submit_dynptr", pointer, 0);
            assertThat(bench.call("dynptr_data", pointer, 0, 1)).as("nothing any more").isZero();
            byte[][] seen = new byte[1][];
            ring.forEach((key, value) -> seen[0] = value);
            assertThat(seen[0]).hasSize(16).startsWith(new byte[8]);
            assertThat(bench.call("ringbuf_reserve_dynptr", ring.handle(), 5000, 0, pointer)).isEqualTo(-Errno.EINVAL);
            bench.call("ringbuf_discard_dynptr", pointer, 0);
            assertThat(bench.fault()).as("a null pointer is given back as nothing").isNull();
        }
    }

    @Test
    void forgedDynamicPointersReachNothing() throws LoadException {
        try (HelperBench bench = bench()) {
            byte[] forged = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(GuestLayout.SYSTEM_BASE).putInt(100 | 1 << 28)
                    .array();
            bench.call("dynptr_read", bench.stack(40), 4, bench.put(16, forged), 8, 0);
            assertThat(Objects.requireNonNull(bench.fault()).kind()).isEqualTo(FaultKind.BAD_ACCESS);
        }
    }

    @Test
    void textsOfManyArguments() throws LoadException {
        try (HelperBench bench = bench()) {
            long format = bench.put(128, "%d %s %llx\0");
            long text = bench.put(112, "abc\0");
            byte[] data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN).putLong(-5).putLong(text).putLong(255).array();
            long arguments = bench.put(96, data);
            String[] line = new String[1];
            bench.machine.onTrace(printed -> line[0] = printed);
            assertThat(bench.call("trace_vprintk", format, 11, arguments, 24)).isEqualTo("-5 abc ff".length());
            assertThat(line[0]).isEqualTo("-5 abc ff");
            assertThat(bench.call("trace_vprintk", format, 11, arguments, 12)).isEqualTo(-Errno.EINVAL);
            assertThat(bench.call("snprintf", bench.stack(64), 6, format, arguments, 24)).as("what it would need").isEqualTo(10);
            assertThat(bench.lane.read(bench.stack(64), 6)).isEqualTo("-5 ab\0".getBytes(StandardCharsets.US_ASCII));
        }
    }
}
