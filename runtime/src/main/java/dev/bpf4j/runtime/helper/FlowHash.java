// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import java.util.Arrays;

/**
 * A packet's flow hash: equal for packets of one flow. Linux hashes the same fields with a secret seed, so no program can rely on more.
 */
final class FlowHash {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;

    private FlowHash() {
    }

    /**
     * The hash, never 0.
     *
     * @param packet from the network header on; 64 bytes are enough for most
     */
    static int of(byte[] packet) {
        int version = packet.length == 0 ? 0 : packet[0] >> 4 & 0xf;
        byte[] flow = version == 4 && packet.length >= IPV4_HEADER ? ipv4(packet)
                : version == 6 && packet.length >= IPV6_HEADER ? flow(packet, 8, 40, packet[6], IPV6_HEADER) : packet;
        int hash = Arrays.hashCode(flow) * 0x9e37_79b9;
        return hash == 0 ? 1 : hash ^ hash >>> 16;
    }

    private static byte[] ipv4(byte[] packet) {
        boolean fragment = (packet[6] & 0x3f | packet[7]) != 0;
        return flow(packet, 12, 20, fragment ? 0 : packet[9], 4 * (packet[0] & 0xf));
    }

    /** Addresses, protocol, and the ports where they follow. */
    private static byte[] flow(byte[] packet, int from, int to, byte protocol, int header) {
        byte[] flow = Arrays.copyOf(Arrays.copyOfRange(packet, from, to), to - from + 5);
        flow[to - from] = protocol;
        boolean ports = switch (protocol & 0xff) {
            case TCP, UDP, SCTP -> packet.length >= header + 4;
            default -> false;
        };
        if (ports) {
            System.arraycopy(packet, header, flow, to - from + 1, 4);
        }
        return flow;
    }
}
