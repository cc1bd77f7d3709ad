// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.world;

import dev.bpf4j.runtime.GuestLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of a {@link World} as programs see them: {@code struct bpf_sock} at fixed guest addresses, read-only. Socket {@code i} lies at
 * {@code SOCKETS + i * SIZE}. The fields are those of {@code include/uapi/linux/bpf.h}, little-endian.
 */
public final class Sockets {
    /** Distance of two sockets in bytes. */
    public static final int SIZE = 128;
    /** Bytes of {@code struct bpf_sock}. */
    private static final int STRUCT = 80;

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int TCP = 6;
    private static final int SRC_IP4 = 24;
    private static final int SRC_IP6 = 28;
    private static final int DST_IP4 = 52;
    private static final int DST_IP6 = 56;
    private static final int IP4_BYTES = 4;

    private Sockets() {
    }

    /** Bytes that the sockets of a world take. */
    public static long bytes(World world) {
        return world.sockets().isEmpty() ? 0 : (world.sockets().size() - 1L) * SIZE + STRUCT;
    }

    /** Writes the sockets of a world into guest space. */
    public static void fill(World world, MemorySegment memory) {
        for (int i = 0; i < world.sockets().size(); i++) {
            byte[] image = image(world.sockets().get(i));
            MemorySegment.copy(image, 0, memory, ValueLayout.JAVA_BYTE, GuestLayout.SOCKETS + (long) i * SIZE, image.length);
        }
    }

    private static byte[] image(World.Socket socket) {
        ByteBuffer image = ByteBuffer.allocate(STRUCT).order(ByteOrder.LITTLE_ENDIAN);
        image.putInt(0, socket.ifindex()).putInt(4, socket.local().getAddress().length == IP4_BYTES ? AF_INET : AF_INET6);
        image.putInt(8, socket.protocol() == TCP ? SOCK_STREAM : SOCK_DGRAM).putInt(12, socket.protocol());
        image.putInt(16, socket.mark()).putInt(20, socket.priority());
        address(image, socket.local(), SRC_IP4, SRC_IP6);
        image.putInt(44, socket.localPort());
        image.putShort(48, Short.reverseBytes((short) socket.remotePort()));
        InetAddress remote = socket.remote();
        if (remote != null) {
            address(image, remote, DST_IP4, DST_IP6);
        }
        image.putInt(72, socket.state()).putInt(76, -1);
        return image.array();
    }

    private static void address(ByteBuffer image, InetAddress address, int ip4, int ip6) {
        byte[] bytes = address.getAddress();
        image.put(bytes.length == IP4_BYTES ? ip4 : ip6, bytes);
    }

    /** Guest address of the socket with a cookie; 0 if there is none. */
    public static long address(World world, long cookie) {
        List<World.Socket> sockets = world.sockets();
        for (int i = 0; i < sockets.size(); i++) {
            if (sockets.get(i).cookie() == cookie) {
                return GuestLayout.SOCKETS + (long) i * SIZE;
            }
        }
        return 0;
    }

    /** The socket at a guest address; null if none lies there. */
    public static World.@Nullable Socket at(World world, long address) {
        long distance = address - GuestLayout.SOCKETS;
        boolean there = distance >= 0 && distance % SIZE == 0 && distance / SIZE < world.sockets().size();
        return there ? world.sockets().get((int) (distance / SIZE)) : null;
    }

    /** The cookie of the socket at a guest address; 0 if none lies there. */
    public static long cookie(World world, long address) {
        World.Socket socket = at(world, address);
        return socket == null ? 0 : socket.cookie();
    }

    /**
     * The socket that a packet is for: a connected one, else one that waits on its address, else one that waits on every address.
     *
     * @param protocol 6 or 17
     * @return guest address, or 0
     */
    public static long lookup(World world, int protocol, InetAddress source, int sourcePort, InetAddress target, int targetPort) {
        World.Socket best = null;
        int bestRank = 0;
        for (World.Socket socket : world.sockets()) {
            int rank = socket.protocol() == protocol && socket.localPort() == targetPort ? rank(socket, source, sourcePort, target) : 0;
            if (rank > bestRank) {
                best = socket;
                bestRank = rank;
            }
        }
        return best == null ? 0 : address(world, best.cookie());
    }

    private static int rank(World.Socket socket, InetAddress source, int sourcePort, InetAddress target) {
        byte[] local = socket.local().getAddress();
        boolean every = Arrays.equals(local, new byte[local.length]) && (local.length == target.getAddress().length || local.length == 16);
        boolean here = socket.local().equals(target);
        if (!here && !every) {
            return 0;
        }
        if (socket.remote() != null) {
            return socket.remote().equals(source) && socket.remotePort() == sourcePort ? 3 : 0;
        }
        return here ? 2 : 1;
    }
}
