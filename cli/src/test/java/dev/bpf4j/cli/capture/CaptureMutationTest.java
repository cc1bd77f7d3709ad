// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Damaged captures: only packets and clear errors come out, whatever is in the file. A failure names its seed. */
class CaptureMutationTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("bpf4j.root"), "examples");
    private static final String[] FILES = {"traffic.pcap", "traffic-ns.pcap", "traffic.pcapng"};
    private static final int[] INTERESTING = {0, 1, 3, 7, 8, 12, 0x7f, 0x80, 0xff, 0xffff, 0x1_0000, 0x4_0000, 0x4_0001, Integer.MAX_VALUE,
        Integer.MIN_VALUE, -1, -4};

    @Test
    void mutationsGivePacketsOrClearErrors() throws IOException {
        run(3_000);
    }

    @Test
    @Tag("long")
    void manyMutationsGivePacketsOrClearErrors() throws IOException {
        run(102_000);
    }

    private static void run(int count) throws IOException {
        int rejected = 0;
        byte[][] originals = new byte[FILES.length][];
        for (int i = 0; i < FILES.length; i++) {
            // The front of the file: damage further on is found in the same way, only later.
            originals[i] = Arrays.copyOf(Files.readAllBytes(EXAMPLES.resolve(FILES[i])), 6_000);
        }
        for (int seed = 0; seed < count; seed++) {
            byte[] mutated = mutate(originals[seed % FILES.length], new Random(seed));
            try (CaptureReader capture = CaptureReader.of(new ByteArrayInputStream(mutated), "mutated")) {
                long before = capture.position();
                for (CapturedPacket packet = capture.next(); packet != null; packet = capture.next()) {
                    assertThat(packet.bytes().length).as("seed %d", seed).isLessThanOrEqualTo(CaptureReader.MAX_PACKET);
                    assertThat(packet.nanos()).as("seed %d", seed).isBetween(0, 999_999_999);
                    assertThat(capture.position()).as("seed %d: progress", seed).isGreaterThan(before);
                    before = capture.position();
                }
            } catch (CaptureException e) {
                assertThat(e).as("seed %d", seed).hasMessageMatching("mutated: offset \\d+: .+");
                rejected++;
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertThat(rejected).as("rejected of %d", count).isGreaterThan(count / 2);
    }

    /** One to eight changes: a bit, a byte, a field, a cut, a part twice, a part left out; most of them where headers are. */
    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        for (int change = random.nextInt(8); change >= 0; change--) {
            int at = random.nextInt(random.nextInt(4) == 0 ? bytes.length : Math.min(bytes.length, 400));
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> field(bytes, at & ~3, INTERESTING[random.nextInt(INTERESTING.length)], random.nextBoolean());
                case 3 -> bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, at + 1) : bytes;
                case 4 -> System.arraycopy(original, random.nextInt(original.length - 64), bytes, Math.min(at, Math.max(0, bytes.length
                        - 64)),
                        Math.min(64, bytes.length));
                default -> System.arraycopy(bytes, at, bytes, at / 2, bytes.length - at);
            }
        }
        return bytes;
    }

    private static void field(byte[] bytes, int at, int value, boolean big) {
        for (int i = 0; i < 4 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (big ? 3 - i : i));
        }
    }
}
