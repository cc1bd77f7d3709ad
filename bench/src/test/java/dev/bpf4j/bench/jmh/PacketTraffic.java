// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Packets of {@value #BYTES} bytes, from the Ethernet header on, for the services of the examples' maps. */
enum PacketTraffic {
    /** UDP of 64 flows: the load balancer remembers nothing. */
    UDP("UDP, 64 flows", false),
    /** TCP of connections that the load balancer knows. */
    ESTABLISHED("TCP, 12 known flows", false),
    /** The same without payload: the load balancer cuts the padding off. */
    PADDED("TCP, 12 known flows, padded", false),
    /** Opened, used and closed: the load balancer adds and removes connections. */
    OPENED_AND_CLOSED("TCP: SYN, ACK, FIN of 8 flows", true),
    /** Opened again and again: the load balancer updates a connection with every packet. */
    REOPENED("TCP: SYN of 12 known flows", true);

    /** Bytes of a packet. */
    static final int BYTES = 64;

    private static final int ETHERNET = 14;
    private static final int IPV4 = 20;
    private static final int TCP = 6;
    private static final int UDP_NUMBER = 17;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final int FIN = 1;
    private static final int FLOWS = 64;
    private static final int KNOWN = 12;
    private static final int OPEN = 8;
    private static final int WEB = 0xc000_0250;
    private static final int NAMES = 0xc000_0235;
    private static final int CLIENTS = 0xc633_6400;

    private final String label;
    private final boolean changesTables;

    PacketTraffic(String label, boolean changesTables) {
        this.label = label;
        this.changesTables = changesTables;
    }

    /** For people. */
    String label() {
        return label;
    }

    /** Whether the load balancer's program changes a table. */
    boolean changesTables() {
        return changesTables;
    }

    /** What is sent once before. */
    List<byte[]> before() {
        return switch (this) {
            case UDP, OPENED_AND_CLOSED -> List.of();
            case ESTABLISHED, PADDED, REOPENED -> tcp(KNOWN, SYN, false);
        };
    }

    /** What is sent over and over. */
    List<byte[]> packets() {
        return switch (this) {
            case UDP -> {
                List<byte[]> all = new ArrayList<>();
                for (int flow = 0; flow < FLOWS; flow++) {
                    all.add(packet(UDP_NUMBER, flow, 0, BYTES - ETHERNET));
                }
                yield all;
            }
            case ESTABLISHED -> tcp(KNOWN, ACK, false);
            case PADDED -> tcp(KNOWN, ACK, true);
            case OPENED_AND_CLOSED -> {
                List<byte[]> all = tcp(OPEN, SYN, false);
                all.addAll(tcp(OPEN, ACK, false));
                all.addAll(tcp(OPEN, FIN | ACK, false));
                yield all;
            }
            case REOPENED -> tcp(KNOWN, SYN, false);
        };
    }

    private static List<byte[]> tcp(int flows, int flags, boolean padded) {
        List<byte[]> all = new ArrayList<>();
        for (int flow = 0; flow < flows; flow++) {
            all.add(packet(TCP, flow, flags, padded ? 2 * IPV4 : BYTES - ETHERNET));
        }
        return all;
    }

    private static byte[] packet(int protocol, int flow, int flags, int length) {
        ByteBuffer packet = ByteBuffer.allocate(BYTES);
        packet.put(new byte[] {2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2}).putShort((short) 0x800);
        packet.put((byte) 0x45).put((byte) 0).putShort((short) length).putInt(0).put((byte) 64).put((byte) protocol).putShort((short) 0);
        packet.putInt(CLIENTS + 1 + flow).putInt(protocol == TCP ? WEB : NAMES);
        packet.putShort((short) (40_000 + flow)).putShort((short) (protocol == TCP ? 80 : 53));
        if (protocol == TCP) {
            packet.putLong(0).put((byte) 0x50).put((byte) flags).putShort((short) 0xffff).putInt(0);
        } else {
            packet.putShort((short) (length - IPV4)).putShort((short) 0);
        }
        return packet.array();
    }
}
