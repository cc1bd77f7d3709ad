// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The native path on hosts of another architecture: a JVM for ARM64 under qemu's user mode, with code memory, cache maintenance and calls as on
 * an ARM64 machine. {@code build/arm64-java.sh} gets one.
 */
class UnderQemuTest {
    private static final Path JAVA = Path.of(System.getProperty("bpf4j.arm64.java", Path.of(System.getProperty("bpf4j.root", ".."),
            ".bpf4j", "arm64", "java").toString()));
    private static final long PROGRAMS = Boolean.getBoolean("bpf4j.long") ? 20_000 : 60;
    private static final long MOST_HOURS = 10;

    @Test
    void programsRunNativelyInAnArm64Jvm(@TempDir Path folder) throws IOException, InterruptedException {
        assumeFalse(System.getProperty("os.arch").equals("aarch64"), "this is an ARM64 JVM: the other tests run natively");
        assumeTrue(Files.isExecutable(JAVA), () -> "ARM64 code was not run natively: no " + JAVA + "; build/arm64-java.sh prepares one");
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(List.of(JAVA.toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("surefire.test.class.path", System.getProperty(
                        "java.class.path")), NativeRuns.class.getName(), Long.toString(PROGRAMS))).directory(folder.toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile()).start();
        try {
            assertThat(process.waitFor(MOST_HOURS, TimeUnit.HOURS)).as("ended").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String said = Files.readString(output);
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).as("all five profiles").contains("mixed: " + PROGRAMS + " programs, 0 differing").contains("control: ",
                "accesses: ",
                "straight: ", "single: ", " hardware faults caught");
    }
}
