// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.GuestBytes;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.world.Sockets;
import dev.bpf4j.runtime.world.World;
import java.net.InetAddress;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The context of programs on sent messages: {@code struct sk_msg_md} and a message. Linux {@code net/core/filter.c}, 6.18.
 *
 * <p>
 * The message lies in one piece, all of it between {@code data} and {@code data_end} and open to the program, until {@code bpf_msg_pull_data}
 * asks for a part. In Linux {@code data} may be less at first, or nothing. It is sent on the first connected TCP socket of the {@link World};
 * without one the addresses are 0.
 */
public final class SkMsgContext extends PacketContext {
    /** Verdict: the message is dropped. */
    public static final int DROP = 0;
    /** Verdict: the message is sent, to {@link #redirect()} if there is one. */
    public static final int PASS = 1;

    private static final int TAILROOM = 20_480;
    private static final int TCP = 6;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;

    private long applied;
    private long corked;
    private long windowStart;
    private long windowEnd;

    private SkMsgContext(Lane lane) {
        super(lane, MsgField.SIZE);
    }

    /** The lane's message context, made at the first call or if the lane had another one. */
    public static SkMsgContext of(Lane lane) {
        return of(lane, SkMsgContext.class, SkMsgContext::new);
    }

    /**
     * Prepares the lane: message, context, entry registers.
     *
     * @param message not copied, so not to be changed until the next {@code prepare}
     * @throws IllegalArgumentException if it is too large
     */
    public void prepare(byte[] message, ByteOrder order) {
        place(message, NO_METADATA, 0, order, TAILROOM);
    }

    @Override
    void describe() {
        applied = 0;
        corked = 0;
        clearContext();
        whole();
        World world = lane().machine().world();
        for (World.Socket socket : world.sockets()) {
            InetAddress remote = socket.remote();
            if (socket.protocol() == TCP && remote != null) {
                socket(socket, remote);
                wide(MsgField.SK, Sockets.address(world, socket.cookie()));
                return;
            }
        }
    }

    private void socket(World.Socket socket, InetAddress remote) {
        byte[] local = socket.local().getAddress();
        boolean ipv4 = local.length == 4;
        field(MsgField.FAMILY, ipv4 ? AF_INET : AF_INET6);
        lane().write(at(ipv4 ? MsgField.LOCAL_IP4 : MsgField.LOCAL_IP6), local);
        lane().write(at(ipv4 ? MsgField.REMOTE_IP4 : MsgField.REMOTE_IP6), remote.getAddress());
        lane().write(at(MsgField.REMOTE_PORT), new byte[] {0, 0, (byte) (socket.remotePort() >>> 8), (byte) socket.remotePort()});
        field(MsgField.LOCAL_PORT, socket.localPort());
    }

    private void whole() {
        windowStart = data();
        windowEnd = end();
        pointers();
    }

    @Override
    void pointers() {
        wide(MsgField.DATA, windowStart);
        wide(MsgField.DATA_END, windowEnd);
        field(MsgField.LENGTH, length());
    }

    /** For how many bytes the verdict holds, as {@code bpf_msg_apply_bytes} said; 0: for this message. */
    public long applied() {
        return applied;
    }

    /** {@code bpf_msg_apply_bytes}. */
    public long apply(long bytes) {
        applied = bytes;
        return 0;
    }

    /** How many bytes are to be there before the program is asked again, as {@code bpf_msg_cork_bytes} said; 0: it did not. */
    public long corked() {
        return corked;
    }

    /** {@code bpf_msg_cork_bytes}. */
    public long cork(long bytes) {
        corked = bytes;
        return 0;
    }

    /**
     * {@code bpf_msg_pull_data}: makes {@code data} and {@code data_end} the bounds of a part of the message.
     *
     * @param start unsigned
     * @param stop  unsigned; behind the part
     * @return 0, or {@code -EINVAL} if there are flags, or the message has no such part
     */
    public long pull(long start, long stop, long flags) {
        if (flags != 0 || stop <= start || stop > length()) {
            return -Errno.EINVAL;
        }
        windowStart = data() + start;
        windowEnd = data() + stop;
        pointers();
        return 0;
    }

    /**
     * {@code bpf_msg_push_data}: puts zeros into the message.
     *
     * @param start unsigned
     * @param bytes unsigned
     * @return 0, {@code -EINVAL} if there are flags or the message ends before, {@code -ENOMEM} if it would be too long
     */
    public long push(long start, long bytes, long flags) {
        if (flags != 0) {
            return -Errno.EINVAL;
        }
        if (bytes == 0) {
            return 0;
        }
        if (start > length()) {
            return -Errno.EINVAL;
        }
        if (end() + bytes > lane().packetBuffer() + GuestLayout.PACKET_BUFFER_MAX) {
            return -Errno.ENOMEM;
        }
        long at = data() + start;
        GuestBytes.copy(lane().memory(), at, lane().memory(), at + bytes, end() - at);
        GuestBytes.clear(lane().memory(), at, bytes);
        bounds(data(), data(), end() + bytes);
        whole();
        return 0;
    }

    /**
     * {@code bpf_msg_pop_data}: takes bytes out of the message.
     *
     * @param start unsigned
     * @param bytes unsigned
     * @return 0, or {@code -EINVAL} if there are flags or the message does not have them
     */
    public long pop(long start, long bytes, long flags) {
        if (flags != 0 || bytes != 0 && start + bytes > length()) {
            return -Errno.EINVAL;
        }
        if (bytes == 0) {
            return 0;
        }
        long at = data() + start;
        GuestBytes.copy(lane().memory(), at + bytes, lane().memory(), at, end() - at - bytes);
        bounds(data(), data(), end() - bytes);
        whole();
        return 0;
    }

    /** The part that the program was given last. */
    public byte[] window() {
        return lane().read(windowStart, Math.toIntExact(windowEnd - windowStart));
    }

    @Override
    public String effects() {
        Redirect to = redirect();
        return Effects.join("apply", applied == 0 ? null : applied, "cork", corked == 0 ? null : corked, "redirect", to == null ? null
                : name(to));
    }

    private static @Nullable String name(Redirect to) {
        return to.map() == null ? null : to.map().definition().name() + "[" + Long.toUnsignedString(to.key()) + "]";
    }

    @Override
    long networkHeader() {
        return data();
    }
}
