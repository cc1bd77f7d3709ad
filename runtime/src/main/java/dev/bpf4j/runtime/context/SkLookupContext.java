// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.world.Sockets;
import dev.bpf4j.runtime.world.World;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The context of programs that choose the socket for a packet: {@code struct bpf_sk_lookup}, made from the packet's addresses and ports. The
 * packet itself is not open to the program. Linux {@code net/core/filter.c}, 6.18.
 */
public final class SkLookupContext extends PacketContext {
    /** Verdict: no socket gets the packet. */
    public static final int DROP = 0;
    /** Verdict: the socket that was assigned gets it, or the one that is found as usual. */
    public static final int PASS = 1;

    private static final long REPLACE = 1;
    private static final long NO_REUSEPORT = 2;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int TCP = 6;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private int ifindex;
    private World.@Nullable Socket selected;
    private boolean noReuseport;

    private SkLookupContext(Lane lane) {
        super(lane, LookupField.SIZE);
    }

    /** The lane's lookup context, made at the first call or if the lane had another one. */
    public static SkLookupContext of(Lane lane) {
        return of(lane, SkLookupContext.class, SkLookupContext::new);
    }

    /**
     * Prepares the lane: context, entry registers. Of a frame that is no IP, or too short for ports, what it lacks is 0.
     *
     * @param frame   from the link-layer header on; not copied, so not to be changed until the next {@code prepare}
     * @param ingress number of the interface that it came in on
     * @throws IllegalArgumentException if it is too large
     */
    public void prepare(byte[] frame, int ingress, ByteOrder order) {
        ifindex = ingress;
        place(frame, NO_METADATA, 0, order, 0);
    }

    @Override
    void describe() {
        selected = null;
        noReuseport = false;
        lane().regions().set(Regions.PACKET, data(), 0);
        clearContext();
        int at = ETHERNET_HEADER;
        int version = length() > at ? octet(at) >>> 4 : 0;
        int transport = 0;
        if (version == 4 && length() >= at + IPV4_HEADER) {
            family(AF_INET, octet(at + 9));
            copy(at + 12, 4, LookupField.REMOTE_IP4);
            copy(at + 16, 4, LookupField.LOCAL_IP4);
            transport = at + 4 * (octet(at) & 0xf);
        } else if (version == 6 && length() >= at + IPV6_HEADER) {
            family(AF_INET6, octet(at + 6));
            copy(at + 8, 16, LookupField.REMOTE_IP6);
            copy(at + 24, 16, LookupField.LOCAL_IP6);
            transport = at + IPV6_HEADER;
        }
        if (transport > 0 && length() >= transport + 4) {
            copy(transport, 2, LookupField.REMOTE_PORT);
            field(LookupField.LOCAL_PORT, octet(transport + 2) << 8 | octet(transport + 3));
        }
        field(LookupField.INGRESS_IFINDEX, ifindex);
    }

    private void family(int family, int protocol) {
        field(LookupField.FAMILY, family);
        field(LookupField.PROTOCOL, protocol);
    }

    private int octet(int at) {
        return lane().memory().get(ValueLayout.JAVA_BYTE, data() + at) & 0xff;
    }

    private void copy(int at, int bytes, LookupField to) {
        lane().write(lane().contextBase() + to.offset(), lane().read(data() + at, bytes));
    }

    @Override
    void pointers() {
        // the packet is not open to the program
    }

    /**
     * {@code bpf_sk_assign}: chooses a socket, or none if the address is 0.
     *
     * @param address guest address of a socket
     * @return 0; {@code -ESOCKTNOSUPPORT} if it is none that waits; {@code -EINVAL} for unknown flags; {@code -EPROTOTYPE} or
     *         {@code -EAFNOSUPPORT} if protocol or family are others; {@code -EEXIST} if there is one and it is not to be replaced
     */
    public long choose(long address, long flags) {
        World world = lane().machine().world();
        World.Socket socket = Sockets.at(world, address);
        if ((flags & ~(REPLACE | NO_REUSEPORT)) != 0) {
            return -Errno.EINVAL;
        }
        if (address != 0 && (socket == null || socket.remote() != null || socket.protocol() == TCP && socket
                .state() != World.Socket.LISTEN)) {
            return -Errno.ESOCKTNOSUPPORT;
        }
        if (socket != null && socket.protocol() != field(LookupField.PROTOCOL)) {
            return -Errno.EPROTOTYPE;
        }
        boolean ipv4 = socket != null && socket.local().getAddress().length == 4;
        if (socket != null && ipv4 && field(LookupField.FAMILY) != AF_INET) {
            return -Errno.EAFNOSUPPORT;
        }
        if (selected != null && (flags & REPLACE) == 0) {
            return -Errno.EEXIST;
        }
        selected = socket;
        noReuseport = (flags & NO_REUSEPORT) != 0;
        assign(socket == null ? 0 : socket.cookie());
        wide(LookupField.SK, address);
        return 0;
    }

    @Override
    public String effects() {
        return Effects.join("assigned", selected == null ? null : Long.toUnsignedString(selected.cookie()), "reuseport", noReuseport ? "no"
                : null);
    }

    @Override
    public int ifindex() {
        return ifindex;
    }
}
