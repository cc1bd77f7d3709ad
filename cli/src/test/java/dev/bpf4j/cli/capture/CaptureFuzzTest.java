// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** A target for Jazzer: whatever the bytes, packets and clear errors come out. How to run it: {@code docs/fuzzing.md}. */
@Tag("long")
class CaptureFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void captures(byte[] bytes) throws IOException {
        try (CaptureReader capture = CaptureReader.of(new ByteArrayInputStream(bytes), "input")) {
            for (CapturedPacket packet = capture.next(); packet != null; packet = capture.next()) {
                assertThat(packet.bytes().length).isLessThanOrEqualTo(CaptureReader.MAX_PACKET);
            }
        } catch (CaptureException e) {
            assertThat(e).hasMessageMatching("input: offset \\d+: .+");
        }
    }
}
