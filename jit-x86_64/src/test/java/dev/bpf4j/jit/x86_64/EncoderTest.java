// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import dev.bpf4j.isa.machine.X86Kind;
import dev.bpf4j.jit.nativecode.Relaxation;
import dev.bpf4j.jit.nativecode.testing.EncoderComparison;
import dev.bpf4j.jit.nativecode.testing.LlvmMc;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The encoder of x86-64. */
class EncoderTest extends EncoderComparison {
    EncoderTest() {
        super(Encoder::new, Printer.class, new LlvmMc("--triple=x86_64", "--mattr=+bmi2,+fsgsbase", "--output-asm-variant=1"));
    }

    @Override
    protected List<MachineForm> forms() {
        return Forms.all();
    }

    @Override
    protected List<Object> values(MachineForm form, Operand operand) {
        return Forms.values(form, operand);
    }

    @Override
    protected Class<?> type(Operand operand) {
        return operand.kind().isMemory() ? Mem.class : operand.kind() == X86Kind.IO ? long.class : int.class;
    }

    @Override
    protected int registers() {
        return 16;
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
