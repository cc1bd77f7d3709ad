// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code inspect --all} over objects of this repository; what is to be found in each is known from its source. */
class SurveyTest {
    @TempDir private Path folder;

    private static Path testObject(String name) {
        return Invocation.ROOT.resolve("loader/src/test/bpf").resolve(name);
    }

    /** A folder with a bit of everything: complete, incomplete, damaged, big-endian, no object at all. */
    private void fill() throws IOException {
        Files.createDirectories(folder.resolve("more/deep"));
        Files.copy(Invocation.example("xdp_firewall.bpf.o"), folder.resolve("firewall.o"));
        Files.copy(Invocation.ROOT.resolve("cli/src/test/bpf/unknown.o"), folder.resolve("more/unknown.o"));
        Files.copy(testObject("externs.o"), folder.resolve("more/externs.o"));
        Files.copy(testObject("globals.be.o"), folder.resolve("more/deep/globals.elf"));
        byte[] half = Files.readAllBytes(testObject("empty.o"));
        Files.write(folder.resolve("half.o"), Arrays.copyOf(half, half.length / 2));
        Files.writeString(folder.resolve("notes.o"), "no object");
        Files.createSymbolicLink(folder.resolve("link.o"), folder.resolve("firewall.o"));
    }

    private String text(Invocation invocation) {
        return invocation.out().replace(folder.toString(), "FOLDER");
    }

    @Test
    void textOfEverything() throws IOException {
        fill();
        Invocation invocation = Invocation.of("inspect", "--all", folder);
        assertThat(invocation.err()).isEmpty();
        assertThat(invocation.code()).isEqualTo(ExitCode.DISAGREEMENT);
        Golden.check(Golden.resource("survey/everything.txt"), text(invocation));
    }

    @Test
    void jsonOfEverything() throws IOException {
        fill();
        Invocation invocation = Invocation.of("inspect", "--all", folder, "--format", "json");
        assertThat(invocation.code()).isEqualTo(ExitCode.DISAGREEMENT);
        Golden.check(Golden.resource("survey/everything.json"), text(invocation));
    }

    @Test
    void ownExamplesAreComplete() {
        Invocation invocation = Invocation.of("inspect", "--all", Invocation.ROOT.resolve("examples"));
        assertThat(invocation.code()).as(invocation.out()).isEqualTo(ExitCode.OK);
        assertThat(invocation.out()).contains("network types").contains("tail_calls.bpf.o").doesNotContain("MISSING  h");
    }

    @Test
    void wrongUse() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "a");
        assertThat(Invocation.of("inspect", "--all", folder)).isEqualTo(new Invocation(ExitCode.BAD_INPUT, "", "bpf4j: " + folder
                + ": there is no eBPF object in this folder, only 1 other file\n"));
        assertThat(Invocation.of("inspect", "--all", folder.resolve("a.txt")).err()).contains("is no folder");
        assertThat(Invocation.of("inspect", "--all", folder.resolve("none")).code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(Invocation.of("inspect", "--all", folder, "--relocations").err()).contains("--relocations is for one object");
    }
}
