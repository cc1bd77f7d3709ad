// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.world.World;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * Routes, neighbours and sizes of packets, from the {@link World}. Every interface forwards. {@code struct bpf_fib_lookup} has 64 bytes. Linux
 * {@code net/core/filter.c}, {@code bpf_ipv4_fib_lookup}, {@code bpf_ipv6_fib_lookup}, {@code bpf_xdp_check_mtu}.
 */
final class RouteHelpers {
    private static final int SIZE = 64;
    private static final long SKIP_NEIGHBOUR = 4;
    private static final long SOURCE = 16;
    private static final long FLAGS = 63;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int BLACKHOLE = 1;
    private static final int UNREACHABLE = 2;
    private static final int PROHIBIT = 3;
    private static final int NOT_FORWARDED = 4;
    private static final int FORWARDING_DISABLED = 5;
    private static final int NO_NEIGHBOUR = 7;
    private static final int FRAGMENT = 8;
    private static final int LINK_HEADER = 14;
    private static final int DEFAULT_MTU = 1500;

    private static final int TOTAL_LENGTH = 6;
    private static final int IFINDEX = 8;
    private static final int METRIC = 12;
    private static final int FROM = 16;
    private static final int TO = 32;
    private static final int VLAN = 48;
    private static final int SOURCE_MAC = 52;
    private static final int TARGET_MAC = 58;

    private RouteHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("fib_lookup", RouteHelpers::lookup);
        all.put("check_mtu", RouteHelpers::checkMtu);
        all.put("get_route_realm", (lane, r1, r2, r3, r4, r5) -> 0);
    }

    private static long lookup(Lane lane, long context, long parameters, long size, long flags, long r5) {
        World world = lane.machine().world();
        if ((int) size < SIZE || (flags & ~FLAGS) != 0) {
            return -Errno.EINVAL;
        }
        ByteBuffer query = lane.memory().asSlice(parameters & GuestLayout.ADDRESS_MASK, SIZE).asByteBuffer().order(lane.order());
        int family = query.get(0);
        if (family != AF_INET && family != AF_INET6) {
            return -Errno.EAFNOSUPPORT;
        }
        if (family == AF_INET6 && (staysOnLink(query, TO) || staysOnLink(query, FROM))) {
            return NOT_FORWARDED;
        }
        if (!world.hasInterface(query.getInt(IFINDEX))) {
            return -Errno.ENODEV;
        }
        if (world.routes().isEmpty()) {
            return FORWARDING_DISABLED; // as a host answers on which nobody has set up anything
        }
        World.Route route = world.route(address(query, family));
        if (route == null) {
            return NOT_FORWARDED;
        }
        return switch (route.kind()) {
            case BLACKHOLE -> BLACKHOLE;
            case UNREACHABLE -> UNREACHABLE;
            case PROHIBIT -> PROHIBIT;
            case LOCAL -> NOT_FORWARDED;
            case UNICAST -> forward(world, query, route, flags);
        };
    }

    /** Whether an IPv6 address is multicast, link-local or the loopback's: Linux {@code rt6_need_strict}. */
    private static boolean staysOnLink(ByteBuffer query, int at) {
        int first = query.get(at) & 0xff;
        boolean linkLocal = first == 0xfe && (query.get(at + 1) & 0xc0) == 0x80;
        boolean zero = true;
        for (int i = 0; i < 15; i++) {
            zero &= query.get(at + i) == 0;
        }
        return first == 0xff || linkLocal || zero && query.get(at + 15) == 1;
    }

    private static InetAddress address(ByteBuffer query, int family) {
        byte[] bytes = new byte[family == AF_INET ? 4 : 16];
        query.get(TO, bytes);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of 4 or 16 bytes is always one", e);
        }
    }

    private static long forward(World world, ByteBuffer query, World.Route route, long flags) {
        World.Interface out = world.find(route.ifindex());
        int mtu = route.mtu() != 0 ? route.mtu() : out == null ? DEFAULT_MTU : out.mtu();
        int length = query.getShort(TOTAL_LENGTH) & 0xffff;
        if (length > mtu) {
            query.putShort(TOTAL_LENGTH, (short) mtu);
            return FRAGMENT;
        }
        query.putInt(METRIC, 0);
        query.putInt(IFINDEX, route.ifindex());
        InetAddress source = route.source();
        if ((flags & SOURCE) != 0 && source != null) {
            query.put(FROM, source.getAddress());
        }
        InetAddress via = route.via();
        if (via != null) {
            query.put(0, (byte) (via.getAddress().length == 4 ? AF_INET : AF_INET6));
            query.put(TO, via.getAddress());
        }
        if ((flags & SKIP_NEIGHBOUR) == 0) {
            World.Neighbour neighbour = world.neighbour(route.ifindex(), via != null ? via : address(query, query.get(0)));
            if (neighbour == null) {
                return NO_NEIGHBOUR;
            }
            for (int i = 0; i < 6; i++) {
                query.put(TARGET_MAC + i, neighbour.mac().get(i));
                query.put(SOURCE_MAC + i, out == null ? 0 : out.mac().get(i));
            }
        }
        query.putInt(VLAN, 0);
        query.putShort(TOTAL_LENGTH, (short) mtu);
        return 0;
    }

    /** Writes the MTU and says whether the packet, longer by a difference, is too large for it. */
    private static long checkMtu(Lane lane, long context, long ifindex, long result, long difference, long flags) {
        World world = lane.machine().world();
        int index = (int) ifindex;
        if ((flags & ~1) != 0 || !(lane.environment() instanceof PacketContext packet)) {
            return -Errno.EINVAL;
        }
        if (index != 0 && !world.hasInterface(index)) {
            return -Errno.ENODEV;
        }
        World.Interface out = world.find(index == 0 ? packet.ifindex() : index);
        int mtu = out == null ? DEFAULT_MTU : out.mtu();
        ValueLayout.OfInt word = ValueLayout.JAVA_INT_UNALIGNED.withOrder(lane.order());
        long at = result & GuestLayout.ADDRESS_MASK;
        long given = lane.memory().get(word, at) & 0xffff_ffffL;
        long length = (given != 0 ? given : packet.length() - LINK_HEADER) + (int) difference;
        lane.memory().set(word, at, mtu);
        return length < 0 ? -Errno.EINVAL : length > mtu ? 1 : 0;
    }
}
