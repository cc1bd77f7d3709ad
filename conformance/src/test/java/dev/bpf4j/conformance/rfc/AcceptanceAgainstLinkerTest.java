// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the reference accepts and what the table's decoder and the linker accept is the same. */
class AcceptanceAgainstLinkerTest {
    private static final long SEED = 9669;
    private static final int[] IMMS = {0, 0, 0, 1, 2, 8, 16, 32, 64, 0x40, 0x41, 0x50, 0x51, 0xa0, 0xa1, 0xe0, 0xe1, 0xf0, 0xf1, 0x100,
        0x101, 0x110,
        0x10000, 0x10001, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
    private static final int[] OFFSETS = {0, 0, 0, 1, -1, 2, 8, 16, 32, 64, -2};
    private static final List<MapDefinition> MAPS = List.of(MapDefinition.of("a", 2, 4, 8, 1), MapDefinition.of("b", 2, 4, 8, 1));

    /** One instruction with random fields among correct ones, or fields that are wrong in one place. */
    @Test
    void singleInstructions() throws LoadException {
        compare(60_000, random -> {
            Code code = Code.code();
            slot(code, random, random.nextInt(256));
            return code.exit();
        });
    }

    /** Several instructions, so that jumps, calls, wide instructions and ends of functions meet. */
    @Test
    void shortPrograms() throws LoadException {
        int[] control = {0x05, 0x06, 0x85, 0x95, 0xe5, 0x15, 0x1d, 0x16, 0x18, 0x00, 0x8d, 0x0d, 0xb7, 0x0f};
        compare(60_000, random -> {
            Code code = Code.code();
            int slots = 1 + random.nextInt(8);
            for (int i = 0; i < slots; i++) {
                int opcode = control[random.nextInt(control.length)];
                switch (opcode) {
                    case 0x05, 0xe5 -> code.i(opcode, 0, 0, random.nextInt(10) - 5, 0);
                    case 0x15, 0x16 -> code.i(opcode, 1, 0, random.nextInt(10) - 5, 0);
                    case 0x1d -> code.i(opcode, 1, 2, random.nextInt(10) - 5, 0);
                    case 0x06 -> code.i(opcode, 0, 0, 0, random.nextInt(10) - 5);
                    case 0x85 -> code.i(opcode, 0, random.nextInt(3), 0, random.nextInt(6) - 2);
                    case 0x18 -> code.i(opcode, 1, random.nextBoolean() ? 0 : 4, 0, random.nextInt(6) - 2).i(0, 0, 0, 0, 0);
                    case 0x95, 0x00 -> code.i(opcode, 0, 0, 0, 0);
                    default -> code.i(opcode, 1, opcode == 0x0f ? 2 : 0, 0, 0);
                }
            }
            return random.nextInt(4) == 0 ? code : code.exit();
        });
    }

    private static void slot(Code code, Random random, int opcode) {
        int dst = random.nextInt(3) == 0 ? random.nextInt(16) : random.nextInt(4) == 0 ? 10 : 0;
        int src = random.nextInt(3) == 0 ? random.nextInt(16) : random.nextInt(3);
        code.i(opcode, dst, src, OFFSETS[random.nextInt(OFFSETS.length)], IMMS[random.nextInt(IMMS.length)]);
        if (opcode == 0x18 || random.nextInt(8) == 0) {
            boolean wrong = random.nextInt(3) == 0;
            code.i(wrong ? random.nextInt(2) : 0, wrong ? random.nextInt(2) : 0, wrong ? random.nextInt(2) : 0, wrong ? random.nextInt(2)
                    : 0, random
                            .nextInt(2));
        }
    }

    /** Makes a program out of a random sequence. */
    private interface Generator {
        Code next(Random random);
    }

    private static void compare(int programs, Generator generator) throws LoadException {
        Random random = new Random(SEED);
        int accepted = 0;
        Machine machine = machine();
        try {
            for (int i = 0; i < programs; i++) {
                if (i % 5000 == 4999) { // a machine keeps all programs that it linked
                    machine.close();
                    machine = machine();
                }
                ByteOrder order = random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
                Program program = program(generator.next(random).bytes(order), order);
                if (namesWhatIsNotThere(program)) {
                    continue;
                }
                String reference = RfcReference.reject(program).orElse("");
                String linker = link(machine, program);
                assertThat(reference.isEmpty()).as("seed %d, program %d, %s: %s; reference: %s; linker: %s", SEED, i, order, HexFormat.of()
                        .formatHex(
                                program.code()), reference, linker).isEqualTo(linker.isEmpty());
                accepted += reference.isEmpty() ? 1 : 0;
            }
        } finally {
            machine.close();
        }
        assertThat(accepted).isBetween(programs / 50, programs * 3 / 4);
    }

    private static Machine machine() {
        Machine machine = new Machine(Machine.Settings.standard());
        machine.variable("v", 0x6000_0000L);
        return machine;
    }

    private static Program program(byte[] code, ByteOrder order) {
        return new Program("p", ProgramType.RAW, "", order, code, List.of(), MAPS, Map.of(0, "v", 1, "v"), Map.of(), Map.of(), List.of(),
                "");
    }

    /** Maps and variables that do not exist are the linker's business alone. */
    private static boolean namesWhatIsNotThere(Program program) {
        for (Slot slot : Slot.decode(program.code(), program.order())) {
            if (slot.isWide() && slot.src() != 0 && slot.src() != 4 && (slot.imm() < 0 || slot.imm() > 1)) {
                return true;
            }
        }
        return false;
    }

    private static String link(Machine machine, Program program) {
        try {
            machine.link(program);
            return "";
        } catch (LoadException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
