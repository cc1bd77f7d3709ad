// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.context.SkbContext;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Checksums are the kernel's, bit for bit. */
final class ChecksumHelpersTest {

    @Test
    void differenceIsTheKernels() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            for (String[] words : Recorded.lines(ChecksumHelpersTest.class, "csum_diff.txt")) {
                byte[] from = Recorded.bytes(words[0]);
                byte[] to = Recorded.bytes(words[1]);
                long result = bench.call("csum_diff", bench.put(256, from), from.length, bench.put(128, to), to.length, Long.parseLong(
                        words[2], 16));
                assertThat(result).as(String.join(" ", words)).isEqualTo(Long.parseLong(words[3], 16));
            }
        }
    }

    @Test
    void replacementsAreTheKernels() throws LoadException {
        try (HelperBench bench = new HelperBench()) {
            for (String[] words : Recorded.lines(ChecksumHelpersTest.class, "csum_replace.txt")) {
                long offset = Long.parseLong(words[1], 16);
                int at = offset < 99 ? (int) offset : 0;
                byte[] frame = new byte[100];
                frame[12] = 8;
                System.arraycopy(Recorded.bytes(words[2]), 0, frame, at, 2);
                SkbContext skb = SkbContext.of(bench.lane);
                skb.prepare(frame);
                long result = bench.call(words[0] + "_csum_replace", bench.lane.contextBase(), offset, Long.parseUnsignedLong(words[3], 16),
                        Long.parseUnsignedLong(words[4], 16), Long.parseLong(words[5], 16));
                assertThat(result).as(String.join(" ", words)).isEqualTo(Long.parseLong(words[6]));
                assertThat(HexFormat.of().formatHex(skb.packetBytes(), at, at + 2)).as(String.join(" ", words)).isEqualTo(words[7]);
            }
        }
    }

    /** The same bytes give the same checksum bytes, whatever the program's byte order. */
    @Test
    void bigEndianProgramsGetTheSameBytes() throws LoadException {
        byte[] header = HexFormat.of().parseHex("450000344a5b400040060000c0a80001c0a80002");
        int[] sums = new int[2];
        int i = 0;
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            try (HelperBench bench = new HelperBench(Policy.STRICT, order, 1)) {
                long sum = bench.call("csum_diff", 0, 0, bench.put(64, header), header.length, 0);
                int folded = (int) ~sum & 0xffff;
                sums[i++] = order == ByteOrder.BIG_ENDIAN ? folded : Short.toUnsignedInt(Short.reverseBytes((short) folded));
            }
        }
        // computed by hand: sum of the words 4500 0034 4a5b 4000 4006 0000 c0a8 0001 c0a8 0002, folded and inverted
        int sum = 0x4500 + 0x0034 + 0x4a5b + 0x4000 + 0x4006 + 0xc0a8 + 0x0001 + 0xc0a8 + 0x0002;
        int expected = ~((sum & 0xffff) + (sum >>> 16)) & 0xffff;
        assertThat(Arrays.stream(sums).boxed()).containsExactly(expected, expected);
    }
}
