// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.context.SkLookupContext;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import dev.bpf4j.runtime.world.Sockets;
import dev.bpf4j.runtime.world.World;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sockets of the {@link World}: looked up by addresses and ports, or found by the packet. Linux {@code net/core/filter.c}. */
final class SocketHelpers {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int TUPLE4 = 12;
    private static final int TUPLE6 = 36;
    private static final int NOBODY = 65_534;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86dd;

    private SocketHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("sk_lookup_tcp", (lane, r1, r2, r3, r4, r5) -> lookup(lane, TCP, r2, (int) r3, r4, r5));
        all.put("skc_lookup_tcp", (lane, r1, r2, r3, r4, r5) -> lookup(lane, TCP, r2, (int) r3, r4, r5));
        all.put("sk_lookup_udp", (lane, r1, r2, r3, r4, r5) -> lookup(lane, UDP, r2, (int) r3, r4, r5));
        all.put("sk_release", (lane, r1, r2, r3, r4, r5) -> 0);
        all.put("sk_fullsock", (lane, r1, r2, r3, r4, r5) -> socket(lane, r1) == null ? 0 : r1);
        all.put("get_listener_sock", (lane, r1, r2, r3, r4, r5) -> listener(lane, r1));
        all.put("sk_assign", SocketHelpers::assign);
        all.put("get_socket_cookie", (lane, r1, r2, r3, r4, r5) -> cookie(lane, r1));
        all.put("get_socket_uid", (lane, r1, r2, r3, r4, r5) -> own(lane) == 0 ? NOBODY : 0);
        all.put("skb_cgroup_id", (lane, r1, r2, r3, r4, r5) -> own(lane) == 0 ? 0 : lane.machine().world().task().cgroup());
        all.put("sk_cgroup_id", (lane, r1, r2, r3, r4, r5) -> socket(lane, r1) == null ? 0 : lane.machine().world().task().cgroup());
        all.put("skb_ancestor_cgroup_id", (lane, r1, r2, r3, r4, r5) -> own(lane) == 0 ? 0
                : TaskHelpers.ancestor(lane.machine().world().task().cgroups(), (int) r2));
        all.put("sk_ancestor_cgroup_id", (lane, r1, r2, r3, r4, r5) -> socket(lane, r1) == null ? 0
                : TaskHelpers.ancestor(lane.machine().world().task().cgroups(), (int) r2));
        all.put("skb_under_cgroup", SocketHelpers::under);
        all.put("skb_cgroup_classid", (lane, r1, r2, r3, r4, r5) -> 0);
        all.put("sk_storage_get", (lane, r1, r2, r3, r4, r5) -> socket(lane, r2) == null ? 0 : StorageHelpers.get(lane, r1, r2, r3, r4));
        all.put("sk_storage_delete", (lane, r1, r2, r3, r4, r5) -> StorageHelpers.delete(lane, r1, r2));
        all.put("sock_map_update", (lane, r1, r2, r3, r4, r5) -> update(lane, r1, r2, r3, r4));
        all.put("sock_hash_update", (lane, r1, r2, r3, r4, r5) -> update(lane, r1, r2, r3, r4));
        all.put("sk_select_reuseport", SocketHelpers::select);
    }

    static World.@Nullable Socket socket(Lane lane, long address) {
        return Sockets.at(lane.machine().world(), address);
    }

    /** The tuple names the sender first; only the running program's own network namespace is known. */
    private static long lookup(Lane lane, int protocol, long tuple, int size, long namespace, long flags) {
        if (size != TUPLE4 && size != TUPLE6 || flags != 0 || (int) namespace >= 0) {
            return 0;
        }
        byte[] bytes = lane.read(tuple, size);
        int length = size == TUPLE4 ? 4 : 16;
        int ports = 2 * length;
        return Sockets.lookup(lane.machine().world(), protocol, address(bytes, 0, length), port(bytes, ports), address(bytes, length,
                length), port(bytes, ports + 2));
    }

    private static InetAddress address(byte[] bytes, int at, int length) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + length));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is always one", e);
        }
    }

    private static int port(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    private static long listener(Lane lane, long address) {
        World.Socket socket = socket(lane, address);
        return socket != null && socket.protocol() == TCP && socket.state() == World.Socket.LISTEN ? address : 0;
    }

    private static long assign(Lane lane, long context, long address, long flags, long r4, long r5) {
        if (lane.environment() instanceof SkLookupContext lookup) {
            return lookup.choose(address, flags);
        }
        if (address != 0 && socket(lane, address) == null) {
            return -Errno.EOPNOTSUPP;
        }
        if (!(lane.environment() instanceof PacketContext packet)) {
            return -Errno.EOPNOTSUPP;
        }
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        packet.assign(Sockets.cookie(lane.machine().world(), address));
        return 0;
    }

    /** The address of the socket that the running program's packet is for; 0 if the world has none. */
    static long own(Lane lane) {
        if (!(lane.environment() instanceof PacketContext packet) || lane.machine().world().sockets().isEmpty()) {
            return 0;
        }
        byte[] frame = lane.read(packet.networkStart(), Math.clamp(packet.end() - packet.networkStart(), 0, 64));
        int version = frame.length == 0 ? 0 : frame[0] >> 4 & 0xf;
        int protocol = version == 4 && frame.length >= 20 ? IPV4 : version == 6 && frame.length >= 40 ? IPV6 : 0;
        int transport = protocol == IPV4 ? 4 * (frame[0] & 0xf) : 40;
        if (protocol == 0 || frame.length < transport + 4) {
            return 0;
        }
        int number = frame[protocol == IPV4 ? 9 : 6];
        int length = protocol == IPV4 ? 4 : 16;
        int from = protocol == IPV4 ? 12 : 8;
        return Sockets.lookup(lane.machine().world(), number, address(frame, from, length), port(frame, transport), address(frame, from
                + length, length), port(frame, transport + 2));
    }

    private static long cookie(Lane lane, long argument) {
        World.Socket named = socket(lane, argument);
        return named != null ? named.cookie() : Sockets.cookie(lane.machine().world(), own(lane));
    }

    private static long under(Lane lane, long context, long handle, long index, long r4, long r5) {
        BpfMap map = MapHelpers.map(lane, handle);
        long at = index & 0xffff_ffffL;
        if (own(lane) == 0) {
            return -Errno.ENOENT;
        }
        if (map.type() != MapType.CGROUP_ARRAY || at >= map.definition().maxEntries()) {
            return map.type() != MapType.CGROUP_ARRAY ? -Errno.EINVAL : -Errno.E2BIG;
        }
        long group = map.reference(at);
        return group == 0 ? -Errno.EAGAIN
                : lane.machine().world().task().cgroups().stream().anyMatch(id -> (id & 0xffff_ffffL) == group) ? 1 : 0;
    }

    /** The context of these programs is the socket: the one that the world names first is put in. */
    private static long update(Lane lane, long context, long handle, long key, long flags) {
        BpfMap map = MapHelpers.map(lane, handle);
        long address = socket(lane, context) != null ? context : own(lane);
        if (map.type() != MapType.SOCKMAP && map.type() != MapType.SOCKHASH) {
            return -Errno.EINVAL;
        }
        return address == 0 ? -Errno.EOPNOTSUPP : map.update(lane, lane.read(key, map.definition().keySize()), address, flags);
    }

    private static long select(Lane lane, long context, long handle, long key, long flags, long r5) {
        BpfMap map = MapHelpers.map(lane, handle);
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        byte[] cookie = map.lookup(lane.read(key, map.definition().keySize()));
        if (cookie == null) {
            return -Errno.ENOENT;
        }
        if (lane.environment() instanceof PacketContext packet) {
            packet.assign(ByteBuffer.wrap(Arrays.copyOf(cookie, Long.BYTES)).order(lane.order()).getLong() & (cookie.length == 8 ? -1L
                    : 0xffff_ffffL));
        }
        return 0;
    }
}
