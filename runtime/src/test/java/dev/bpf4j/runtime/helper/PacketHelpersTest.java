// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.Errno;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.context.PacketContext;
import dev.bpf4j.runtime.context.SkbContext;
import dev.bpf4j.runtime.context.SkbField;
import dev.bpf4j.runtime.context.XdpContext;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class PacketHelpersTest {
    private static final byte[] FRAME = HexFormat.of().parseHex(
            "02000000000102000000000208004500001c000040004011000001020304050607080035003500080000");

    @Test
    void bytesAreLoadedAndStored() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            SkbContext skb = SkbContext.of(bench.lane);
            skb.prepare(FRAME);
            long context = bench.lane.contextBase();
            assertThat(bench.call("skb_load_bytes", context, 26, bench.stack(8), 4)).isZero();
            assertThat(bench.lane.read(bench.stack(8), 4)).containsExactly(1, 2, 3, 4);
            assertThat(bench.call("skb_load_bytes", context, FRAME.length - 3, bench.stack(8), 4)).isEqualTo(-Errno.EFAULT);
            assertThat(bench.lane.read(bench.stack(8), 4)).as("the place is cleared").containsOnly(0);
            assertThat(bench.call("skb_load_bytes", context, 0xffff_ffffL, bench.stack(8), 4)).isEqualTo(-Errno.EFAULT);
            assertThat(bench.call("skb_load_bytes_relative", context, 0, bench.stack(8), 1, 1)).isZero();
            assertThat(bench.lane.read(bench.stack(8), 1)).containsExactly(0x45);
            assertThat(bench.call("skb_load_bytes_relative", context, 0, bench.stack(8), 1, 2)).isEqualTo(-Errno.EFAULT);
            skb.set(SkbField.HASH, 5);
            assertThat(bench.call("skb_store_bytes", context, 30, bench.put(8, new byte[] {9, 9, 9, 9}), 4, 2)).isZero();
            assertThat(Arrays.copyOfRange(skb.packetBytes(), 30, 34)).containsOnly(9);
            assertThat(skb.get(SkbField.HASH)).as("the flag forgets the hash").isZero();
            assertThat(bench.call("skb_store_bytes", context, FRAME.length - 3, bench.stack(8), 4, 0)).isEqualTo(-Errno.EFAULT);
            assertThat(bench.call("skb_store_bytes", context, 0, bench.stack(8), 4, 4)).isEqualTo(-Errno.EINVAL);
            assertThat(bench.call("skb_pull_data", context, FRAME.length)).isZero();
            assertThat(bench.call("skb_pull_data", context, FRAME.length + 1)).isEqualTo(-Errno.ENOMEM);
        }
    }

    @Test
    void xdpBytesAreLoadedAndStored() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            XdpContext xdp = XdpContext.of(bench.lane);
            xdp.prepare(FRAME);
            long context = bench.lane.contextBase();
            assertThat(bench.call("xdp_get_buff_len", context)).isEqualTo(FRAME.length);
            assertThat(bench.call("xdp_load_bytes", context, 26, bench.stack(8), 4)).isZero();
            assertThat(bench.lane.read(bench.stack(8), 4)).containsExactly(1, 2, 3, 4);
            assertThat(bench.call("xdp_load_bytes", context, FRAME.length - 3, bench.stack(8), 4)).isEqualTo(-Errno.EINVAL);
            assertThat(bench.call("xdp_load_bytes", context, 0x10000, bench.stack(8), 4)).isEqualTo(-Errno.EFAULT);
            assertThat(bench.call("xdp_store_bytes", context, 0, bench.put(8, new byte[] {7, 7, 7, 7}), 4)).isZero();
            assertThat(xdp.packetBytes()).startsWith(7, 7, 7, 7, 0, 1);
            assertThat(bench.call("xdp_adjust_tail", context, 0xffff_fff6L)).as("the delta has 32 bits").isZero();
            assertThat(xdp.length()).isEqualTo(FRAME.length - 10);
        }
    }

    @Test
    void redirectIsRemembered() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            XdpContext xdp = XdpContext.of(bench.lane);
            xdp.prepare(FRAME);
            assertThat(bench.call("redirect", 5, 0)).isEqualTo(XdpContext.REDIRECT);
            assertThat(xdp.redirect()).isEqualTo(new PacketContext.Redirect(5, 0));
            assertThat(bench.call("redirect", 5, 1)).isEqualTo(XdpContext.ABORTED);
            SkbContext skb = SkbContext.of(bench.lane);
            skb.prepare(FRAME);
            assertThat(bench.call("redirect", 6, 1)).isEqualTo(SkbContext.TC_ACT_REDIRECT);
            assertThat(skb.redirect()).isEqualTo(new PacketContext.Redirect(6, 1));
            assertThat(bench.call("redirect", 6, 2)).isEqualTo(SkbContext.TC_ACT_SHOT);
        }
    }

    @Test
    void packetsOfAFlowHaveOneHash() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            SkbContext skb = SkbContext.of(bench.lane);
            long context = bench.lane.contextBase();
            byte[] sameFlow = FRAME.clone();
            sameFlow[22] = 63; // time to live
            byte[] otherFlow = FRAME.clone();
            otherFlow[35] = 54; // source port
            long[] hashes = new long[3];
            int i = 0;
            for (byte[] frame : new byte[][] {FRAME, sameFlow, otherFlow}) {
                skb.prepare(frame);
                hashes[i++] = bench.call("get_hash_recalc", context);
            }
            assertThat(hashes[0]).isEqualTo(hashes[1]).isNotEqualTo(hashes[2]).isNotZero();
            assertThat(bench.call("set_hash", context, 77)).isZero();
            assertThat(bench.call("get_hash_recalc", context)).isEqualTo(77);
            bench.call("set_hash_invalid", context);
            assertThat(bench.call("get_hash_recalc", context)).isEqualTo(hashes[2]);
        }
    }

    @Test
    void helpersOfAnotherContextFail() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            bench.lane.raw(new byte[8]);
            for (String name : new String[] {"xdp_adjust_head", "skb_pull_data", "redirect"}) {
                bench.call(name, bench.lane.contextBase(), 0, 0);
                assertThat(Objects.requireNonNull(bench.fault()).kind()).as(name).isEqualTo(FaultKind.HELPER_FAILED);
            }
        }
    }
}
