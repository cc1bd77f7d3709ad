// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import dev.bpf4j.jit.nativecode.Relaxation;
import dev.bpf4j.jit.nativecode.testing.EncoderComparison;
import dev.bpf4j.jit.nativecode.testing.LlvmMc;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The encoder of ARM64. */
class EncoderTest extends EncoderComparison {
    private static final Map<String, Class<?>> TYPES = Map.of("int", int.class, "long", long.class, "Mem", Mem.class);

    EncoderTest() {
        super(Encoder::new, Printer.class, new LlvmMc("--triple=aarch64", "--mattr=+lse"));
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
        return TYPES.getOrDefault(operand.kind().javaType(), Object.class);
    }

    @Override
    protected int registers() {
        return 31;
    }

    /** For other assemblers. */
    List<Sample> samplesForOthers() {
        return samples();
    }

    @Override
    protected boolean allowed(MachineForm form, Object[] operands) {
        return Forms.allowed(form, operands);
    }

    @Test
    void valuesThatDoNotFitAreRefused() {
        Encoder encoder = new Encoder();
        assertThatThrownBy(() -> encoder.add64_ri(0, 0, 4096)).hasMessageContaining("4096");
        assertThatThrownBy(() -> encoder.add64_rr(31, 0, 0)).hasMessageContaining("31");
        assertThatThrownBy(() -> encoder.lsl32_ri(0, 0, 32)).hasMessageContaining("32");
        assertThatThrownBy(() -> encoder.and64_rl(0, 0, 5)).hasMessageContaining("5");
        assertThatThrownBy(() -> encoder.and32_rl(0, 0, 0x1_0000_0001L)).hasMessageContaining("logical");
        assertThatThrownBy(() -> encoder.movz64(0, 0x1_0001)).hasMessageContaining("chunk");
        assertThatThrownBy(() -> encoder.ldr64_o(0, 0, 12)).hasMessageContaining("multiple of 8");
        assertThatThrownBy(() -> encoder.b_cond(16, 0)).hasMessageContaining("16");
        assertThatThrownBy(() -> encoder.tbz32(0, 0, 32768)).hasMessageContaining("32768");
        assertThatThrownBy(() -> encoder.cbz64(0, 2)).hasMessageContaining("multiple of 4");
        assertThatThrownBy(() -> Mem.of(0, 256)).hasMessageContaining("256");
    }

    /** A logical immediate is a rotated run of ones, repeated: counted, there are 5,334 of 64 bits and 1,302 of 32 (Arm ARM). */
    @Test
    void allLogicalImmediatesAreKnown() {
        int wide = 0;
        int narrow = 0;
        for (int size = 2; size <= 64; size *= 2) {
            for (int ones = 1; ones < size; ones++) {
                for (int rotation = 0; rotation < size; rotation++) {
                    long element = (1L << ones) - 1;
                    long mask = -1L >>> 64 - size;
                    long rotated = rotation == 0 ? element : (element >>> rotation | element << size - rotation) & mask;
                    long value = rotated;
                    for (int width = size; width < 64; width *= 2) {
                        value |= value << width;
                    }
                    wide += A64Buffer.isLogical(64, value) ? 1 : 0;
                    narrow += size <= 32 && A64Buffer.isLogical(32, value & 0xffff_ffffL) ? 1 : 0;
                }
            }
        }
        assertThat(wide).isEqualTo(5334);
        assertThat(narrow).isEqualTo(1302);
        assertThat(List.of(0L, -1L, 5L, 0x1234L)).noneMatch(value -> A64Buffer.isLogical(64, value));
        assertThat(A64Buffer.isLogical(32, 0xffff_ffffL)).isFalse();
    }

    @Test
    void jumpsThatDoNotReachJumpOverOnesThatDo() {
        Map<Integer, Integer> reaches = Map.of(A64Jumps.EQUAL, 1 << 20, A64Jumps.zero(64, 3), 1 << 20, A64Jumps.clear(3, 40), 1 << 15);
        reaches.forEach((condition, reach) -> {
            for (int distance : new int[] {reach - 4, reach}) {
                Encoder encoder = new Encoder();
                int end = encoder.label();
                encoder.jump(condition, end);
                for (int i = 4; i < distance; i += 4) {
                    encoder.ret();
                }
                encoder.bind(end);
                byte[] code = Relaxation.finish(encoder).bytes();
                assertThat(code).hasSize(distance < reach ? distance : distance + 4);
            }
        });
    }
}
