// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Instruction.Operand;
import dev.bpf4j.isa.Isa;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the manual says that an instruction does is the table language: read back as a row, it is the same effect. */
class EffectPrinterTest {

    static Stream<Instruction> instructions() {
        return Isa.system().instructions().stream();
    }

    @ParameterizedTest
    @MethodSource("instructions")
    void isReadBackAsTheSameEffects(Instruction instruction) {
        StringBuilder table = new StringBuilder("table again\n  name again\n  section s\n  opcode " + instruction.opcode() + "\n  fields");
        StringBuilder asm = new StringBuilder("  asm");
        for (FieldName field : FieldName.values()) {
            if (field != FieldName.NEXT || instruction.wide()) {
                Operand operand = instruction.operand(field);
                String name = field.name().toLowerCase(Locale.ROOT);
                table.append(' ').append(name).append(operand.isFixed() ? "=" + operand.fixed() : ":" + kind(operand));
                asm.append(operand.isFixed() ? "" : " {" + slot(field, operand) + "}");
            }
        }
        String operation = "";
        for (Effect effect : instruction.effects()) {
            table.append("\n  do ").append(EffectPrinter.print(effect).replaceFirst("atomic\\(\\w+", "atomic(operation"));
            operation = effect instanceof Effect.Atomic atomic ? atomic.op().name().toLowerCase(Locale.ROOT) : operation;
        }
        table.append('\n').append(asm).append("\n| group | since | doc | operation |\n| g | v1 | d | ").append(operation).append(" |\n");
        List<Effect> effects = Isa.read(Map.of("again.isa", table.toString())).get("again").effects();
        assertThat(effects).isEqualTo(instruction.effects());
    }

    private static String kind(Operand operand) {
        return switch (operand.kind()) {
            case REGISTER_READ -> "r";
            case REGISTER_WRITE -> "w";
            case DISPLACEMENT -> "s16";
            case FIXED, TARGET, ANY, HELPER, KFUNC, MAP, VARIABLE -> operand.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String slot(FieldName field, Operand operand) {
        boolean target = operand.kind() == Instruction.OperandKind.TARGET;
        return target ? field == FieldName.IMM ? "itarget" : "target" : field.name().toLowerCase(Locale.ROOT);
    }
}
