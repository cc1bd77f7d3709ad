// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

/**
 * A packet of a capture.
 *
 * @param seconds        time of the capture, seconds since 1970; may be negative in a pcapng with an offset
 * @param nanos          the rest of that time, 0 to 999,999,999. A pcap whose fraction of a second is larger is carried into the seconds
 * @param linkType       {@code LINKTYPE_*} number of the packet's first header; {@link #ETHERNET} for Ethernet
 * @param originalLength bytes that the packet had on the wire, 0 to 2^32 - 1; more than were captured if it was cut off
 * @param bytes          the bytes that were captured; the array itself, not a copy
 */
public record CapturedPacket(long seconds, int nanos, int linkType, long originalLength, byte[] bytes) {
    /** {@code LINKTYPE_ETHERNET}. */
    public static final int ETHERNET = 1;

    /** This packet with other bytes, as a program left it. What was cut off by the capture stays cut off. */
    public CapturedPacket with(byte[] changed) {
        long cutOff = Math.max(0, originalLength - bytes.length);
        return new CapturedPacket(seconds, nanos, linkType, changed.length + cutOff, changed);
    }
}
