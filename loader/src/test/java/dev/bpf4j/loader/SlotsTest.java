// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.loader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.loader.elf.ElfBuilder;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The few opcodes and fields that the loader knows are those of the instruction table. */
final class SlotsTest {

    @Test
    void opcodesAreThoseOfTheTable() {
        List<Instruction> wide = Isa.bpf().instructions().stream().filter(Instruction::wide).toList();
        assertThat(wide).isNotEmpty().allSatisfy(instruction -> assertThat(instruction.opcode()).isEqualTo(Slots.WIDE_LOAD));
        assertThat(List.of("call", "call_local", "call_kfunc")).allSatisfy(name -> assertThat(Isa.bpf().get(name).opcode()).isEqualTo(
                Slots.CALL));
    }

    @ParameterizedTest
    @CsvSource({"32, 4", "16, 2", "8, 1", "64, 8"})
    void widthsAreThoseOfTheTable(int bits, int bytes) {
        for (String name : List.of("ldx" + bits, "stx" + bits, "st" + bits)) {
            assertThat(CoreRelocations.accessedBytes(Isa.bpf().get(name).opcode())).as(name).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @CsvSource({"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void fields(String name) {
        ByteOrder order = name.equals("LITTLE_ENDIAN") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] code = ElfBuilder.slots(order, 0x18, 3, 1, -2, 0x12345678, 0, 0, 0, 0, -1);
        Slots slots = new Slots(code, order);
        assertThat(List.of(slots.count(), slots.opcode(0), slots.dst(0), slots.src(0), (int) slots.off(0), slots.imm(0), slots.imm(1)))
                .containsExactly(2, 0x18,
                        3, 1, -2, 0x12345678, -1);
        slots.setWideLoad(0, 2, 7, 9);
        slots.setOff(0, 5);
        slots.setOpcode(1, 0x95);
        assertThat(code).isEqualTo(ElfBuilder.slots(order, 0x18, 3, 2, 5, 7, 0x95, 0, 0, 0, 9));
    }
}
