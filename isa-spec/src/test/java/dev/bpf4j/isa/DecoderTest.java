// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.Decoder.Decoded;
import dev.bpf4j.isa.Decoder.Rejected;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Instruction.OperandKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the decoder must reject, derived from the table: every field that leaves no choice set wrong, and what no row defines. */
class DecoderTest {
    private static final Isa ISA = Isa.system();
    private static final Decoder DECODER = new Decoder(ISA);
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);
    private static final List<FieldName> FIRST_SLOT = List.of(FieldName.DST, FieldName.SRC, FieldName.OFF, FieldName.IMM);

    static Stream<Instruction> instructions() {
        return ISA.instructions().stream();
    }

    static Stream<Instruction> wideInstructions() {
        return instructions().filter(Instruction::wide);
    }

    /** An instruction's slots with valid fields: r1, r2, and the fixed values. */
    private static long[] valid(Instruction instruction) {
        long word = instruction.opcode();
        for (FieldName field : FIRST_SLOT) {
            Operand operand = instruction.operand(field);
            word |= Encoding.place(field, operand.isRegister() ? field == FieldName.DST ? 1 : 2 : operand.fixed());
        }
        return instruction.wide() ? new long[] {word, (long) instruction.operand(FieldName.NEXT).fixed() << 32} : new long[] {word};
    }

    private static byte[] bytes(ByteOrder order, long... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * 8);
        for (long word : words) {
            Encoding.put(bytes, word, order);
        }
        return bytes.array();
    }

    private static long with(long word, FieldName field, long value) {
        return word & ~Encoding.mask(field) | Encoding.place(field, (int) value);
    }

    /** The wrong values of a field that are tried: each bit flipped alone, and the limits. */
    private static List<Long> others(FieldName field, int right) {
        int width = switch (field) {
            case DST, SRC -> 4;
            case OFF -> 16;
            case IMM, NEXT -> 32;
        };
        List<Long> values = new ArrayList<>();
        for (int bit = 0; bit < width; bit++) {
            values.add(Bits.lo(right ^ 1L << bit, width));
        }
        values.addAll(List.of(Bits.lo(-1, width), Bits.lo(1L << width - 1, width), 0L));
        return values.stream().filter(value -> value != Bits.lo(right, width)).distinct().toList();
    }

    /** Whether a row defines this word, registers not looked at: the table's own reading, without the decoder. */
    private static boolean defined(long word) {
        return ISA.instructions().stream().anyMatch(instruction -> instruction.opcode() == (word & 0xff) && FIRST_SLOT.stream().allMatch(
                field -> !instruction.operand(field).isFixed() || Encoding.place(field, instruction.operand(field).fixed()) == (word
                        & Encoding.mask(field))));
    }

    private static String rejected(long... words) {
        String reason = "";
        for (ByteOrder order : ORDERS) {
            switch (DECODER.decode(bytes(order, words), 0, order)) {
                case Decoded(Insn insn) -> fail("0x" + Long.toHexString(words[0]) + " is accepted as " + insn);
                case Rejected(String why) -> reason = why;
            }
        }
        return reason;
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void eachFixedFieldSetWrong(Instruction instruction) {
        long[] words = valid(instruction);
        for (FieldName field : FIRST_SLOT) {
            Operand operand = instruction.operand(field);
            for (long value : operand.isFixed() ? others(field, operand.fixed()) : List.<Long>of()) {
                long[] wrong = words.clone();
                wrong[0] = with(words[0], field, value);
                if (!defined(wrong[0])) {
                    assertThat(rejected(wrong)).contains("of opcode 0x" + HexFormat.of().toHexDigits((byte) instruction.opcode()),
                            "must be", "found");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void eachRegisterThatDoesNotExist(Instruction instruction) {
        for (FieldName field : List.of(FieldName.DST, FieldName.SRC)) {
            Operand operand = instruction.operand(field);
            boolean written = operand.kind() == OperandKind.REGISTER_WRITE;
            for (int number = written ? 10 : 11; operand.isRegister() && number <= 15; number++) {
                long[] wrong = valid(instruction);
                wrong[0] = with(wrong[0], field, number);
                assertThat(rejected(wrong)).isEqualTo("field " + (field == FieldName.DST ? "dst" : "src") + " of " + instruction.name()
                        + " must be r0 to r" + (written ? "9 because it is written" : "10") + ", found r" + number);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("wideInstructions")
    void aSecondSlotThatIsDirtyOrMissing(Instruction instruction) {
        long[] words = valid(instruction);
        assertThat(rejected(words[0])).isEqualTo("the second slot of " + instruction.name() + " is missing: the code ends");
        for (int bit = 0; bit < 32; bit++) {
            assertThat(rejected(words[0], words[1] | 1L << bit)).contains("of the second slot of " + instruction.name() + " must be 0",
                    "found");
        }
        if (instruction.operand(FieldName.NEXT).isFixed()) {
            for (int bit = 32; bit < 64; bit++) {
                assertThat(rejected(words[0], words[1] ^ 1L << bit)).startsWith("field imm of the second slot of " + instruction.name()
                        + " must be 0, found ");
            }
        }
    }

    @Test
    void everyOpcodeWithoutARow() {
        int unknown = 0;
        for (int opcode = 0; opcode < 256; opcode++) {
            int tried = opcode;
            if (instructions().noneMatch(instruction -> instruction.opcode() == tried)) {
                unknown++;
                assertThat(rejected(opcode)).isEqualTo("unknown opcode 0x" + HexFormat.of().toHexDigits((byte) opcode));
            }
        }
        assertThat(unknown).isGreaterThan(100);
    }

    @Test
    void theSystemsOpcodesAreUnknownToPrograms() {
        for (Instruction instruction : ISA.instructions().subList(Isa.bpf().instructions().size(), ISA.instructions().size())) {
            assertThat(new Decoder(Isa.bpf()).decode(bytes(ByteOrder.LITTLE_ENDIAN, valid(instruction)), 0, ByteOrder.LITTLE_ENDIAN))
                    .isEqualTo(new Rejected("unknown opcode 0x" + HexFormat.of().toHexDigits((byte) instruction
                            .opcode())));
        }
    }

    @Test
    void aSlotBehindTheEndIsNoSlot() {
        assertThatThrownBy(() -> DECODER.decode(new byte[15], 1, ByteOrder.LITTLE_ENDIAN)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** One message of every kind for every row, so that a review shows what a row refuses. */
    @Test
    void theMessages() {
        StringBuilder text = new StringBuilder();
        for (Instruction instruction : ISA.instructions()) {
            text.append(instruction.name()).append('\n');
            messages(instruction).stream().distinct().forEach(message -> text.append("  ").append(message).append('\n'));
        }
        Golden.check(Golden.resource("decoder/rejected.txt"), text.toString());
    }

    private static List<String> messages(Instruction instruction) {
        List<String> messages = new ArrayList<>();
        long[] words = valid(instruction);
        for (FieldName field : FIRST_SLOT) {
            Operand operand = instruction.operand(field);
            List<Long> values = operand.isFixed() ? others(field, operand.fixed())
                    : operand.isRegister() ? List.of(operand.kind() == OperandKind.REGISTER_WRITE ? 10L : 11L) : List.of();
            values.stream().filter(value -> operand.isRegister() || !defined(with(words[0], field, value))).findFirst().ifPresent(value -> {
                long[] wrong = words.clone();
                wrong[0] = with(words[0], field, value);
                messages.add(rejected(wrong));
            });
        }
        if (instruction.wide()) {
            messages.add(rejected(words[0]));
            for (long dirt : new long[] {0x95, 0x100, 0x1000, 0x8000_0000L}) {
                messages.add(rejected(words[0], words[1] | dirt));
            }
            if (instruction.operand(FieldName.NEXT).isFixed()) {
                messages.add(rejected(words[0], -1L << 32));
            }
        }
        return messages;
    }

    @Test
    void whateverIsAcceptedEncodesToTheSameBytes() {
        assertThat(accepted(1, 50_000)).isGreaterThan(10_000);
    }

    @Test
    @Tag("long")
    void whateverIsAcceptedEncodesToTheSameBytesManyTimes() {
        assertThat(accepted(2, 20_000_000)).isGreaterThan(4_000_000);
    }

    /** Decodes random and damaged slots; gives how many were accepted. */
    private static int accepted(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Instruction> instructions = ISA.instructions();
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            ByteOrder order = ORDERS.get(i & 1);
            byte[] code = new byte[16];
            if (random.nextInt(8) == 0) {
                random.nextBytes(code);
            } else {
                byte[] good = bytes(order, valid(instructions.get(random.nextInt(instructions.size()))));
                System.arraycopy(good, 0, code, 0, good.length);
                for (int flips = random.nextInt(4); flips > 0; flips--) {
                    code[random.nextInt(good.length)] ^= (byte) (1 << random.nextInt(8));
                }
            }
            if (DECODER.decode(code, 0, order) instanceof Decoded(Insn insn)) {
                accepted++;
                if (!Arrays.equals(Encoding.encode(insn, order), Arrays.copyOf(code, insn.slots() * 8))) {
                    fail(Arrays.toString(code) + " in " + order + " is read as " + insn);
                }
            }
        }
        return accepted;
    }

    @Test
    void aListingHoldsWhatDoesNotDecode() {
        byte[] code = Arrays.copyOf(bytes(ByteOrder.LITTLE_ENDIAN, 0x5_0000_0007L, 0x1234_0000_00ffL, 0x95), 27);
        assertThat(Disassembler.list(DECODER, code, ByteOrder.LITTLE_ENDIAN)).extracting(Disassembler.Line::text).containsExactly("r0 += 5",
                ".quad 0x1234000000ff // unknown opcode 0xff", "exit", ".byte 0x00, 0x00, 0x00 // less than a slot");
    }
}
