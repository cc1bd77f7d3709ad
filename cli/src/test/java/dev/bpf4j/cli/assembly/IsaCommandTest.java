// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.cli.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.cli.ExitCode;
import dev.bpf4j.cli.Invocation;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.gen.Manual;
import org.junit.jupiter.api.Test;

/** {@code isa}: the list, a page, and what is not there. */
class IsaCommandTest {
    @Test
    void listHasEveryInstruction() {
        Invocation list = Invocation.of("isa");
        assertThat(list.out().lines()).hasSize(Isa.bpf().instructions().size());
        assertThat(list.out()).contains(Isa.bpf().instructions().stream().map(Instruction::name).toList());
    }

    @Test
    void everyInstructionHasAPage() {
        for (Instruction instruction : Isa.bpf().instructions()) {
            assertThat(Invocation.of("isa", instruction.name()).out()).isEqualTo(Manual.page(instruction));
        }
    }

    @Test
    void partOfANameListsWhatHasIt() {
        assertThat(Invocation.of("isa", "SDIV32").out().lines()).hasSize(2).allMatch(line -> line.startsWith("sdiv32_"));
    }

    @Test
    void unknownNameIsToldSo() {
        assertThat(Invocation.of("isa", "fma")).isEqualTo(new Invocation(ExitCode.BAD_INPUT, "",
                "bpf4j: no instruction has fma in its name; bpf4j isa lists all\n"));
    }
}
