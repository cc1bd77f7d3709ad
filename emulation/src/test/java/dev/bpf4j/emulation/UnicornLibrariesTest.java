// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.emulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Where libraries come from. */
class UnicornLibrariesTest {
    @Test
    void theJarHasOneForEachOfItsSystems() {
        for (List<String> host : List.of(List.of("Linux", "amd64"), List.of("Linux", "aarch64"), List.of("Mac OS X", "x86_64"), List.of(
                "Mac OS X", "aarch64"), List.of("Windows 11", "amd64"))) {
            assertThat(UnicornLibraries.resource(host.get(0), host.get(1))).hasValueSatisfying(resource -> assertThat(
                    UnicornLibraries.class.getResource("/" + resource)).as(resource).isNotNull());
        }
        assertThat(UnicornLibraries.resource("Linux", "riscv64")).isEmpty();
        assertThat(UnicornLibraries.resource("FreeBSD", "amd64")).isEmpty();
        assertThat(UnicornLibraries.resource("Windows 11", "aarch64")).isEmpty();
    }

    @Test
    void arm64IsEmulatedOnTheJarsSystems() {
        assumeTrue(UnicornLibraries.resource(System.getProperty("os.name"), System.getProperty("os.arch")).isPresent(),
                "the jar has no library for this host");
        assertThat(UnicornLibraries.unavailable(Architecture.ARM64)).isEmpty();
        assertThat(UnicornLibraries.describe(Architecture.ARM64)).hasValue("Unicorn 2.0.1 from the jar unidbg-unicorn2");
    }

    @Test
    void theExtractedLibraryIsNotLeftBehind() throws Exception {
        assumeTrue(System.getProperty("os.name").startsWith("Linux"), "elsewhere the file may stay until the JVM ends");
        MachineCode.assume(Architecture.ARM64);
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("bpf4j-.*libunicorn\\.so"))).isEmpty();
        }
    }

    /** The jar's library knows no x86-64: there is another one, or the reasons say what was tried and how to get one. */
    @Test
    void theReasonSaysHowToGetX86() {
        UnicornLibraries.unavailable(Architecture.X86_64).ifPresentOrElse(reason -> assertThat(reason).contains(
                "unidbg-unicorn2 does not know x86-64", "libunicorn.so.2", "apt install libunicorn2"), () -> assertThat(UnicornLibraries
                        .describe(Architecture.X86_64)).hasValueSatisfying(text -> assertThat(text).startsWith("Unicorn 2.")));
    }
}
