// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.rfc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.interpreter.InterpreterEngine;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The reference's own form of the hot helpers, against the routines that engines run. */
class HostHelpersTest {
    private static Outcome run(Machine machine, Engine engine, ByteOrder order, String text, byte[] memory) throws LoadException {
        LinkedProgram program = machine.link(Program.raw("helper", order, new Assembler(Isa.bpf()).assemble("helper", text, order)));
        try (LoadedProgram loaded = engine.load(machine, program)) {
            machine.lane(0).raw(memory);
            return loaded.run(machine.lane(0));
        } finally {
            machine.unlinkFrom(0);
        }
    }

    /** A helper that becomes hot has to be written for the reference too. */
    @Test
    void knowsAllHotHelpers() throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            int hot = 0;
            for (int id = 1; id < 512; id++) {
                var helper = HelperTable.linux().find(id);
                if (helper != null && helper.routine() != null) {
                    hot++;
                    assertThat(run(machine, new RfcReference(), ByteOrder.LITTLE_ENDIAN, "call " + id + "\nexit", new byte[8]).toString())
                            .as(helper.name()).doesNotContain("does not know");
                }
            }
            assertThat(hot).isGreaterThan(5);
        }
    }

    /** Sums of bytes at any place, of any length, with any seed; some reach behind the memory. */
    @ParameterizedTest
    @EnumSource
    void checksumsAreThoseOfTheRoutine(Policy policy) throws LoadException {
        SplittableRandom random = new SplittableRandom(28);
        byte[] memory = new byte[96];
        try (Machine machine = new Machine(Machine.Settings.standard().withPolicy(policy))) {
            for (int i = 0; i < 400; i++) {
                random.nextBytes(memory);
                String text = "r3 = r1\nr1 += %d\nr2 = %d\nr3 += %d\nr4 = %d\nr5 = %d\ncall 28\nexit".formatted(random.nextInt(40), random
                        .nextInt(4) == 0 ? 0 : random.nextInt(60), random.nextInt(40), random.nextInt(4) == 0 ? 0 : random.nextInt(60),
                        random.nextInt());
                for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
                    assertThat(run(machine, new InterpreterEngine(), order, text, memory)).as(text).isEqualTo(run(machine,
                            new RfcReference(), order, text, memory));
                }
            }
        }
    }
}
