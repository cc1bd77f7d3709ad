// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.x86_64;

import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import dev.bpf4j.isa.machine.X86Kind;
import dev.bpf4j.isa.machine.X86Slot;
import dev.bpf4j.isa.table.MachineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All forms of the machine table, and boundary operands. */
final class Forms {
    private static final List<Integer> DISPLACEMENTS = List.of(1, -1, 127, 128, 129, -127, -128, -129, 0x7fff_ffff, 0x8000_0000);
    private static final List<Integer> SPECIAL_BASES = List.of(0, 4, 5, 12, 13);

    private Forms() {
    }

    static List<MachineForm> all() {
        try (InputStream stream = Forms.class.getResourceAsStream("/x86_64.isa")) {
            return MachineReader.read(Architecture.X86_64, "x86_64.isa", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Boundary values of an operand. */
    static List<Object> values(MachineForm form, Operand operand) {
        return switch ((X86Kind) operand.kind()) {
            case R8, R16, R32, R64, CC -> range();
            case M0, M8, M16, M32, M64 -> form.name().equals("mov64_rm") ? allMemory() : someMemory();
            case IB, CB -> List.of(0, 1, -1, 127, -128);
            case UB -> operand.slot() == X86Slot.IMM && form.name().startsWith("test") ? List.of(0, 1, 127, 128, 255)
                    : List.of(1, 2, 31, 32, 63);
            case IW -> List.of(0, 1, -1, 0x7fff, -0x8000, 0xffff);
            case ID, CD -> List.of(0, 1, -1, 127, 128, 129, -127, -128, -129, 0x7fff_ffff, 0x8000_0000, 0x1234_5678);
            case IO -> List.of(0L, 1L, -1L, 0x7fff_ffffL, 0x8000_0000L, 0xffff_ffffL, 0x1_0000_0000L, Long.MIN_VALUE, Long.MAX_VALUE);
        };
    }

    private static List<Object> range() {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            values.add(i);
        }
        return values;
    }

    private static List<Object> someMemory() {
        List<Object> memory = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            memory.add(i % 2 == 0 || i == 13 || i == 5 ? Mem.of(i, i == 12 ? 8 : i == 4 ? -8 : 0)
                    : new Mem(i, i == 11 ? 9 : 15 - i, i & 3, 0));
        }
        memory.addAll(List.of(Mem.guest(0, 0), Mem.guest(13, 0), Mem.guest(12, -8), Mem.guest(5, 0x1234_5678)));
        memory.addAll(List.of(Mem.of(5, 0), new Mem(13, 12, 3, 0), new Mem(4, 13, 0, 128), Mem.of(14, -128), Mem.of(9, 0x1234_5678)));
        return memory;
    }

    private static List<Object> allMemory() {
        List<Object> memory = new ArrayList<>();
        for (int base = 0; base < 16; base++) {
            memory.add(Mem.of(base, 0));
            for (int index = base == 15 ? 0 : 1; index < 16; index += base == 15 ? 1 : 6) {
                if (index != 4) {
                    memory.add(new Mem(base, index, base & 3, index == 5 ? 8 : 0));
                }
            }
        }
        for (int base = 0; base < 16; base++) {
            memory.add(Mem.guest(base, 0));
            memory.add(Mem.guest(base, base * 11 - 128));
        }
        for (int base : SPECIAL_BASES) {
            for (int displacement : DISPLACEMENTS) {
                memory.add(Mem.of(base, displacement));
                memory.add(new Mem(base, 13, 2, displacement));
            }
        }
        return memory;
    }
}
