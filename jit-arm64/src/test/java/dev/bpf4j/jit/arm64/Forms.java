// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.arm64;

import dev.bpf4j.isa.machine.A64Kind;
import dev.bpf4j.isa.machine.A64Slot;
import dev.bpf4j.isa.machine.Architecture;
import dev.bpf4j.isa.machine.MachineForm;
import dev.bpf4j.isa.machine.MachineForm.Operand;
import dev.bpf4j.isa.table.MachineReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All forms of the machine table, and boundary operands. */
final class Forms {
    private Forms() {
    }

    static List<MachineForm> all() {
        try (InputStream stream = Forms.class.getResourceAsStream("/a64.isa")) {
            return MachineReader.read(Architecture.ARM64, "a64.isa", new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Boundary values of an operand. Those are left out for which the manual prefers another name, such as a shift by 0. */
    static List<Object> values(MachineForm form, Operand operand) {
        return switch ((A64Kind) operand.kind()) {
            case W, X -> range(0, 31);
            case WZ, XZ, XS -> range(0, 32);
            case CC -> range(0, 16);
            case U12 -> List.of(1, 0, 2, 2047, 2048, 4095);
            case U16 -> List.of(0, 1, 0x7fff, 0x8000, 0xffff);
            case B32 -> range(form.has(A64Slot.REL) ? 0 : 1, 32);
            case B64 -> range(1, 64);
            case B6432 -> range(32, 64);
            case H32 -> List.of(16);
            case H64 -> List.of(16, 32, 48);
            case Z32 -> List.of(0L, 1L, 0xffffL, 0x1_0000L, 0x8000_0000L, 0x1234_0000L);
            case Z64 -> List.of(0L, 1L, 0xffffL, 0x1_0000L, 0xffff_0000L, 0x1234_0000_0000L, 1L << 63, 0xffffL << 48);
            case N32 -> List.of(0xffff_ffffL, 0xffff_fffeL, 0xffff_0001L, 0x7fff_ffffL, 0x1234_ffffL);
            case N64 -> List.of(-1L, -2L, 0xffff_ffff_ffff_0000L, 0xffff_ffff_0000_ffffL, Long.MAX_VALUE, 0x1234_ffff_ffff_ffffL);
            case L32 -> List.of(1L, 3L, 0xffL, 0x8000_0000L, 0x8000_0001L, 0x5555_5555L, 0xff00_ff00L, 0x0ff0_0000L, 0xfffe_ffffL,
                    0x1111_1111L, 0xe7e7_e7e7L, 0x7fff_ffffL);
            case L64 -> List.of(1L, 3L, 0xffL, 1L << 63, 0x8000_0000_0000_0001L, 0x5555_5555_5555_5555L, 0xff00_ff00_ff00_ff00L,
                    0x0000_0fff_f000_0000L, 0xffff_fffe_ffff_ffffL, 0x1111_1111_1111_1111L, 0xe7e7_e7e7_e7e7_e7e7L, 0xffff_ffffL,
                    0x0000_ffff_0000_ffffL, Long.MAX_VALUE);
            case V32 -> List.of(0x5555_5555L, 0xff00_ff00L, 0x0ff0_0ff0L, 0xe7e7_e7e7L, 0x0001_8000L, 0x7fff_fffeL);
            case V64 -> List.of(0x5555_5555_5555_5555L, 0xff00_ff00_ff00_ff00L, 0x7fff_fffeL, 0xffff_ffffL, 0x0001_8000L,
                    0x0000_ffff_0000_ffffL, 0x7fff_ffff_ffff_fffeL);
            case S9 -> List.of(0, 1, -1, 8, -8, 255, -256);
            case O4 -> List.of(0, 4, 8, 16380);
            case O8 -> List.of(0, 8, 16, 32760);
            case P8, Q8 -> List.of(0, 8, -8, 16, 504, -512);
            case D14 -> List.of(0, 4, -4, 32764, -32768);
            case D19 -> List.of(0, 4, -4, 0xffffc, -0x100000);
            case D26 -> List.of(0, 4, -4, 0x7fffffc, -0x8000000);
            case D21 -> List.of(0, 1, -1, 4, 0xfffff, -0x100000);
            case M -> memory();
        };
    }

    private static List<Object> range(int from, int to) {
        List<Object> values = new ArrayList<>();
        for (int i = from; i < to; i++) {
            values.add(i);
        }
        return values;
    }

    private static List<Object> memory() {
        List<Object> memory = new ArrayList<>(List.of(Mem.of(15, 0), Mem.of(0, 255), Mem.of(30, -256), Mem.of(7, -1), Mem.of(12, 8)));
        for (int register = 0; register < 31; register++) {
            memory.add(Mem.confined(register, 30 - register));
            memory.add(Mem.indexed(30 - register, register));
        }
        return memory;
    }

    /** What the manual calls constrained unpredictable is left out: bases that change, and what is loaded or stored with them, are different. */
    static boolean allowed(MachineForm form, Object[] operands) {
        boolean changes = form.name().endsWith("_pre") || form.name().endsWith("_post");
        boolean exclusive = form.name().startsWith("stxr") || form.name().startsWith("stlxr");
        if (form.has(A64Slot.RT2) && operands[0].equals(operands[1])) {
            return false;
        }
        if (changes) {
            int base = form.has(A64Slot.RT2) ? 2 : 1;
            return !operands[0].equals(operands[base]) && !operands[base - 1].equals(operands[base]);
        }
        return !exclusive || !operands[0].equals(operands[1]) && !operands[0].equals(operands[2]);
    }
}
