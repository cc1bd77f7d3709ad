// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What {@code disasm --native jvm} shows. */
class BytecodeListingTest {

    @Test
    void bytecodeStandsBelowEachInstruction() throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            byte[] code = new Assembler(Isa.bpf()).assemble("seven", "r0 = 7\nexit", ByteOrder.LITTLE_ENDIAN);
            String text = new JvmEngine().listing(machine, machine.link(Program.raw("seven", ByteOrder.LITTLE_ENDIAN, code)));
            assertThat(text.replace(System.lineSeparator(), "\n")).isEqualTo("""
                        0: r0 = 7
                               f0_0(Run,long)long, 6 bytes
                                   0: ldc2_w 7
                                   3: lstore 3
                        1: exit
                                   4: lload 3
                                   5: lreturn
                    """);
        }
    }
}
