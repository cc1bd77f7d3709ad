// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import static dev.bpf4j.cli.capture.CaptureBytes.fields;
import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading of captures: what is right gives packets, what is wrong gives a message with the offset. */
class CaptureReaderTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("bpf4j.root"), "examples");
    private static final byte[] DATA = {1, 2, 3, 4, 5};

    static List<CapturedPacket> read(CaptureReader capture) throws IOException {
        List<CapturedPacket> all = new ArrayList<>();
        try (capture) {
            for (CapturedPacket packet = capture.next(); packet != null; packet = capture.next()) {
                all.add(packet);
            }
        }
        return all;
    }

    private static List<CapturedPacket> read(CaptureBytes bytes) throws IOException {
        return read(CaptureReader.of(new ByteArrayInputStream(bytes.array()), "test.cap"));
    }

    private static void rejected(CaptureBytes bytes, String message) {
        assertThatThrownBy(() -> read(bytes)).isInstanceOf(CaptureException.class).hasMessage("test.cap: " + message);
    }

    private static CaptureBytes pcap() {
        return new CaptureBytes(LITTLE_ENDIAN).pcapHeader(0xa1b2_c3d4, 1);
    }

    private static CaptureBytes pcapng() {
        return new CaptureBytes(BIG_ENDIAN).section();
    }

    @Test
    void theThreeCapturesOfTheExamplesHoldTheSamePackets() throws IOException {
        List<CapturedPacket> micro = read(CaptureReader.open(EXAMPLES.resolve("traffic.pcap")));
        List<CapturedPacket> nano = read(CaptureReader.open(EXAMPLES.resolve("traffic-ns.pcap")));
        List<CapturedPacket> blocks = read(CaptureReader.open(EXAMPLES.resolve("traffic.pcapng")));
        assertThat(micro).hasSize(333).allSatisfy(packet -> assertThat(packet.linkType()).isEqualTo(CapturedPacket.ETHERNET));
        assertThat(nano).hasSameSizeAs(micro);
        assertThat(blocks).hasSameSizeAs(micro);
        for (int i = 0; i < micro.size(); i++) {
            assertThat(nano.get(i).bytes()).as("packet %d", i + 1).isEqualTo(micro.get(i).bytes());
            assertThat(blocks.get(i).bytes()).as("packet %d", i + 1).isEqualTo(micro.get(i).bytes());
            assertThat(nano.get(i).seconds()).isEqualTo(micro.get(i).seconds());
            assertThat(nano.get(i).nanos() / 1000 * 1000).isEqualTo(micro.get(i).nanos());
            assertThat(blocks.get(i).originalLength()).isEqualTo(micro.get(i).originalLength());
        }
    }

    @ParameterizedTest
    @CsvSource({"a1b2c3d4, LITTLE, 1000, false", "a1b2c3d4, BIG, 1000, false", "a1b23c4d, LITTLE, 1, true", "a1b23c4d, BIG, 1, true"})
    void pcapInAllFourVariants(String magic, String order, int unit, boolean nanoseconds) throws IOException {
        CaptureBytes bytes = new CaptureBytes(order.equals("BIG") ? ByteOrder.BIG_ENDIAN : LITTLE_ENDIAN)
                .pcapHeader(Integer.parseUnsignedInt(magic, 16), 113).pcapPacket(0xffff_fff0L, 999_999, 9000, DATA).pcapPacket(7, 0, 0);
        CaptureReader capture = CaptureReader.of(new ByteArrayInputStream(bytes.array()), "test.cap");
        assertThat(capture.nanoseconds()).isEqualTo(nanoseconds);
        List<CapturedPacket> packets = read(capture);
        assertThat(packets).hasSize(2);
        assertThat(fields(packets.getFirst())).containsExactly(0xffff_fff0L, 999_999 * unit, 113, 9000L, Arrays.toString(DATA));
        assertThat(fields(packets.getLast())).containsExactly(7L, 0, 113, 0L, "[]");
        assertThat(capture.position()).isEqualTo(24 + 16 + 5 + 16);
    }

    @Test
    void packetsAcrossTheBufferAndFromSlowStreams() throws IOException {
        CaptureBytes bytes = pcap();
        byte[] large = new byte[70_000];
        Arrays.fill(large, (byte) 9);
        bytes.pcapPacket(1, 2, 70_000, large).pcapPacket(3, 4, 5, DATA).pcapPacket(5, 6, 70_000, large);
        InputStream all = new ByteArrayInputStream(bytes.array());
        InputStream drops = new InputStream() {
            @Override
            public int read() throws IOException {
                return all.read();
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return all.read(into, from, Math.min(length, 13));
            }
        };
        List<CapturedPacket> packets = read(CaptureReader.of(drops, "pipe"));
        assertThat(packets).extracting(CapturedPacket::seconds).containsExactly(1L, 3L, 5L);
        assertThat(packets.getLast().bytes()).isEqualTo(large);
    }

    @Test
    void pcapngWithInterfacesSectionsAndForeignBlocks() throws IOException {
        CaptureBytes bytes = pcapng();
        bytes.interfaceBlock(1, 0, -1).interfaceBlock(101, 3, 9);
        bytes.enhancedPacket(0, 5_000_001L, 900, DATA);
        bytes.block(0x0bad, bytes.body().raw(new byte[1000]));
        bytes.enhancedPacket(1, 7_000_000_001L, 5, DATA);
        bytes.block(3, bytes.body().u32(5).raw(DATA));
        bytes.block(2, bytes.body().u16(1).u16(0).u32(0).u32(42).u32(2).u32(2).u8(8).u8(9));
        CaptureBytes second = new CaptureBytes(LITTLE_ENDIAN).section();
        second.interfaceBlock(1, 3, 0x80 | 1).block(3, second.body().u32(5).u8(1).u8(2).u8(3)).enhancedPacket(0, 3, 1, (byte) 7);
        List<CapturedPacket> packets = read(bytes.raw(second.array()));
        assertThat(packets).extracting(CaptureBytes::fields).containsExactly(new Object[] {5L, 1000, 1, 900L, "[1, 2, 3, 4, 5]"},
                new Object[] {7L, 1, 101, 5L, "[1, 2, 3, 4, 5]"}, new Object[] {0L, 0, 1, 5L, "[1, 2, 3, 4, 5]"},
                new Object[] {0L, 42, 101, 2L, "[8, 9]"}, new Object[] {0L, 0, 1, 5L, "[1, 2, 3]"},
                new Object[] {1L, 500_000_000, 1, 1L, "[7]"});
    }

    @Test
    void pcapngTimeOffsetIsAdded() throws IOException {
        CaptureBytes bytes = pcapng();
        CaptureBytes options = bytes.body().u16(1).u16(0).u32(0);
        options.u16(2).u16(3).raw((byte) 'e', (byte) 't', (byte) 'h', (byte) 0);
        options.u16(14).u16(8).u64(-10);
        List<CapturedPacket> packets = read(bytes.block(1, options).enhancedPacket(0, 2_000_000, 5, DATA));
        assertThat(packets.getFirst().seconds()).isEqualTo(-8);
    }

    @Test
    void emptyAndForeignFiles() {
        rejected(new CaptureBytes(BIG_ENDIAN), "offset 0: the file is empty, expected a pcap or pcapng capture");
        rejected(new CaptureBytes(BIG_ENDIAN).u16(0xa1b2),
                "offset 0: the file ends inside the magic number of a capture: 4 bytes expected, 2 are there");
        rejected(new CaptureBytes(BIG_ENDIAN).u32(0x7f45_4c46),
                "offset 0: no capture: magic number 7f454c46, expected pcap (d4c3b2a1, a1b2c3d4, 4d3cb2a1, a1b23c4d) or pcapng (0a0d0d0a)");
        assertThatThrownBy(() -> read(new CaptureBytes(BIG_ENDIAN).u32(0x1f8b_0800))).hasMessageEndingWith("compressed: gunzip it first");
    }

    @Test
    void brokenPcap() {
        rejected(new CaptureBytes(LITTLE_ENDIAN).u32(0xa1b2_c3d4),
                "offset 0: the file ends inside the file header: 24 bytes expected, 4 are there");
        rejected(new CaptureBytes(LITTLE_ENDIAN).u32(0xa1b2_c3d4).u16(3).u16(0).raw(new byte[16]),
                "offset 4: pcap version 3.0, expected 2.4");
        rejected(pcap().u32(1), "offset 24: the file ends inside the header of packet 1: 16 bytes expected, 4 are there");
        rejected(pcap().pcapPacket(0, 0, 5, DATA).u32(0).u32(0).u32(6).u32(6).raw(DATA),
                "offset 61: the file ends inside packet 2: 6 bytes expected, 5 are there");
        rejected(pcap().u32(0).u32(0).u32(262_145).u32(6), "offset 32: packet 1 has 262145 captured bytes, expected at most 262144");
        rejected(pcap().u32(0).u32(0).u32(-1).u32(6), "offset 32: packet 1 has 4294967295 captured bytes, expected at most 262144");
    }

    @Test
    void brokenPcapng() {
        rejected(new CaptureBytes(BIG_ENDIAN).u32(0x0a0d_0d0a),
                "offset 0: the file ends inside the section header: 12 bytes expected, 4 are there");
        rejected(new CaptureBytes(BIG_ENDIAN).block(0x0a0d_0d0a, new CaptureBytes(BIG_ENDIAN).u32(0x0102_0304)),
                "offset 8: byte-order magic 01020304 of a section, expected 1a2b3c4d or 4d3c2b1a");
        rejected(new CaptureBytes(BIG_ENDIAN).block(0x0a0d_0d0a, new CaptureBytes(BIG_ENDIAN).u32(0x1a2b_3c4d).u16(2).u16(1).u64(0)),
                "offset 12: pcapng version 2.1, expected 1.0");
        rejected(pcapng().u32(7).u32(10).u32(10), "offset 32: a block of 10 bytes, expected a multiple of 4 and at least 12");
        rejected(pcapng().u32(7).u32(16).u32(0).u32(20),
                "offset 40: the length at the end of the block at offset 28 is 20, expected 16 as at its start");
        rejected(pcapng().u32(7).u32(1000).u32(0), "offset 36: the file ends inside a block: 988 bytes expected, 4 are there");
        rejected(pcapng().enhancedPacket(0, 0, 0, DATA),
                "offset 36: packet 1 is of interface 0, but the section has described 0");
        CaptureBytes shortBlock = pcapng();
        rejected(shortBlock.block(6, shortBlock.body().u32(0)),
                "offset 32: an enhanced packet block needs 20 bytes more than its length allows; 4 are left");
    }

    @Test
    void brokenPacketLengthsAndOptionsInPcapng() {
        CaptureBytes overlong = pcapng().interfaceBlock(1, 0, -1);
        rejected(overlong.block(6, overlong.body().u32(0).u64(0).u32(100).u32(100).raw(DATA)),
                "offset 68: packet 1 has 100 captured bytes, but its block ends after 8");
        CaptureBytes huge = pcapng().interfaceBlock(1, 0, -1);
        rejected(huge.block(6, huge.body().u32(0).u64(0).u32(0x7fff_ffff).u32(100)),
                "offset 68: packet 1 has 2147483647 captured bytes, expected at most 262144");
        CaptureBytes simple = pcapng().interfaceBlock(1, 0, -1);
        rejected(simple.block(3, simple.body().u32(9).raw(DATA)), "offset 56: packet 1 has 9 captured bytes, but its block ends after 8");
        CaptureBytes none = pcapng();
        rejected(none.block(3, none.body().u32(1).raw(DATA)), "offset 28: packet 1 is of interface 0, but the section has described none");
        CaptureBytes option = pcapng();
        rejected(option.block(1, option.body().u16(1).u16(0).u32(0).u16(9).u16(20).u32(0)),
                "offset 46: option 9 has 20 bytes, but its block ends after 4");
    }

    @ParameterizedTest
    @ValueSource(strings = {"traffic.pcap", "traffic.pcapng"})
    void everyTruncationIsToldOrEndsBetweenPackets(String file) throws IOException {
        byte[] whole = Files.readAllBytes(EXAMPLES.resolve(file));
        int told = 0;
        for (int length = 0; length < 2000; length++) {
            try {
                read(CaptureReader.of(new ByteArrayInputStream(whole, 0, length), "cut"));
            } catch (CaptureException e) {
                assertThat(e).hasMessageMatching("cut: offset \\d+: .*");
                told++;
            }
        }
        assertThat(told).isBetween(1900, 1999);
    }
}
