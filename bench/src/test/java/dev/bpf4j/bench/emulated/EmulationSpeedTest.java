// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.emulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import java.lang.management.ManagementFactory;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Prints how many runs of one short program, and how many different short programs, go through an emulator per second of processor time. */
@Tag("long")
class EmulationSpeedTest {
    private static final Set<String> EMULATED = Set.of("arm64", "x86-64-unicorn");
    private static final int ROUNDS = 6;
    private static final int RUNS = 300_000;
    private static final int PROGRAMS = 20_000;

    @Test
    void runsAndProgramsPerSecond() throws LoadException {
        List<Engine> engines = ServiceLoader.load(Engine.class).stream().map(ServiceLoader.Provider::get).filter(engine -> EMULATED
                .contains(
                        engine.name()) && engine.unavailable().isEmpty()).toList();
        assertThat(engines).as("engines that are emulated here").isNotEmpty();
        for (Engine engine : engines) {
            double runs = 0;
            double programs = 0;
            for (int round = 0; round < ROUNDS; round++) {
                runs = Math.max(runs, runs(engine));
                programs = Math.max(programs, programs(engine));
            }
            System.out.printf(Locale.ROOT, "%s: %,.0f runs of a short program, %,.0f different programs per second of processor time%n",
                    engine.name(), runs, programs);
        }
    }

    private static double runs(Engine engine) throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LoadedProgram loaded = machine.load(engine, machine.link(program(1)));
            machine.lane(0).raw(new byte[8]);
            long sum = 0;
            long start = processorTime();
            for (int i = 0; i < RUNS; i++) {
                sum += loaded.run(machine.lane(0)) instanceof Outcome.Returned(long r0) ? r0 : 0;
            }
            long nanos = processorTime() - start;
            assertThat(sum).isEqualTo(RUNS * (machine.lane(0).contextBase() + 1) * 3);
            return RUNS * 1e9 / nanos;
        }
    }

    private static double programs(Engine engine) throws LoadException {
        Program[] programs = new Program[PROGRAMS];
        for (int i = 0; i < PROGRAMS; i++) {
            programs[i] = program(i);
        }
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            machine.lane(0).raw(new byte[8]);
            long base = machine.lane(0).contextBase();
            long start = processorTime();
            for (int i = 0; i < PROGRAMS; i++) {
                LinkedProgram linked = machine.link(programs[i]);
                Outcome outcome = machine.load(engine, linked).run(machine.lane(0));
                if (!outcome.equals(new Outcome.Returned((base + i) * 3))) {
                    throw new AssertionError("program " + i + ": " + outcome);
                }
                machine.unlinkFrom(0);
            }
            return PROGRAMS * 1e9 / (processorTime() - start);
        }
    }

    private static Program program(int constant) {
        byte[] code = new Assembler(Isa.bpf()).assemble("short", "r0 = " + constant + """

                r0 += r1
                r0 *= 3
                *(u64 *)(r10 - 8) = r0
                r0 = *(u64 *)(r10 - 8)
                exit
                """, ByteOrder.LITTLE_ENDIAN);
        return Program.raw("short", ByteOrder.LITTLE_ENDIAN, code);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
