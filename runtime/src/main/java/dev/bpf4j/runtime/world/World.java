// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.world;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A description of a machine's surroundings. Numbers are Linux's.
 *
 * @param task       what runs on every CPU
 * @param interfaces network interfaces; if there are none, every positive number is taken for one of an Ethernet interface without an address
 * @param routes     the routing table; the longest prefix wins, among equals the first
 * @param neighbours link-layer addresses
 * @param sockets    open sockets
 */
public record World(Task task, List<Interface> interfaces, List<Route> routes, List<Neighbour> neighbours, List<Socket> sockets) {
    /** Bytes of a link-layer address. */
    private static final int MAC = 6;
    private static final int MOST_SOCKETS = 65_536;

    /** A task with number 1 of root, and nothing else. */
    public static final World STANDARD = new World(Task.STANDARD, List.of(), List.of(), List.of(), List.of());

    /**
     * The current task.
     *
     * @param pid         its number, a thread's; what the lower half of {@code bpf_get_current_pid_tgid} is
     * @param tgid        its process; the upper half
     * @param uid         user
     * @param gid         group
     * @param comm        name; at most 15 bytes are seen
     * @param cgroups     ids of its control groups from the root to its own; at least one
     * @param kernelStack return addresses, innermost first, as {@code bpf_get_stackid} sees them
     * @param userStack   the same with {@code BPF_F_USER_STACK}
     * @param bytes       what lies at the address that {@code bpf_get_current_task} gives; zeros follow
     */
    public record Task(int pid, int tgid, int uid, int gid, String comm, List<Long> cgroups, List<Long> kernelStack, List<Long> userStack,
            List<Byte> bytes) {
        /** Number 1 of root, named bpf4j, in the root's control group. */
        public static final Task STANDARD = new Task(1, 1, 0, 0, "bpf4j", List.of(1L));

        /** A task without stacks and contents. */
        public Task(int pid, int tgid, int uid, int gid, String comm, List<Long> cgroups) {
            this(pid, tgid, uid, gid, comm, cgroups, List.of(), List.of(), List.of());
        }

        /** @throws IllegalArgumentException if there is no control group */
        public Task {
            cgroups = List.copyOf(cgroups);
            kernelStack = List.copyOf(kernelStack);
            userStack = List.copyOf(userStack);
            bytes = List.copyOf(bytes);
            if (cgroups.isEmpty()) {
                throw new IllegalArgumentException("a task has at least one control group, the root's");
            }
        }

        /** The id of its control group. */
        public long cgroup() {
            return cgroups.getLast();
        }
    }

    /**
     * A network interface.
     *
     * @param index from 1
     * @param name  for people
     * @param mac   its link-layer address, 6 bytes
     * @param mtu   most bytes of a packet on it, link-layer header not counted
     */
    public record Interface(int index, String name, List<Byte> mac, int mtu) {
        /** @throws IllegalArgumentException if the number is not positive, or the address has not 6 bytes */
        public Interface {
            mac = List.copyOf(mac);
            if (index < 1 || mac.size() != MAC) {
                throw new IllegalArgumentException("interface " + name + " has number " + index + " and an address of " + mac.size()
                        + " bytes, expected a positive number and " + MAC + " bytes");
            }
        }
    }

    /**
     * A route.
     *
     * @param to        the destination's network
     * @param prefix    length of its prefix in bits
     * @param ifindex   where packets go out; of no matter unless it is a unicast route
     * @param via       next hop; null: the destination itself
     * @param source    preferred source address; null: none
     * @param kind      what becomes of packets
     * @param mtu       path MTU; 0: that of the interface
     */
    public record Route(InetAddress to, int prefix, int ifindex, @Nullable InetAddress via, @Nullable InetAddress source, Kind kind,
            int mtu) {
        /** What becomes of packets that a route takes. */
        public enum Kind {
            /** They are sent on. */
            UNICAST,
            /** They are for this host. */
            LOCAL,
            /** They are dropped without a word. */
            BLACKHOLE,
            /** They are dropped, the sender is told. */
            UNREACHABLE,
            /** They are forbidden. */
            PROHIBIT
        }

        /** @throws IllegalArgumentException if the prefix is longer than the address */
        public Route {
            if (prefix < 0 || prefix > 8 * to.getAddress().length) {
                throw new IllegalArgumentException("a route to " + to.getHostAddress() + " has a prefix of 0 to " + 8 * to
                        .getAddress().length + " bits, not " + prefix);
            }
        }

        /** Whether an address lies in its network. */
        public boolean takes(InetAddress address) {
            byte[] wanted = address.getAddress();
            byte[] network = to.getAddress();
            if (wanted.length != network.length) {
                return false;
            }
            for (int bit = 0; bit < prefix; bit++) {
                if (((wanted[bit / 8] ^ network[bit / 8]) & 0x80 >>> bit % 8) != 0) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * A neighbour on a link.
     *
     * @param ifindex the interface
     * @param address its address
     * @param mac     its link-layer address, 6 bytes
     */
    public record Neighbour(int ifindex, InetAddress address, List<Byte> mac) {
        /** @throws IllegalArgumentException if the link-layer address has not 6 bytes */
        public Neighbour {
            mac = List.copyOf(mac);
            if (mac.size() != MAC) {
                throw new IllegalArgumentException("a link-layer address has " + MAC + " bytes, not " + mac.size());
            }
        }
    }

    /**
     * A socket.
     *
     * @param cookie     what {@code bpf_get_socket_cookie} gives; not 0
     * @param protocol   6 for TCP, 17 for UDP
     * @param state      as in Linux: 1 established, 10 listening
     * @param local      local address
     * @param localPort  local port
     * @param remote     remote address; null: not connected
     * @param remotePort remote port
     * @param ifindex    interface that it is bound to; 0: none
     * @param mark       its mark
     * @param priority   its priority
     */
    public record Socket(long cookie, int protocol, int state, InetAddress local, int localPort, @Nullable InetAddress remote,
            int remotePort, int ifindex, int mark, int priority) {
        /** State of a TCP socket that waits for connections. */
        public static final int LISTEN = 10;
        /** State of a connected socket; also of every UDP socket. */
        public static final int ESTABLISHED = 1;

        /** A socket that waits. */
        public static Socket listening(long cookie, int protocol, InetAddress local, int port) {
            return new Socket(cookie, protocol, protocol == 6 ? LISTEN : ESTABLISHED, local, port, null, 0, 0, 0, 0);
        }

        /** A connected socket. */
        public static Socket connected(long cookie, int protocol, InetAddress local, int localPort, InetAddress remote, int remotePort) {
            return new Socket(cookie, protocol, ESTABLISHED, local, localPort, remote, remotePort, 0, 0, 0);
        }

        /** @throws IllegalArgumentException if a number is out of range */
        public Socket {
            if (cookie == 0 || localPort >>> 16 != 0 || remotePort >>> 16 != 0) {
                throw new IllegalArgumentException("a socket has a cookie other than 0 and ports from 0 to 65535, not " + cookie + ", "
                        + localPort + " and " + remotePort);
            }
        }
    }

    /** @throws IllegalArgumentException if there are more than 65,536 sockets, or two with one cookie */
    public World {
        interfaces = List.copyOf(interfaces);
        routes = List.copyOf(routes);
        neighbours = List.copyOf(neighbours);
        sockets = List.copyOf(sockets);
        if (sockets.size() > MOST_SOCKETS || sockets.stream().map(Socket::cookie).distinct().count() != sockets.size()) {
            throw new IllegalArgumentException("there are at most " + MOST_SOCKETS + " sockets, each with a cookie of its own");
        }
    }

    /** Whether there is an interface with this number. */
    public boolean hasInterface(int index) {
        return index > 0 && (interfaces.isEmpty() || find(index) != null);
    }

    /** The interface with this number; null if none is described. */
    public @Nullable Interface find(int index) {
        for (Interface candidate : interfaces) {
            if (candidate.index() == index) {
                return candidate;
            }
        }
        return null;
    }

    /** The route that a packet to an address takes; null if there is none. */
    public @Nullable Route route(InetAddress to) {
        Route best = null;
        for (Route route : routes) {
            if (route.takes(to) && (best == null || route.prefix() > best.prefix())) {
                best = route;
            }
        }
        return best;
    }

    /** The link-layer address of a neighbour; null if it is not known. */
    public @Nullable Neighbour neighbour(int ifindex, InetAddress address) {
        for (Neighbour neighbour : neighbours) {
            if (neighbour.ifindex() == ifindex && neighbour.address().equals(address)) {
                return neighbour;
            }
        }
        return null;
    }

    /** This world with another task. */
    public World withTask(Task other) {
        return new World(other, interfaces, routes, neighbours, sockets);
    }

    /** This world with these interfaces only. */
    public World withInterfaces(Interface... others) {
        return new World(task, List.of(others), routes, neighbours, sockets);
    }

    /** This world with these routes only. */
    public World withRoutes(Route... others) {
        return new World(task, interfaces, List.of(others), neighbours, sockets);
    }

    /** This world with these neighbours only. */
    public World withNeighbours(Neighbour... others) {
        return new World(task, interfaces, routes, List.of(others), sockets);
    }

    /** This world with these sockets only. */
    public World withSockets(Socket... others) {
        return new World(task, interfaces, routes, neighbours, List.of(others));
    }
}
