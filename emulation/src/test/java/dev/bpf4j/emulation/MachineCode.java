// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/** Machine code of the folder {@code code}. */
final class MachineCode {
    private MachineCode() {
    }

    /** Skips the test, with the reason, where an architecture cannot be emulated. */
    static void assume(Architecture architecture) {
        Optional<String> reason = UnicornLibraries.unavailable(architecture);
        assumeTrue(reason.isEmpty(), () -> architecture + " is not emulated here: " + reason.orElse(""));
    }

    static byte[] of(Architecture architecture, String name) {
        String resource = "/code/" + architecture + "/" + name + ".hex";
        try (InputStream stream = Objects.requireNonNull(MachineCode.class.getResourceAsStream(resource), resource)) {
            return HexFormat.of().parseHex(new String(stream.readAllBytes(), StandardCharsets.US_ASCII).replaceAll("\\s", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
