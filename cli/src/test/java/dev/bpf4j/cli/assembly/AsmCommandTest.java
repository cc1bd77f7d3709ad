// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code asm}: formats, dialects, and what a wrong text is told. */
class AsmCommandTest {
    @TempDir Path folder;

    private Path text;

    @BeforeEach
    void write() throws IOException {
        text = Files.writeString(folder.resolve("loop.bpfasm"), """
                ; counts down
                    r0 = 0x300000002 ll
                again:
                    r0 += -1
                    if r0 != 0 goto again
                    exit
                """);
    }

    @Test
    void hexIsOneLinePerInstruction() {
        assertThat(Invocation.of("asm", text)).isEqualTo(new Invocation(ExitCode.OK, """
                18 00 00 00 02 00 00 00 00 00 00 00 03 00 00 00
                07 00 00 00 ff ff ff ff
                55 00 fe ff 00 00 00 00
                95 00 00 00 00 00 00 00
                """, ""));
        assertThat(Invocation.of("asm", text, "--big-endian").out()).startsWith("18 00 00 00 00 00 00 02 00 00 00 00 00 00 00 03\n");
    }

    @Test
    void elementsOfStructBpfInsn() {
        assertThat(Invocation.of("asm", text, "--format", "c").out()).isEqualTo("""
                { .code = 0x18, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 2 }, // r0 = 0x300000002 ll
                { .code = 0x00, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 3 },
                { .code = 0x07, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = -1 }, // r0 += -1
                { .code = 0x55, .dst_reg = 0, .src_reg = 0, .off = -2, .imm = 0 }, // if r0 != 0 goto -2
                { .code = 0x95, .dst_reg = 0, .src_reg = 0, .off = 0, .imm = 0 }, // exit
                """);
    }

    @Test
    void fileGetsBytesUnlessAnotherFormatIsNamed() {
        Path out = folder.resolve("loop.bin");
        assertThat(Invocation.of("asm", text, "-o", out)).isEqualTo(new Invocation(ExitCode.OK, "", ""));
        assertThat(out).isRegularFile().hasSize(40);
        assertThat(Invocation.of("disasm", out).out()).contains("if r0 != 0 goto L2");
        Path hex = folder.resolve("loop.hex");
        Invocation.of("asm", text, "-o", hex, "--format=HEX");
        assertThat(hex).content().startsWith("18 00");
    }

    @Test
    void dialectOfTheConformanceSuite() throws IOException {
        Path conformance = Files.writeString(folder.resolve("add.asm"), "mov %r0, 1\nadd %r0, %r1\nexit\n");
        assertThat(Invocation.of("asm", conformance, "--dialect", "conformance").out()).isEqualTo(
                "b7 00 00 00 01 00 00 00\n0f 10 00 00 00 00 00 00\n95 00 00 00 00 00 00 00\n");
    }

    @Test
    void wrongTextIsShownWithPlaceAndCaret() throws IOException {
        Path wrong = Files.writeString(folder.resolve("wrong.s"), "r0 = 1\n  r0 @ 1\n");
        Invocation told = Invocation.of("asm", wrong);
        assertThat(told.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(told.err()).startsWith("bpf4j: " + wrong + ":2:6: expected ").endsWith("but found '@'\n    r0 @ 1\n       ^\n");
        assertThat(told.out()).isEmpty();
    }

    @Test
    void wrongUseIsExplained() throws IOException {
        assertThat(Invocation.of("asm", text, "--format", "bin").err()).isEqualTo(
                "bpf4j: --format bin writes bytes, which needs a file: -o OUT\n");
        assertThat(Invocation.of("asm", text, "--format", "elf").err()).contains("--format").contains("elf").contains("HEX, BIN, C");
        Path comment = Files.writeString(folder.resolve("comment.s"), "; nothing\n");
        assertThat(Invocation.of("asm", comment).err()).isEqualTo("bpf4j: " + comment + ": the text has no instructions\n");
        Path binary = Files.write(folder.resolve("binary.s"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertThat(Invocation.of("asm", binary).err()).isEqualTo("bpf4j: " + binary + ":1:1: byte 0xff is no text in UTF-8\n  \n  ^\n");
        assertThat(Invocation.of("asm", text, "-o", folder.resolve("no/such/folder")).err()).isEqualTo("bpf4j: no such file: " + folder
                .resolve(
                        "no/such/folder") + "\n");
    }
}
