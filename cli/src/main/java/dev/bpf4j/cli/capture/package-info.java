// SPDX-License-Identifier: Apache-2.0
/**
 * Packet captures: reading pcap and pcapng, writing pcap. Pure Java, streaming, in constant memory.
 *
 * <p>
 * A reader is opened on a file or a stream, finds out the format by itself, and gives one packet after the other:
 *
 * {@snippet :
 * try (CaptureReader capture = CaptureReader.open(Path.of("traffic.pcap"));
 *         PcapWriter copy = PcapWriter.create(Path.of("copy.pcap"), capture.nanoseconds())) {
 *     for (CapturedPacket packet = capture.next(); packet != null; packet = capture.next()) {
 *         copy.write(packet);
 *     }
 * }
 * }
 *
 * Whatever bytes a file holds, reading ends with packets or with a {@link dev.bpf4j.cli.capture.CaptureException} that names file
 * and offset. No field of a file makes a reader allocate more than {@link dev.bpf4j.cli.capture.CaptureReader#MAX_PACKET} bytes at once.
 *
 * <p>
 * Formats: draft-ietf-opsawg-pcap (classic, microseconds and nanoseconds, both byte orders) and draft-ietf-opsawg-pcapng.
 */
@NullMarked
package dev.bpf4j.cli.capture;

import org.jspecify.annotations.NullMarked;
