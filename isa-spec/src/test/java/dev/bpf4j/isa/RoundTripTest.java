// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Assembler.Dialect;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code decode(encode(x)) = x} and {@code parse(print(x)) = x} for every instruction and boundary operand. */
class RoundTripTest {
    private static final Isa ISA = Isa.system();
    private static final Decoder DECODER = new Decoder(ISA);
    private static final Assembler ASSEMBLER = new Assembler(ISA);

    static Stream<Instruction> instructions() {
        return ISA.instructions().stream();
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void decodesWhatIsEncoded(Instruction instruction) {
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            for (Insn insn : Operands.boundary(instruction)) {
                byte[] code = Encoding.encode(insn, order);
                assertThat(DECODER.decode(code, 0, order)).isEqualTo(new Decoder.Decoded(insn));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void parsesWhatIsPrinted(Instruction instruction) {
        for (Insn insn : Operands.boundary(instruction)) {
            for (Dialect dialect : Dialect.values()) {
                if (!dialect.forms(instruction).isEmpty()) {
                    String text = Disassembler.print(insn, dialect);
                    assertThat(ASSEMBLER.parse("test", text, dialect)).as(text).containsExactly(insn);
                }
            }
        }
    }

    @Test
    void everyInstructionHasAText() {
        assertThat(ISA.instructions()).allMatch(instruction -> instruction.syntax().exists());
    }

    @Test
    void theTableIsComplete() {
        assertThat(Isa.bpf().instructions()).hasSize(183);
    }
}
