// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Region;
import dev.bpf4j.runtime.Regions;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SkbContextTest {
    private static final byte[] IPV4 = HexFormat.of().parseHex(
            "02000000000102000000000208004500001c000040004011000001020304050607080035003500080000");

    private final Machine machine = new Machine(Machine.Settings.standard());
    private final Lane lane = machine.lane(0);
    private final SkbContext skb = SkbContext.of(lane);

    @AfterEach
    void close() {
        machine.close();
    }

    @Test
    void fieldsDoNotOverlapAndFillTheStruct() {
        int end = 0;
        for (SkbField field : SkbField.values()) {
            assertThat(field.offset()).as(field.toString()).isGreaterThanOrEqualTo(end);
            end = field.offset() + field.size();
        }
        assertThat(end).isEqualTo(SkbField.SIZE);
    }

    @Test
    void laneIsPrepared() {
        SkbContext.Meta meta = new SkbContext.Meta(7, 8, 0x1234, 5, 0xabcd, List.of(1, 2, 3), 0x1_0000_0000L, 1400);
        skb.prepare(IPV4, SkbContext.Start.LINK, meta, ByteOrder.LITTLE_ENDIAN);
        assertThat(lane.contextBytes()).hasSize(192);
        assertThat(skb.get(SkbField.LEN)).isEqualTo(IPV4.length);
        assertThat(skb.get(SkbField.PROTOCOL)).as("bytes 08 00 as a little-endian number").isEqualTo(8);
        assertThat(skb.get(SkbField.PKT_TYPE)).isZero();
        assertThat(skb.get(SkbField.IFINDEX)).isEqualTo(7);
        assertThat(skb.get(SkbField.INGRESS_IFINDEX)).isEqualTo(8);
        assertThat(skb.get(SkbField.MARK)).isEqualTo(0x1234);
        assertThat(skb.get(SkbField.PRIORITY)).isEqualTo(5);
        assertThat(skb.get(SkbField.HASH)).isEqualTo(0xabcd);
        assertThat(skb.cb(2)).isEqualTo(3);
        assertThat(skb.cb(4)).isZero();
        assertThat(skb.getWide(SkbField.TSTAMP)).isEqualTo(0x1_0000_0000L);
        assertThat(skb.get(SkbField.GSO_SIZE)).isEqualTo(1400);
        assertThat(skb.get(SkbField.DATA)).isEqualTo((int) skb.data());
        assertThat(skb.get(SkbField.DATA_END) - skb.get(SkbField.DATA)).isEqualTo(IPV4.length);
        assertThat(lane.regions().region(Regions.PACKET)).isEqualTo(new Region("packet", skb.data(), IPV4.length, true));
        assertThat(lane.entry()[1]).isEqualTo(lane.contextBase());
    }

    @Test
    void packetTypeAndProtocolComeFromTheFrame() {
        byte[] frame = IPV4.clone();
        frame[0] = 1;
        frame[12] = (byte) 0x86;
        frame[13] = (byte) 0xdd;
        skb.prepare(frame);
        assertThat(skb.get(SkbField.PKT_TYPE)).as("multicast").isEqualTo(2);
        assertThat(skb.get(SkbField.PROTOCOL)).isEqualTo(0xdd86);
        Arrays.fill(frame, 0, 6, (byte) 0xff);
        frame[12] = 0;
        frame[13] = 0x26;
        skb.prepare(frame);
        assertThat(skb.get(SkbField.PKT_TYPE)).as("broadcast").isEqualTo(1);
        assertThat(skb.get(SkbField.PROTOCOL)).as("LLC").isEqualTo(0x0400);
        frame[13] = 0;
        skb.prepare(frame);
        assertThat(skb.get(SkbField.PROTOCOL)).as("LLC of length 0").isEqualTo(0x0400);
        frame[14] = (byte) 0xff;
        frame[15] = (byte) 0xff;
        skb.prepare(frame);
        assertThat(skb.get(SkbField.PROTOCOL)).as("raw 802.3").isEqualTo(0x0100);
        skb.prepare(new byte[5]);
        assertThat(skb.get(SkbField.PROTOCOL)).as("no ethertype").isZero();
    }

    @Test
    void bigEndianProgramsSeeTheProtocolAsANumber() {
        skb.prepare(IPV4, SkbContext.Start.LINK, SkbContext.Meta.STANDARD, ByteOrder.BIG_ENDIAN);
        assertThat(skb.get(SkbField.PROTOCOL)).isEqualTo(0x0800);
        assertThat(lane.read(lane.contextBase() + SkbField.PROTOCOL.offset(), 4)).containsExactly(0, 0, 8, 0);
    }

    @Test
    void dataMayStartAtTheNetworkHeader() {
        skb.prepare(IPV4, SkbContext.Start.NETWORK, SkbContext.Meta.STANDARD, ByteOrder.LITTLE_ENDIAN);
        assertThat(skb.get(SkbField.LEN)).isEqualTo(IPV4.length - 14);
        assertThat(skb.get(SkbField.PROTOCOL)).isEqualTo(8);
        assertThat(skb.packetBytes()).startsWith(0x45, 0);
        assertThat(skb.header(0)).isEqualTo(skb.data() - 14);
        assertThat(skb.header(1)).isEqualTo(skb.data());
        assertThat(skb.header(2)).isEqualTo(-1);
    }

    @Test
    void whatTheProgramSetsIsReadAndRestored() {
        skb.prepare(IPV4);
        lane.write(lane.contextBase() + SkbField.MARK.offset(), new byte[] {1, 0, 0, 0});
        lane.write(skb.data(), new byte[] {9});
        assertThat(skb.get(SkbField.MARK)).isEqualTo(1);
        skb.restore();
        assertThat(skb.get(SkbField.MARK)).isZero();
        assertThat(skb.packetBytes()).isEqualTo(IPV4);
    }

    @Test
    void headersAreWhereTheyWereForTheNextRun() {
        skb.prepare(IPV4);
        skb.pushLinkHeader(4);
        assertThat(skb.header(1)).isEqualTo(skb.data() + 18);
        skb.restore();
        assertThat(skb.header(0)).isEqualTo(skb.data());
        assertThat(skb.header(1)).isEqualTo(skb.data() + 14);
    }

    @Test
    void metaIsChecked() {
        assertThatThrownBy(() -> new SkbContext.Meta(1, 1, 0, 0, 0, List.of(1, 2, 3, 4, 5, 6), 0, 0)).isInstanceOf(
                IllegalArgumentException.class);
    }

    @Test
    void ruling12LegacyAccessKnowsTheOffsetsOfTheHeaders() {
        skb.prepare(IPV4, SkbContext.Start.NETWORK, SkbContext.Meta.STANDARD, ByteOrder.LITTLE_ENDIAN);
        assertThat(PacketAccess.load(lane, 0, 1)).isEqualTo(0x45);
        assertThat(PacketAccess.load(lane, 12, 4)).isEqualTo(0x01020304);
        assertThat(PacketAccess.load(lane, PacketAccess.LINK_OFFSET + 12, 2)).isEqualTo(0x0800);
        assertThat(PacketAccess.load(lane, PacketAccess.NETWORK_OFFSET, 2)).isEqualTo(0x4500);
        assertThat(PacketAccess.load(lane, IPV4.length - 14 - 4, 4)).isEqualTo(0x00080000);
        assertThat(PacketAccess.load(lane, IPV4.length - 14 - 3, 4)).isEqualTo(PacketAccess.OUT_OF_BOUNDS);
        assertThat(PacketAccess.load(lane, Integer.MAX_VALUE, 4)).isEqualTo(PacketAccess.OUT_OF_BOUNDS);
        assertThat(PacketAccess.load(lane, -1, 1)).as("behind the network header by a megabyte").isEqualTo(PacketAccess.OUT_OF_BOUNDS);
        assertThat(PacketAccess.load(lane, PacketAccess.LINK_OFFSET - 1, 1)).isEqualTo(PacketAccess.OUT_OF_BOUNDS);
        assertThat(PacketAccess.load(lane, Integer.MIN_VALUE, 1)).isEqualTo(PacketAccess.OUT_OF_BOUNDS);
        assertThat(PacketAccess.load(lane, PacketAccess.LINK_OFFSET + IPV4.length - 1, 2)).isEqualTo(PacketAccess.OUT_OF_BOUNDS);
    }

    @Test
    void ruling12LegacyAccessWithoutPacketIsOutOfBounds() {
        lane.raw(new byte[64]);
        assertThat(PacketAccess.load(lane, 0, 1)).isEqualTo(PacketAccess.OUT_OF_BOUNDS);
        XdpContext.of(lane).prepare(IPV4);
        assertThat(PacketAccess.load(lane, 12, 2)).isEqualTo(0x0800);
        assertThat(PacketAccess.load(lane, PacketAccess.NETWORK_OFFSET, 1)).isEqualTo(0x45);
    }
}
