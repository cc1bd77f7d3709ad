// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.loader.BpfObject;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.conformance.linux.LinuxEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code disasm}: what it prints, and that {@code asm} reads it back. */
class DisasmCommandTest {
    @TempDir Path folder;

    @Test
    void hexIsListedWithReasonsForWhatIsNoInstruction() {
        Invocation shown = Invocation.of("disasm", "--hex", "b7:00:00:00,01000000 0x18 00 00 00 02000000 0000000003000000 ff00000000000000"
                + " 0500fcff00000000");
        assertThat(shown.err()).isEmpty();
        assertThat(shown.out()).isEqualTo("""
                L0:
                    0: r0 = 1
                    1: r0 = 0x300000002 ll
                    3: .quad 0xff00000000000000             ; unknown opcode 0xff
                    4: goto L1
                """.replace("L0:\n", "").replace("    1: ", "L1:\n    1: "));
        assertThat(shown.code()).isEqualTo(ExitCode.OK);
    }

    @Test
    void objectIsListedWithSourceMapsAndLabels() {
        Invocation shown = Invocation.of("disasm", Invocation.example("xdp_firewall.bpf.o"));
        assertThat(shown.code()).isEqualTo(ExitCode.OK);
        assertThat(shown.out()).startsWith("; program xdp_firewall: section xdp, type xdp, 527 slots\nxdp_firewall:\n").contains(
                "; xdp_firewall.bpf.c:130: if (!rule)\n   96: if r6 == 0 goto L333\n").contains("\nL333:\n").containsPattern(
                        "r1 = map_by_fd\\(0\\) +; networks_v4\n");
    }

    @Test
    void bytesAreShownOnDemand() {
        assertThat(Invocation.of("disasm", "--bytes", "--hex", "b700000001000000").out()).isEqualTo(
                "    0: r0 = 1                               ; b7 00 00 00 01 00 00 00\n");
        assertThat(Invocation.of("disasm", "--big-endian", "--bytes", "--hex", "b700000000000001").out()).isEqualTo(
                "    0: r0 = 1                               ; b7 00 00 00 00 00 00 01\n");
    }

    @Test
    void severalProgramsAreShownOneAfterTheOther() {
        Invocation all = Invocation.of("disasm", Invocation.example("tail_calls.bpf.o"));
        assertThat(all.out().lines().filter(line -> line.startsWith("; program "))).hasSizeGreaterThan(3);
        Invocation one = Invocation.of("disasm", Invocation.example("tail_calls.bpf.o"), "--program", "tail_calls");
        assertThat(one.out().lines().filter(line -> line.startsWith("; program "))).hasSize(1);
        assertThat(all.out()).contains(one.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xdp_firewall", "xdp_loadbalancer", "proto_counter", "tc_ratelimit", "socket_filter", "tail_calls",
        "globals_calls"})
    void listingIsReadBackAsTheSameBytes(String example) throws IOException, LoadException {
        Path object = Invocation.example(example + ".bpf.o");
        for (Program program : BpfObject.load(object).programs()) {
            Path text = folder.resolve("listing.s");
            Path code = folder.resolve("code.bin");
            Files.writeString(text, Invocation.of("disasm", object, "--program", program.name()).out());
            assertThat(Invocation.of("asm", text, "-o", code).err()).isEmpty();
            assertThat(code).hasBinaryContent(program.code());
        }
    }

    @Test
    void wrongUseIsExplained() throws IOException {
        assertThat(Invocation.of("disasm").err()).isEqualTo("bpf4j: expected an OBJECT or --hex BYTES\n");
        assertThat(Invocation.of("disasm", "--hex", "b7", "x.o").err()).isEqualTo("bpf4j: --hex goes without OBJECT and --program\n");
        assertThat(Invocation.of("disasm", "--hex", "b700").err()).isEqualTo(
                "bpf4j: --hex: 2 bytes, expected a multiple of 8, at least 8\n");
        assertThat(Invocation.of("disasm", "--hex", "b7 0x 1g").err()).isEqualTo(
                "bpf4j: --hex: character 8 is 'g', expected the second hex digit of a byte\n");
        assertThat(Invocation.of("disasm", "--hex", "zz").err()).isEqualTo("bpf4j: --hex: character 1 is 'z', expected two hex digits\n");
        assertThat(Invocation.of("disasm", folder.resolve("none.o")).err()).isEqualTo("bpf4j: no such file: " + folder.resolve("none.o")
                + "\n");
        assertThat(Invocation.of("disasm", folder)).isEqualTo(new Invocation(ExitCode.BAD_INPUT, "", "bpf4j: " + folder
                + ": is a directory, expected an ELF object, assembly text (.bpfasm, .s) or raw bytecode (.bin)\n"));
        Path file = Files.createFile(folder.resolve("empty.o"));
        assertThat(Invocation.of("disasm", file).err()).isEqualTo("bpf4j: " + file
                + ": the file is empty, expected an ELF object, assembly text (.bpfasm, .s) or raw bytecode (.bin)\n");
        Path garbage = Files.writeString(folder.resolve("garbage.o"), "not an object");
        assertThat(Invocation.of("disasm", garbage).err()).isEqualTo("bpf4j: " + garbage
                + ": neither an ELF object nor named like another form, expected an ELF object, assembly text (.bpfasm, .s) or raw bytecode (.bin)\n");
        Path odd = Files.writeString(folder.resolve("odd.bin"), "123456789");
        assertThat(Invocation.of("disasm", odd).err()).isEqualTo("bpf4j: " + odd + ": raw bytecode of 9 bytes, expected a multiple of 8\n");
        Path damaged = Files.write(folder.resolve("damaged.o"), new byte[] {0x7f, 'E', 'L', 'F', 1});
        assertThat(Invocation.of("disasm", damaged).err()).startsWith("bpf4j: " + damaged + ": ").doesNotContain("internal");
        assertThat(Invocation.of("disasm", Invocation.example("tail_calls.bpf.o"), "--program", "none").err()).startsWith(
                "bpf4j: examples/tail_calls.bpf.o: no program none; there are parse_vlan (section xdp), parse_ipv4 (section xdp), ");
    }

    @Test
    void namesOutOfAnObjectCannotSteerTheTerminal() throws IOException {
        Path file = Files.write(folder.resolve("evil\u001b[31m.bin"), new byte[8]);
        assertThat(Invocation.of("disasm", file).out()).doesNotContain("\u001b").contains("evil?[31m");
        assertThat(Invocation.of("disasm", folder.resolve("\u001b[2J.o")).err()).doesNotContain("\u001b");
    }

    @Test
    void showsTheKernelsMachineCode() {
        Invocation shown = Invocation.of("disasm", "--native", "linux", "--hex", "b700000001000000 9500000000000000");
        assumeThat(new LinuxEngine().unavailable()).isEmpty();
        assertThat(shown.out()).as(shown.err()).containsPattern("^main, \\d+ bytes\\R +0: [0-9a-f]{2} ").endsWith("\n");
        assertThat(Invocation.of("disasm", "--native", "linux", "--hex", "bf70000000000000 9500000000000000").err()).contains(
                "the kernel refuses it").contains("R7 !read_ok");
    }

    @Test
    void showsMachineCode() {
        Invocation shown = Invocation.of("disasm", "--native", "x86-64", "--hex", "b700000001000000 9500000000000000");
        assertThat(shown.out()).startsWith("0: r0 = 1\n        ; mov64_u31\n").contains("mov eax, 1").contains("1: exit");
        assertThat(Invocation.of("disasm", "--native", "interpreter", "--hex", "9500000000000000").err()).contains("makes no machine code");
        assertThat(Invocation.of("disasm", "--native", "steam", "--hex", "9500000000000000").err()).contains("no engine steam");
    }
}
