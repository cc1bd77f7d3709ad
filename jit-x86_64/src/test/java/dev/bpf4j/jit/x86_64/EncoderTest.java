// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.jit.nativecode.Relaxation;
import dev.bpf4j.jit.nativecode.testing.LlvmMc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every form with boundary operands: bytes of the encoder and text of the printer against an independent disassembler. What it said is checked
 * in, so that hosts without it check the same; {@code -Dbpf4j.bless=true} asks it anew.
 */
class EncoderTest {
    private static final LlvmMc LLVM = new LlvmMc("--triple=x86_64", "--mattr=+bmi2", "--output-asm-variant=1");
    private static final Path GOLDEN = Golden.resource("encodings.txt");

    private static List<Forms.Sample> samples() {
        return Forms.all().stream().flatMap(form -> Forms.samples(form).stream()).toList();
    }

    private static String lines(List<Forms.Sample> samples, List<String> texts) {
        StringBuilder lines = new StringBuilder("# What `" + LLVM.command() + "` says about the encoder's bytes.\n");
        String form = "";
        for (int i = 0; i < samples.size(); i++) {
            if (!samples.get(i).form().equals(form)) {
                form = samples.get(i).form();
                lines.append("# ").append(form).append('\n');
            }
            lines.append(samples.get(i).bytes()).append(' ').append(texts.get(i)).append('\n');
        }
        return lines.toString();
    }

    @Test
    void bytesMeanToTheDisassemblerWhatThePrinterSays() throws IOException, InterruptedException {
        List<Forms.Sample> samples = samples();
        if (Boolean.getBoolean(Golden.SWITCH)) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, lines(samples, LLVM.disassemble(samples.stream().map(Forms.Sample::bytes).toList())));
        }
        assertThat(lines(samples, samples.stream().map(Forms.Sample::text).toList())).isEqualTo(Files.readString(GOLDEN));
    }

    @Test
    void installedDisassemblerAgrees() throws IOException, InterruptedException {
        assumeTrue(LlvmMc.installed(), "llvm-mc is not installed: the checked-in answers are checked by the other test");
        List<Forms.Sample> samples = samples();
        assertThat(LLVM.disassemble(samples.stream().map(Forms.Sample::bytes).toList())).isEqualTo(samples.stream().map(
                Forms.Sample::text)
                .toList());
    }

    @Test
    void everyFormHasSamples() {
        List<String> missing = new ArrayList<>();
        for (MachineForm form : Forms.all()) {
            if (Forms.samples(form).isEmpty()) {
                missing.add(form.name());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(Forms.all()).hasSizeGreaterThan(150);
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        Encoder encoder = new Encoder();
        assertThatThrownBy(() -> encoder.add64_ri8(0, 128)).hasMessageContaining("128");
        assertThatThrownBy(() -> encoder.shl64_ri(0, 256)).hasMessageContaining("256");
        assertThatThrownBy(() -> encoder.add64_rr(16, 0)).hasMessageContaining("16");
        assertThatThrownBy(() -> encoder.jcc_rel8(16, 0)).hasMessageContaining("16");
        assertThatThrownBy(() -> new Mem(0, 4, 0, 0)).hasMessageContaining("index 4");
    }

    @Test
    void jumpsAreAsShortAsTheyCanBe() {
        for (int gap : List.of(0, 127, 128)) {
            Encoder encoder = new Encoder();
            int start = encoder.here();
            int end = encoder.label();
            encoder.jump(4, end);
            for (int i = 0; i < gap; i++) {
                encoder.ret();
            }
            encoder.bind(end);
            encoder.jump(start);
            Relaxation.Code code = Relaxation.finish(encoder);
            int first = gap == 128 ? 6 : 2;
            assertThat(code.offsets()).containsExactly(0, first + gap);
            assertThat(code.bytes()).hasSize(first + gap + (first + gap + 2 <= 128 ? 2 : 5));
        }
    }
}
