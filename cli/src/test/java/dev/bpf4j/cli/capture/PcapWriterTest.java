// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.capture;

import static dev.bpf4j.cli.capture.CaptureBytes.fields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writing of captures: what was read comes out as it was. */
class PcapWriterTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("bpf4j.root"), "examples");

    @TempDir Path folder;

    @Test
    void copyOfTheExampleIsTheSameFileButForTheSnapshotLength() throws IOException {
        Path copy = folder.resolve("copy.pcap");
        try (CaptureReader capture = CaptureReader.open(EXAMPLES.resolve("traffic.pcap"));
                PcapWriter writer = PcapWriter.create(copy, capture.nanoseconds())) {
            for (CapturedPacket packet = capture.next(); packet != null; packet = capture.next()) {
                writer.write(packet);
            }
        }
        byte[] expected = Files.readAllBytes(EXAMPLES.resolve("traffic.pcap"));
        byte[] written = Files.readAllBytes(copy);
        assertThat(written).hasSameSizeAs(expected);
        System.arraycopy(expected, 16, written, 16, 4);
        assertThat(written).isEqualTo(expected);
    }

    @Test
    void nanosecondsSurvive() throws IOException {
        byte[] large = new byte[200_000];
        large[199_999] = 7;
        List<CapturedPacket> packets = List.of(new CapturedPacket(5, 123_456_789, 113, 900, new byte[] {1, 2}),
                new CapturedPacket(0xffff_ffffL, 999_999_999, 113, 200_000, large), new CapturedPacket(6, 0, 113, 0, new byte[0]));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PcapWriter writer = PcapWriter.to(bytes, "out.pcap", true)) {
            for (CapturedPacket packet : packets) {
                writer.write(packet);
            }
        }
        CaptureReader capture = CaptureReader.of(new ByteArrayInputStream(bytes.toByteArray()), "out.pcap");
        assertThat(capture.nanoseconds()).isTrue();
        for (CapturedPacket packet : packets) {
            assertThat(fields(capture.next())).containsExactly(fields(packet));
        }
        assertThat(capture.next()).isNull();
    }

    @Test
    void withoutPacketsItIsStillACapture() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PcapWriter.to(bytes, "out.pcap", false).close();
        assertThat(CaptureReader.of(new ByteArrayInputStream(bytes.toByteArray()), "out.pcap").next()).isNull();
    }

    @Test
    void changedPacketKeepsWhatTheCaptureCutOff() {
        CapturedPacket cut = new CapturedPacket(1, 2, 1, 100, new byte[60]);
        assertThat(cut.with(new byte[80]).originalLength()).isEqualTo(120);
        assertThat(new CapturedPacket(1, 2, 1, 0, new byte[60]).with(new byte[80]).originalLength()).isEqualTo(80);
    }

    @Test
    void whatAPcapCannotHoldIsRefused() throws IOException {
        PcapWriter writer = PcapWriter.to(new ByteArrayOutputStream(), "out.pcap", false);
        writer.write(new CapturedPacket(1, 0, 1, 1, new byte[1]));
        assertThatThrownBy(() -> writer.write(new CapturedPacket(1, 0, 113, 1, new byte[1]))).isInstanceOf(CaptureException.class)
                .hasMessage("out.pcap: packet 2 has link type 113, those before it have 1: a pcap holds only one");
        assertThatThrownBy(() -> writer.write(new CapturedPacket(-1, 0, 1, 1, new byte[1])))
                .hasMessage("out.pcap: packet 3 was captured -1 s after 1970: a pcap holds only 0 to 4294967295");
    }
}
