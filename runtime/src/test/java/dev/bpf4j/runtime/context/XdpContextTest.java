// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Region;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.helper.Recorded;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class XdpContextTest {
    private final Machine machine = new Machine(Machine.Settings.standard());
    private final Lane lane = machine.lane(0);

    @AfterEach
    void close() {
        machine.close();
    }

    private static byte[] frame(int length) {
        byte[] frame = new byte[length];
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) (i + 1);
        }
        return frame;
    }

    private int word(XdpField field, ByteOrder order) {
        return ByteBuffer.wrap(lane.contextBytes()).order(order).getInt(field.offset());
    }

    @Test
    void headroomIsClearWhateverWasThereBefore() {
        XdpContext xdp = XdpContext.of(lane);
        long headroom = lane.packetBuffer();
        xdp.prepare(new byte[60]);
        assertThat(xdp.adjustHead(-100)).isZero();
        byte[] dirt = new byte[100];
        Arrays.fill(dirt, (byte) 7);
        lane.write(xdp.data(), dirt);
        xdp.restore();
        assertThat(lane.read(headroom, 256)).as("the packet was there").containsOnly(0);
        SkbContext.of(lane).prepare(new byte[60]);
        lane.write(headroom + 20, dirt);
        xdp.prepare(new byte[60]);
        assertThat(lane.read(headroom, 256)).as("another context was there").containsOnly(0);
    }

    @Test
    void laneIsPrepared() {
        XdpContext xdp = XdpContext.of(lane);
        Arrays.fill(lane.entry(), 77);
        xdp.prepare(frame(60), new byte[] {5, 6, 7, 8}, new XdpContext.Ingress(3, 9), ByteOrder.LITTLE_ENDIAN);
        long data = lane.packetBuffer() + GuestLayout.PACKET_HEADROOM;
        assertThat(lane.entry()).containsExactly(0, lane.contextBase(), 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(lane.contextBytes()).hasSize(24);
        assertThat(word(XdpField.DATA, ByteOrder.LITTLE_ENDIAN)).isEqualTo((int) data);
        assertThat(word(XdpField.DATA_END, ByteOrder.LITTLE_ENDIAN)).isEqualTo((int) data + 60);
        assertThat(word(XdpField.DATA_META, ByteOrder.LITTLE_ENDIAN)).isEqualTo((int) data - 4);
        assertThat(word(XdpField.INGRESS_IFINDEX, ByteOrder.LITTLE_ENDIAN)).isEqualTo(3);
        assertThat(word(XdpField.RX_QUEUE_INDEX, ByteOrder.LITTLE_ENDIAN)).isEqualTo(9);
        assertThat(word(XdpField.EGRESS_IFINDEX, ByteOrder.LITTLE_ENDIAN)).isZero();
        assertThat(lane.regions().region(Regions.PACKET)).isEqualTo(new Region("packet", data - 4, 64, true));
        assertThat(xdp.packetBytes()).isEqualTo(frame(60));
        assertThat(xdp.metadataBytes()).containsExactly(5, 6, 7, 8);
        assertThat(lane.environment()).isSameAs(xdp);
        assertThat(XdpContext.of(lane)).isSameAs(xdp);
    }

    @Test
    void bigEndianProgramsReadTheFieldsInTheirOrder() {
        XdpContext xdp = XdpContext.of(lane);
        xdp.prepare(frame(60), new byte[0], XdpContext.Ingress.STANDARD, ByteOrder.BIG_ENDIAN);
        assertThat(word(XdpField.DATA, ByteOrder.BIG_ENDIAN)).isEqualTo((int) xdp.data());
        xdp.adjustHead(14);
        assertThat(word(XdpField.DATA, ByteOrder.BIG_ENDIAN)).isEqualTo((int) xdp.data());
    }

    /** Every recorded answer of the kernel's test run, save for two about packets in several pieces. */
    @Test
    void ruling15AdjustsAsTheKernelsTestRun() {
        int compared = 0;
        for (String[] words : Recorded.lines(XdpContextTest.class, "xdp_adjust.txt")) {
            int size = Integer.parseInt(words[0]);
            int delta = Integer.parseInt(words[2]);
            XdpContext xdp = XdpContext.of(lane);
            xdp.prepare(frame(size));
            long result = switch (words[1]) {
                case "head" -> xdp.adjustHead(delta);
                case "tail" -> xdp.adjustTail(delta);
                default -> xdp.adjustMeta(delta);
            };
            int length = (int) lane.regions().size(Regions.PACKET);
            assertThat(result + " " + length).as(String.join(" ", words)).isEqualTo(words[3] + " " + words[4]);
            compared++;
        }
        assertThat(compared).isGreaterThan(250);
    }

    @Test
    void headMovesMetadataAlong() {
        XdpContext xdp = XdpContext.of(lane);
        xdp.prepare(frame(60), new byte[] {5, 6, 7, 8}, XdpContext.Ingress.STANDARD, ByteOrder.LITTLE_ENDIAN);
        assertThat(xdp.adjustHead(-20)).isZero();
        assertThat(xdp.metadataBytes()).containsExactly(5, 6, 7, 8);
        assertThat(xdp.packetBytes()).hasSize(80).startsWith(new byte[16]);
        assertThat(xdp.adjustHead(-193)).as("216 bytes of headroom, 4 of them metadata").isEqualTo(-22);
        assertThat(xdp.adjustHead(-192)).isZero();
    }

    @Test
    void tailIsCleared() {
        XdpContext xdp = XdpContext.of(lane);
        xdp.prepare(frame(60));
        lane.write(xdp.end(), new byte[] {1, 2, 3, 4});
        assertThat(xdp.adjustTail(8)).isZero();
        assertThat(Arrays.copyOfRange(xdp.packetBytes(), 60, 68)).containsOnly(0);
    }

    @Test
    void restoreBringsEverythingBack() {
        XdpContext xdp = XdpContext.of(lane);
        byte[] meta = {5, 6, 7, 8};
        xdp.prepare(frame(60), meta, new XdpContext.Ingress(3, 9), ByteOrder.LITTLE_ENDIAN);
        byte[] before = lane.read(lane.packetBuffer(), GuestLayout.PACKET_HEADROOM + 60);
        byte[] context = lane.contextBytes();
        xdp.adjustHead(-100);
        xdp.adjustTail(500);
        lane.write(xdp.meta(), new byte[xdp.length()]);
        lane.write(lane.contextBase(), new byte[24]);
        xdp.redirect(new PacketContext.Redirect(5, 0));
        lane.entry()[3] = 1;
        xdp.restore();
        assertThat(lane.read(lane.packetBuffer(), GuestLayout.PACKET_HEADROOM + 60)).isEqualTo(before);
        assertThat(lane.contextBytes()).isEqualTo(context);
        assertThat(xdp.redirect()).isNull();
        assertThat(lane.entry()[3]).isZero();
        assertThat(xdp.metadataBytes()).isEqualTo(meta);
    }

    @Test
    void programCannotDeceiveTheHost() {
        XdpContext xdp = XdpContext.of(lane);
        xdp.prepare(frame(60));
        byte[] lies = new byte[24];
        Arrays.fill(lies, (byte) 0xff);
        lane.write(lane.contextBase(), lies);
        assertThat(xdp.packetBytes()).isEqualTo(frame(60));
        assertThat(xdp.adjustHead(14)).isZero();
        assertThat(xdp.packetBytes()).isEqualTo(Arrays.copyOfRange(frame(60), 14, 60));
    }

    @Test
    void sizesHaveLimits() {
        XdpContext xdp = XdpContext.of(lane);
        int most = GuestLayout.PACKET_BUFFER_MAX;
        assertThatThrownBy(() -> xdp.prepare(new byte[most])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("at most");
        assertThatThrownBy(() -> xdp.prepare(new byte[60], new byte[3], XdpContext.Ingress.STANDARD, ByteOrder.LITTLE_ENDIAN)).isInstanceOf(
                IllegalArgumentException.class);
        assertThatThrownBy(() -> xdp.prepare(new byte[60], new byte[220], XdpContext.Ingress.STANDARD, ByteOrder.LITTLE_ENDIAN))
                .isInstanceOf(
                        IllegalArgumentException.class);
        xdp.prepare(new byte[0]);
        assertThat(xdp.length()).as("truncated captures are packets too").isZero();
        assertThat(xdp.adjustHead(0)).isEqualTo(-22);
    }

    @Test
    void rawMemoryEndsThePacket() {
        XdpContext.of(lane).prepare(frame(60));
        lane.raw(new byte[4]);
        assertThat(lane.environment()).isNull();
        assertThat(lane.regions().size(Regions.PACKET)).isZero();
    }
}
