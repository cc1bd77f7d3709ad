// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.context.SkbContext;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;

/**
 * Tunnel metadata of a socket buffer: {@code struct bpf_tunnel_key} and options, kept with the packet as the program gave them. Linux
 * {@code net/core/filter.c}, {@code bpf_skb_get_tunnel_key}, {@code bpf_skb_set_tunnel_key}.
 */
final class TunnelHelpers {
    private static final byte[] NOTHING = {};
    private static final int SIZE = 44;
    /** Sizes of older forms of the structure: up to the local address, the label, the flags, the second word of the remote address. */
    private static final int[] OLDER = {28, 24, 22, 8};
    private static final long IPV6 = 1;
    private static final long SET_FLAGS = 0x1f;
    private static final long GET_FLAGS = 1 | 1 << 4;
    private static final int MOST_OPTIONS = 255;
    private static final int LABEL = 24;
    private static final int TUNNEL_LABEL_AT = 24;
    private static final int REMOTE = 4;
    private static final int LOCAL = 28;
    private static final int ADDRESS = 16;

    private TunnelHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        SkbHelpers.put(all, "skb_get_tunnel_key", (skb, r2, r3, r4, r5) -> get(skb, r2, (int) r3, r4));
        SkbHelpers.put(all, "skb_set_tunnel_key", (skb, r2, r3, r4, r5) -> set(skb, r2, (int) r3, r4));
        SkbHelpers.put(all, "skb_get_tunnel_opt", (skb, r2, r3, r4, r5) -> getOptions(skb, r2, (int) r3));
        SkbHelpers.put(all, "skb_set_tunnel_opt", (skb, r2, r3, r4, r5) -> setOptions(skb, r2, (int) r3));
    }

    static void word(Lane lane, long address, int value) {
        lane.memory().set(ValueLayout.JAVA_INT_UNALIGNED.withOrder(lane.order()), address & GuestLayout.ADDRESS_MASK, value);
    }

    /** Writes bytes and zeros behind them: so many together, which may be up to 2 GiB where nothing is checked. */
    private static void fill(Lane lane, long to, int size, byte[] bytes) {
        GuestBytes.clear(lane.memory(), to & GuestLayout.ADDRESS_MASK, Math.max(0, size));
        lane.write(to, bytes);
    }

    private static boolean known(int size) {
        return size == SIZE || Arrays.stream(OLDER).anyMatch(older -> older == size);
    }

    private static long get(SkbContext skb, long to, int size, long flags) {
        byte[] key = skb.tunnelKey();
        long error = key == null || (flags & ~GET_FLAGS) != 0 || !known(size) ? -Errno.EINVAL
                : skb.tunnelIsIpv6() != ((flags & IPV6) != 0) ? -Errno.EPROTO : 0;
        fill(skb.lane(), to, size, error != 0 || key == null ? NOTHING : Arrays.copyOf(key, size));
        return error;
    }

    /** Reading the key gives the tunnel as the receiver sees it: what was set as remote address is local then. */
    private static long set(SkbContext skb, long from, int size, long flags) {
        if ((flags & ~SET_FLAGS) != 0 || !known(size)) {
            return -Errno.EINVAL;
        }
        byte[] key = Arrays.copyOf(skb.lane().read(from, size), SIZE);
        boolean ipv6 = (flags & IPV6) != 0;
        boolean label = (key[TUNNEL_LABEL_AT] | key[TUNNEL_LABEL_AT + 1] | key[TUNNEL_LABEL_AT + 2] | key[TUNNEL_LABEL_AT + 3]) != 0;
        if (!ipv6 && label && size > LABEL) {
            return -Errno.EINVAL;
        }
        byte[] turned = key.clone();
        System.arraycopy(key, REMOTE, turned, LOCAL, ADDRESS);
        System.arraycopy(key, LOCAL, turned, REMOTE, ADDRESS);
        skb.tunnelKey(turned, ipv6);
        return 0;
    }

    private static long getOptions(SkbContext skb, long to, int size) {
        byte[] options = skb.tunnelOptions();
        boolean there = options.length > 0;
        fill(skb.lane(), to, size, there && options.length <= size ? options : NOTHING);
        return !there ? -Errno.ENOENT : options.length > size ? -Errno.ENOMEM : options.length;
    }

    private static long setOptions(SkbContext skb, long from, int size) {
        if (skb.tunnelKey() == null || size % 4 != 0 || size < 0) {
            return -Errno.EINVAL;
        }
        if (size > MOST_OPTIONS) {
            return -Errno.ENOMEM;
        }
        skb.tunnelOptions(skb.lane().read(from, size));
        return 0;
    }
}
