// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Decoder.Decoded;
import dev.bpf4j.isa.Decoder.Rejected;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.Operands;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That vectors are what they should be: valid programs, complete over operands, and showing what their instruction does. */
class VectorsTest {
    static final Layout LAYOUT = new Layout(0x1020_0000L, 0xf800_0000L);
    private static final Isa ISA = Isa.bpf();
    private static final Decoder DECODER = new Decoder(ISA);
    private static final Vectors LITTLE = new Vectors(ISA, ByteOrder.LITTLE_ENDIAN, LAYOUT);
    private static final Vectors BIG = new Vectors(ISA, ByteOrder.BIG_ENDIAN, LAYOUT);
    private static final int COUNT = 2_000;

    static Stream<Instruction> instructions() {
        return ISA.instructions().stream();
    }

    static Stream<Instruction> withMemory() {
        return instructions().filter(row -> Shape.of(row).base() != null);
    }

    static Stream<Instruction> conditionalJumps() {
        return instructions().filter(row -> Shape.of(row).flow() == Shape.Flow.JUMP && row.operand(FieldName.DST).isRegister());
    }

    private static Insn decoded(Vector vector, int slot) {
        return switch (DECODER.decode(vector.code(), slot, vector.order())) {
            case Decoded(Insn insn) -> insn;
            case Rejected(String reason) -> throw new AssertionError(vector + ", slot " + slot + ": " + reason);
        };
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void everyVectorIsAProgramWithItsInstruction(Instruction row) {
        Set<List<Integer>> registers = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (Vector vector : LITTLE.of(row, COUNT)) {
            Insn tested = decoded(vector, vector.slot());
            assertThat(tested.instruction()).isSameAs(row);
            assertThat(ids.add(vector.id())).isTrue();
            registers.add(List.of(tested.dst(), tested.src()));
            for (int slot = 0; vector.code().length < 2_000 && slot < vector.code().length / 8; slot++) {
                Insn insn = decoded(vector, slot);
                slot += insn.slots() - 1;
                checkTarget(vector, slot, insn);
            }
        }
        assertThat(registers).hasSize(Operands.boundary(row.operand(FieldName.DST)).size() * Operands.boundary(row.operand(FieldName.SRC))
                .size());
        assertThat(ids).hasSize(COUNT);
    }

    private static void checkTarget(Vector vector, int lastSlot, Insn insn) {
        if (insn.instruction().targetField() != null) {
            int target = lastSlot + 2 - insn.slots() + insn.distance();
            assertThat(target).as(vector.id()).isBetween(0, vector.code().length / 8 - 1);
        }
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void theSameNumberIsTheSameVectorInEitherByteOrder(Instruction row) {
        Vectors again = new Vectors(ISA, ByteOrder.LITTLE_ENDIAN, LAYOUT);
        for (int number = 0; number < 200; number++) {
            Vector vector = LITTLE.vector(row, number);
            Vector other = BIG.vector(row, number);
            assertThat(again.vector(row, number).code()).isEqualTo(vector.code());
            assertThat(again.vector(row, number).memory()).isEqualTo(vector.memory());
            assertThat(decoded(other, other.slot())).isEqualTo(decoded(vector, vector.slot()));
            assertThat(other.entryRegisters()).isEqualTo(vector.entryRegisters());
        }
    }

    /** Each vector without a fault leaves the registers that it loaded in the dump, changed by its instruction alone. */
    @ParameterizedTest
    @MethodSource("instructions")
    void theDumpShowsTheRegisters(Instruction row) {
        Shape shape = Shape.of(row);
        for (Vector vector : LITTLE.of(row, 300)) {
            TestMachine machine = new TestMachine(ISA, LAYOUT, vector);
            try {
                machine.run();
            } catch (TestMachine.Fault fault) {
                boolean recursive = shape.flow() == Shape.Flow.LOCAL_CALL || shape.flow() == Shape.Flow.CALL_TO_POINTER;
                assertThat(machine.pc()).as(vector.id() + " " + fault.getMessage()).isEqualTo(vector.slot());
                assertThat(recursive ? vector.memory() : machine.memory()).isEqualTo(vector.memory());
                continue;
            }
            if (shape.flow() == Shape.Flow.EXIT || machine.dumped(10) == 0 || shape.packet()) {
                continue;
            }
            Insn insn = decoded(vector, vector.slot());
            for (int register = 0; register < 10; register++) {
                boolean mayChange = register == insn.dst() || register == insn.src() || register == 0 || shape
                        .flow() == Shape.Flow.LOCAL_CALL || shape.flow() == Shape.Flow.CALL_TO_POINTER;
                if (!mayChange) {
                    assertThat(machine.dumped(register)).as(vector.id()).isEqualTo(vector.entryRegisters()[register]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("conditionalJumps")
    void bothDirectionsAreTaken(Instruction row) {
        Set<Long> marks = new TreeSet<>();
        for (Vector vector : LITTLE.of(row, COUNT)) {
            marks.add(new TestMachine(ISA, LAYOUT, vector).run().dumped(10));
        }
        assertThat(marks).as("not taken, backward, forward, over the mark").contains(0L, 1L, 2L, 3L);
    }

    @ParameterizedTest
    @MethodSource("withMemory")
    void accessesSucceedAndFail(Instruction row) {
        Set<String> faults = new TreeSet<>();
        int good = 0;
        for (Vector vector : LITTLE.of(row, COUNT)) {
            try {
                new TestMachine(ISA, LAYOUT, vector).run();
                good++;
            } catch (TestMachine.Fault fault) {
                faults.add(String.valueOf(fault.getMessage()).replaceAll("0x.*", ""));
            }
        }
        Shape shape = Shape.of(row);
        assertThat(good).isBetween(COUNT / 2, COUNT * 9 / 10);
        assertThat(faults).anyMatch(message -> message.startsWith("access of " + shape.bytes() + " bytes"));
        assertThat(faults.contains("misaligned at ")).isEqualTo(shape.aligned() && shape.bytes() > 1);
    }

    @Test
    void indirectJumpsAndCallsMeetGoodAndBadPointers() {
        for (String name : List.of("callx", "gotox")) {
            Set<String> outcomes = new TreeSet<>();
            for (Vector vector : LITTLE.of(ISA.get(name), 500)) {
                try {
                    outcomes.add("mark " + new TestMachine(ISA, LAYOUT, vector).run().dumped(10));
                } catch (TestMachine.Fault fault) {
                    outcomes.add(String.valueOf(fault.getMessage()).replaceAll(":.*", ""));
                }
            }
            assertThat(outcomes).as(name).contains("no code pointer").hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void malformedProgramsAreRejectedAtTheirSlot(Instruction row) {
        for (Vectors vectors : List.of(LITTLE, BIG)) {
            List<Malformed> malformed = vectors.malformed(row);
            assertThat(malformed).isNotEmpty();
            for (Malformed one : malformed) {
                assertThat(DECODER.decode(one.code(), one.slot(), one.order())).as(one.id()).isInstanceOf(Rejected.class);
            }
        }
    }

    @Test
    void allVectorsAreMadeOneAtATime() {
        assertThat(LITTLE.all(1_000_000).limit(10).map(Vector::id)).containsExactlyElementsOf(Stream.iterate(0, i -> i + 1).limit(10).map(
                i -> ISA.instructions().getFirst().name() + "/" + i).toList());
    }
}
