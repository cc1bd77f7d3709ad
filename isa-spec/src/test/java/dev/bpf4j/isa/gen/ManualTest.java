// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.gen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import org.junit.jupiter.api.Test;

/** The manual in {@code docs/isa} is what the tables say now. */
class ManualTest {
    @Test
    void theCheckedInManualIsThatOfTheTables() {
        Golden.checkFolder(Golden.repository("docs/isa"), Manual.files(Isa.bpf()));
    }

    @Test
    void everyInstructionHasAPageThatSaysWhatItDoes() {
        for (Instruction instruction : Isa.bpf().instructions()) {
            assertThat(Manual.page(instruction)).contains(instruction.name(), "does", instruction.section(), EffectPrinter.print(instruction
                    .effects()
                    .getFirst()));
        }
    }
}
