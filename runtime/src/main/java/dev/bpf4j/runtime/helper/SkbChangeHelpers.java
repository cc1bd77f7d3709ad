// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.HelperFunction;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.SkbField;
import java.util.Map;

/** Helpers that make a socket buffer longer, shorter or another one. Linux {@code net/core/filter.c}, {@code net/core/skbuff.c}. */
final class SkbChangeHelpers {
    private static final int ETH_P_IP = 0x0800;
    private static final int ETH_P_IPV6 = 0x86dd;
    private static final int ETH_P_8021Q = 0x8100;
    private static final int ETH_P_8021AD = 0x88a8;
    private static final int IP4_HEADER = 20;
    private static final int IP6_HEADER = 40;
    private static final int TAG = 4;
    private static final int TAG_AT = 12;
    private static final long NO_SUPPORT = 524;
    private static final int LARGEST_STEP = 0xfff;
    private static final int OTHER_HOST = 3;

    private static final long ROOM_NET = 0;
    private static final long ROOM_MAC = 1;
    private static final long ENCAP_IP4 = 1 << 1;
    private static final long ENCAP_IP6 = 1 << 2;
    private static final long ENCAP_GRE = 1 << 3;
    private static final long ENCAP_UDP = 1 << 4;
    private static final long DECAP_IP4 = 1 << 7;
    private static final long DECAP_IP6 = 1 << 8;
    private static final long ROOM_FLAGS = 0x1ff | 0xffL << 56;

    private SkbChangeHelpers() {
    }

    static void register(Map<String, HelperFunction> all) {
        SkbHelpers.put(all, "skb_change_tail", (skb, r2, r3, r4, r5) -> changeTail(skb, (int) r2, r3));
        SkbHelpers.put(all, "skb_change_head", (skb, r2, r3, r4, r5) -> changeHead(skb, (int) r2, r3));
        SkbHelpers.put(all, "skb_adjust_room", (skb, r2, r3, r4, r5) -> adjustRoom(skb, (int) r2, r3 & 0xffff_ffffL, r4));
        SkbHelpers.put(all, "skb_change_proto", (skb, r2, r3, r4, r5) -> changeProtocol(skb, (int) r2 & 0xffff, r3));
        SkbHelpers.put(all, "skb_change_type", (skb, r2, r3, r4, r5) -> changeType(skb, (int) r2));
        SkbHelpers.put(all, "skb_vlan_push", (skb, r2, r3, r4, r5) -> pushTag(skb, (int) r2 & 0xffff, (int) r3 & 0xffff));
        SkbHelpers.put(all, "skb_vlan_pop", (skb, r2, r3, r4, r5) -> popTag(skb));
        SkbHelpers.put(all, "csum_update", (skb, r2, r3, r4, r5) -> -NO_SUPPORT);
        SkbHelpers.put(all, "csum_level", (skb, r2, r3, r4, r5) -> level(r2));
        SkbHelpers.put(all, "skb_ecn_set_ce", (skb, r2, r3, r4, r5) -> congestion(skb));
        SkbHelpers.put(all, "skb_set_tstamp", (skb, r2, r3, r4, r5) -> timestamp(skb, r2, r3 & 0xffff_ffffL));
    }

    private static long changeTail(SkbContext skb, int length, long flags) {
        if (flags != 0 || Integer.compareUnsigned(length, SkbContext.LONGEST) > 0 || length < skb.networkOffset()) {
            return -Errno.EINVAL;
        }
        skb.tail(length);
        return 0;
    }

    private static long changeHead(SkbContext skb, int room, long flags) {
        if (flags != 0 || room < 0 || (long) skb.length() + room > SkbContext.LONGEST) {
            return -Errno.EINVAL;
        }
        skb.pushLinkHeader(room);
        return 0;
    }

    private static int headerLength(int protocol) {
        return protocol == ETH_P_IP ? IP4_HEADER : protocol == ETH_P_IPV6 ? IP6_HEADER : -1;
    }

    private static long adjustRoom(SkbContext skb, int difference, long mode, long flags) {
        int protocol = skb.protocol();
        boolean shrink = difference < 0;
        int step = Math.abs(difference);
        if ((flags & ~ROOM_FLAGS) != 0) {
            return -Errno.EINVAL;
        }
        if (step < 0 || step > LARGEST_STEP) {
            return -Errno.EFAULT;
        }
        int header = headerLength(protocol);
        if (header < 0 || mode != ROOM_NET && mode != ROOM_MAC) {
            return -NO_SUPPORT;
        }
        int least = header;
        long decap = flags & (DECAP_IP4 | DECAP_IP6);
        if (decap != 0) {
            if (!shrink || decap == (DECAP_IP4 | DECAP_IP6)) {
                return -Errno.EINVAL;
            }
            least = decap == DECAP_IP4 ? IP4_HEADER : IP6_HEADER;
        }
        int network = skb.length() - skb.networkOffset();
        if (shrink ? step >= network || network - step < least : (long) skb.length() + step > SkbContext.LONGEST) {
            return -NO_SUPPORT;
        }
        int at = skb.networkOffset() + (mode == ROOM_NET ? header : 0);
        return shrink ? shrink(skb, at, step, decap) : grow(skb, at, step, flags);
    }

    private static long grow(SkbContext skb, int at, int step, long flags) {
        long outer = flags & (ENCAP_IP4 | ENCAP_IP6);
        if (outer == (ENCAP_IP4 | ENCAP_IP6) || (flags & (ENCAP_GRE | ENCAP_UDP)) == (ENCAP_GRE | ENCAP_UDP)) {
            return -Errno.EINVAL;
        }
        skb.insert(at, step);
        if (outer != 0) {
            skb.protocol(outer == ENCAP_IP4 ? ETH_P_IP : ETH_P_IPV6);
        }
        return 0;
    }

    private static long shrink(SkbContext skb, int at, int step, long decap) {
        skb.remove(at, step);
        if (decap != 0) {
            skb.protocol(decap == DECAP_IP4 ? ETH_P_IP : ETH_P_IPV6);
        }
        return 0;
    }

    /** IPv4 to IPv6 and back: room for the larger header, whose contents the program writes. */
    private static long changeProtocol(SkbContext skb, int networkOrder, long flags) {
        int wanted = skb.fromNetworkOrder(networkOrder);
        int now = skb.protocol();
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        if (now == ETH_P_IP && wanted == ETH_P_IPV6) {
            skb.insert(skb.networkOffset(), IP6_HEADER - IP4_HEADER);
        } else if (now == ETH_P_IPV6 && wanted == ETH_P_IP) {
            if (skb.length() < skb.networkOffset() + IP6_HEADER - IP4_HEADER) {
                return -Errno.ENOMEM;
            }
            skb.remove(skb.networkOffset(), IP6_HEADER - IP4_HEADER);
        } else {
            return -NO_SUPPORT;
        }
        skb.protocol(wanted);
        return 0;
    }

    private static long changeType(SkbContext skb, int type) {
        if (Integer.compareUnsigned(type, OTHER_HOST) > 0 || Integer.compareUnsigned(skb.get(SkbField.PKT_TYPE), OTHER_HOST) > 0) {
            return -Errno.EINVAL;
        }
        skb.set(SkbField.PKT_TYPE, type);
        return 0;
    }

    private static boolean isTag(int protocol) {
        return protocol == ETH_P_8021Q || protocol == ETH_P_8021AD;
    }

    /** The innermost tag stands beside the packet; one that stood there before goes into it. */
    private static long pushTag(SkbContext skb, int networkOrder, int tag) {
        int protocol = skb.fromNetworkOrder(networkOrder);
        if (skb.get(SkbField.VLAN_PRESENT) != 0) {
            int before = skb.fromNetworkOrder(skb.get(SkbField.VLAN_PROTO) & 0xffff);
            skb.insertTag(TAG_AT, before, skb.get(SkbField.VLAN_TCI));
            skb.protocol(before);
        }
        tag(skb, isTag(protocol) ? protocol : ETH_P_8021Q, tag);
        return 0;
    }

    private static void tag(SkbContext skb, int protocol, int tag) {
        skb.set(SkbField.VLAN_PRESENT, 1);
        skb.set(SkbField.VLAN_PROTO, skb.toNetworkOrder(protocol));
        skb.set(SkbField.VLAN_TCI, tag);
    }

    private static long popTag(SkbContext skb) {
        if (skb.get(SkbField.VLAN_PRESENT) != 0) {
            skb.set(SkbField.VLAN_PRESENT, 0);
            skb.set(SkbField.VLAN_PROTO, 0);
            skb.set(SkbField.VLAN_TCI, 0);
        } else if (!isTag(skb.protocol())) {
            return 0;
        } else if (take(skb) < 0) {
            return -Errno.ENOMEM;
        }
        int protocol = skb.protocol();
        if (isTag(protocol)) {
            int tag = take(skb);
            if (tag < 0) {
                return -Errno.ENOMEM;
            }
            tag(skb, protocol, tag);
        }
        return 0;
    }

    /** Takes the outermost tag out of the packet; gives it, or -1 if the packet is too short. */
    private static int take(SkbContext skb) {
        if (skb.length() < TAG_AT + TAG + 2) {
            return -1;
        }
        int tag = skb.bigEndian(TAG_AT + 2);
        skb.remove(TAG_AT, TAG);
        skb.protocol(skb.bigEndian(TAG_AT));
        return tag;
    }

    /** Checksums are never offloaded here: there is no level to tell. */
    private static long level(long what) {
        return what == 0 ? -Errno.EACCES : what > 3 || what < 0 ? -Errno.EINVAL : 0;
    }

    /** The protocol behind VLAN tags. Like Linux, the helper then takes the first tag for the header. */
    private static int innerProtocol(SkbContext skb) {
        int protocol = skb.protocol();
        for (int at = skb.networkOffset(); isTag(protocol) && at + TAG <= skb.length(); at += TAG) {
            protocol = skb.bigEndian(at + 2);
        }
        return protocol;
    }

    private static long congestion(SkbContext skb) {
        int at = skb.networkOffset();
        int protocol = innerProtocol(skb);
        boolean ip4 = protocol == ETH_P_IP && skb.length() >= at + IP4_HEADER;
        boolean ip6 = protocol == ETH_P_IPV6 && skb.length() >= at + IP6_HEADER;
        if (!ip4 && !ip6) {
            return 0;
        }
        int before = skb.bigEndian(at);
        int shift = ip4 ? 0 : 4;
        int marked = before | 3 << shift;
        if ((before >> shift & 3) == 0) {
            return 0;
        }
        skb.bigEndian(at, marked);
        if (ip4) {
            skb.bigEndian(at + 10, Checksum.replace2(skb.bigEndian(at + 10), before, marked));
        }
        return 1;
    }

    private static long timestamp(SkbContext skb, long time, long type) {
        int protocol = skb.protocol();
        if (protocol != ETH_P_IP && protocol != ETH_P_IPV6) {
            return -Errno.EOPNOTSUPP;
        }
        if (type > 1 || (type == 0) != (time == 0)) {
            return -Errno.EINVAL;
        }
        skb.timestamp(time, (int) type);
        return 0;
    }
}
