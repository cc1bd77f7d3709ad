// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.jit.nativecode.testing.FaultSoak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The net below the checks, in JVMs of their own: a fault that it misses ends one. */
class HardwareFaultsTest {
    private static final int FAULTS = Boolean.getBoolean("bpf4j.long") ? 3_500_000 : 30_000;

    @BeforeEach
    void onThisProcessor() {
        Assumptions.assumeTrue(new X86Engine().unavailable().isEmpty(), () -> "engine x86-64 " + new X86Engine().unavailable().orElse(""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseSerialGC", "-XX:+UseG1GC", "-XX:+UseZGC"})
    void faultsEndRunsAndNothingElse(String collector, @TempDir Path folder) throws IOException, InterruptedException {
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), collector,
                "-Xmx256m", "-XX:StartFlightRecording:settings=profile,filename=" + folder.resolve("soak.jfr"), "-Xlog:jfr*=off",
                "-Xlog:disable", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("surefire.test.class.path", System
                        .getProperty("java.class.path")), FaultSoak.class.getName(), "x86-64", Integer.toString(FAULTS))).directory(folder
                                .toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        int code = process.waitFor();
        String said = Files.readString(output);
        assertThat(code).as(said).isZero();
        assertThat(said).contains("faults recovered").contains("null checks");
        System.out.println(collector + ": " + said.lines().filter(line -> line.contains("recovered")).findFirst().orElse(""));
    }
}
