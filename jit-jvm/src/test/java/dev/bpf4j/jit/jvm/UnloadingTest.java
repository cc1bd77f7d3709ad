// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** The classes of programs go when the programs do. */
class UnloadingTest {
    private static final int PROGRAMS = 10_000;
    private static final int AT_ONCE = 100;

    @Test
    void tenThousandProgramsComeAndGo() throws LoadException {
        long before = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            JvmEngine engine = new JvmEngine();
            Lane lane = machine.lane(0);
            for (int i = 0; i < PROGRAMS; i++) {
                if (i % AT_ONCE == 0) {
                    machine.unlinkFrom(0);
                }
                byte[] code = new Assembler(Isa.bpf()).assemble("p", "r0 = " + i + "\nexit", ByteOrder.LITTLE_ENDIAN);
                Outcome outcome = machine.load(engine, machine.link(Program.raw("p" + i, ByteOrder.LITTLE_ENDIAN, code))).run(lane);
                assertThat(outcome).isEqualTo(new Outcome.Returned(i));
            }
            machine.unlinkFrom(0);
            assertThat(classesAfterCollection(before)).as("classes more than before").isLessThan(PROGRAMS / 10L);
        }
    }

    /** Collects until the classes are gone; gives up after some rounds. */
    private static long classesAfterCollection(long before) {
        long more = Long.MAX_VALUE;
        for (int i = 0; i < 20 && more >= PROGRAMS / 10; i++) {
            System.gc();
            more = ManagementFactory.getClassLoadingMXBean().getLoadedClassCount() - before;
        }
        return more;
    }
}
