// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.context.PacketContext.Redirect;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.XdpContext;
import dev.bpf4j.runtime.map.BpfMap;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;

/** Where packets are sent. Linux {@code net/core/filter.c}, {@code include/linux/filter.h} ({@code __bpf_xdp_redirect_map}). */
final class RedirectHelpers {
    private static final long INGRESS = 1;
    /** The verdicts that the low bits of the flags can name. */
    private static final long ACTIONS = 3;
    private static final long BROADCAST = 1 << 3;
    private static final long EXCLUDE_INGRESS = 1 << 4;
    private static final long NEIGHBOUR_BYTES = 20;
    private static final int SK_DROP = 0;
    private static final int SK_PASS = 1;

    private RedirectHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        all.put("redirect", RedirectHelpers::redirect);
        all.put("redirect_map", RedirectHelpers::redirectMap);
        all.put("redirect_neigh", RedirectHelpers::neighbour);
        all.put("redirect_peer", (lane, r1, r2, r3, r4, r5) -> send(lane, (int) r1, r2, r2 != 0));
        all.put("clone_redirect", RedirectHelpers::clone);
        all.put("sk_redirect_map", (lane, r1, r2, r3, r4, r5) -> socket(lane, r2, number(lane, r3), r4));
        all.put("sk_redirect_hash", (lane, r1, r2, r3, r4, r5) -> socket(lane, r2, key(lane, r2, r3), r4));
        all.put("msg_redirect_map", (lane, r1, r2, r3, r4, r5) -> socket(lane, r2, number(lane, r3), r4));
        all.put("msg_redirect_hash", (lane, r1, r2, r3, r4, r5) -> socket(lane, r2, key(lane, r2, r3), r4));
    }

    private static long redirect(Lane lane, long ifindex, long flags, long r3, long r4, long r5) {
        if (!(lane.environment() instanceof PacketContext packet)) {
            return nowhere(lane);
        }
        boolean xdp = packet instanceof XdpContext;
        if ((flags & ~(xdp ? 0 : INGRESS)) != 0) {
            return xdp ? XdpContext.ABORTED : SkbContext.TC_ACT_SHOT;
        }
        packet.redirect(new Redirect((int) ifindex, flags));
        return xdp ? XdpContext.REDIRECT : SkbContext.TC_ACT_REDIRECT;
    }

    private static long nowhere(Lane lane) {
        lane.fault(FaultKind.HELPER_FAILED, 0, 0, false, "the run has no packet to redirect");
        return 0;
    }

    private static long send(Lane lane, int ifindex, long flags, boolean refused) {
        if (!(lane.environment() instanceof PacketContext packet)) {
            return nowhere(lane);
        }
        if (refused) {
            return SkbContext.TC_ACT_SHOT;
        }
        packet.redirect(new Redirect(ifindex, flags));
        return SkbContext.TC_ACT_REDIRECT;
    }

    private static long neighbour(Lane lane, long ifindex, long parameters, long size, long flags, long r5) {
        long bytes = size & 0xffff_ffffL;
        return send(lane, (int) ifindex, flags, flags != 0 || bytes != 0 && bytes < NEIGHBOUR_BYTES);
    }

    private static long clone(Lane lane, long context, long ifindex, long flags, long r4, long r5) {
        if (!(lane.environment() instanceof PacketContext packet)) {
            return nowhere(lane);
        }
        if ((flags & ~INGRESS) != 0 || !lane.machine().world().hasInterface((int) ifindex)) {
            return -Errno.EINVAL;
        }
        packet.cloneTo(new Redirect((int) ifindex, flags));
        return 0;
    }

    private static long redirectMap(Lane lane, long handle, long index, long flags, long r4, long r5) {
        if (!(lane.environment() instanceof PacketContext packet)) {
            return nowhere(lane);
        }
        BpfMap map = MapHelpers.map(lane, handle);
        boolean devices = map.type() == MapType.DEVMAP || map.type() == MapType.DEVMAP_HASH;
        boolean others = map.type() == MapType.CPUMAP || map.type() == MapType.XSKMAP;
        if (!devices && !others || (flags & ~(ACTIONS | (devices ? BROADCAST | EXCLUDE_INGRESS : 0))) != 0) {
            return XdpContext.ABORTED;
        }
        byte[] value = map.lookup(number(lane, index));
        boolean broadcast = (flags & BROADCAST) != 0;
        if (value == null && !broadcast) {
            return flags & ACTIONS;
        }
        int ifindex = devices && !broadcast && value != null ? ByteBuffer.wrap(value).order(lane.order()).getInt() : 0;
        packet.redirect(new Redirect(ifindex, flags & ~ACTIONS, map, index & 0xffff_ffffL));
        return XdpContext.REDIRECT;
    }

    private static byte[] number(Lane lane, long number) {
        return ByteBuffer.allocate(Integer.BYTES).order(lane.order()).putInt((int) number).array();
    }

    private static byte[] key(Lane lane, long handle, long address) {
        return lane.read(address, MapHelpers.map(lane, handle).definition().keySize());
    }

    private static long socket(Lane lane, long handle, byte[] key, long flags) {
        BpfMap map = MapHelpers.map(lane, handle);
        boolean sockets = map.type() == MapType.SOCKMAP || map.type() == MapType.SOCKHASH;
        if (!sockets || (flags & ~INGRESS) != 0 || key.length != map.definition().keySize() || map.lookup(key) == null) {
            return SK_DROP;
        }
        if (lane.environment() instanceof PacketContext packet) {
            packet.redirect(new Redirect(0, flags, map, ByteBuffer.wrap(Arrays.copyOf(key, Long.BYTES)).order(lane.order())
                    .getLong()));
        }
        return SK_PASS;
    }
}
