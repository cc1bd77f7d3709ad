// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.jit.nativecode.Tuning;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What native engines do beyond instructions: budget and stop, code memory, and that nothing outside of the guest is ever touched. */
public abstract class EngineBehaviour {
    /** The engines: one for each set of CPU features. */
    protected abstract List<? extends Engine> engines();

    /** Links a program of one function. */
    protected static LinkedProgram link(Machine machine, String text, ByteOrder order) throws LoadException {
        return machine.link(Program.raw("test", order, new Assembler(Isa.bpf()).assemble("test", text, order)));
    }

    private static Outcome run(Machine machine, Engine engine, String text) throws LoadException {
        return machine.load(engine, link(machine, text, ByteOrder.LITTLE_ENDIAN)).run(machine.lane(0));
    }

    @Test
    protected void refusesBigEndianPrograms() throws LoadException {
        Engine engine = engines().getLast();
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LinkedProgram program = link(machine, "r0 = 1\nexit", ByteOrder.BIG_ENDIAN);
            assertThatThrownBy(() -> machine.load(engine, program)).isInstanceOf(LoadException.class).hasMessageContaining("big-endian");
        }
    }

    @Test
    protected void endlessLoopIsStopped() throws Exception {
        Engine engine = engines().getLast();
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LoadedProgram loop = machine.load(engine, link(machine, "r0 = 0\nr1 = 1\n*(u64 *)(r10 - 8) = r1\ngoto -1",
                    ByteOrder.LITTLE_ENDIAN));
            Outcome[] outcome = new Outcome[1];
            Thread runner = new Thread(() -> outcome[0] = loop.run(machine.lane(0)));
            runner.start();
            while (machine.memory().segment().get(ValueLayout.JAVA_LONG, machine.lane(0).stackTop() - 8) == 0) {
                Thread.onSpinWait();
            }
            machine.lane(0).stop();
            runner.join();
            assertThat(outcome[0]).isInstanceOfSatisfying(Outcome.Fault.class, fault -> {
                assertThat(fault.kind()).isEqualTo(FaultKind.STOPPED);
                assertThat(fault.pc()).isEqualTo(3);
            });
        }
    }

    @Test
    protected void budgetIsCountedExactlyAcrossChunks() throws LoadException {
        Engine engine = engines().getLast();
        for (int extra : new int[] {-1, 0, 1}) {
            long budget = 2L * Tuning.CHUNK + extra;
            Machine.Settings settings = Machine.Settings.standard();
            try (Machine machine = new Machine(settings.withLimits(new dev.bpf4j.runtime.Limits(budget, settings.limits().frames(), settings
                    .limits().tailCalls(), settings.limits().mayGoto())))) {
                Outcome outcome = run(machine, engine, "r0 = 0\nr1 = " + (2 * Tuning.CHUNK)
                        + "\nr0 += 1\nr1 += -1\nif r1 s>= 0 goto -3\nexit");
                assertThat(outcome instanceof Outcome.Returned).isEqualTo(extra >= 0);
                assertThat(machine.lane(0).budget()).isEqualTo(Math.max(extra, 0));
            }
        }
    }

    /** A pointer that would reach a byte of the host if it were added to the memory's address as it is. */
    @ParameterizedTest
    @EnumSource
    protected void wildPointersStayInTheGuest(Policy policy) throws LoadException {
        for (Engine engine : engines()) {
            try (Machine machine = new Machine(Machine.Settings.standard().withPolicy(policy)); Arena arena = Arena.ofConfined()) {
                MemorySegment canary = arena.allocate(64);
                long distance = canary.address() - machine.memory().segment().address();
                for (String access : new String[] {"*(u64 *)(r1 + 8) = r2", "lock *(u64 *)(r1 + 8) += r2", "r2 = xchg_64(r1 + 8, r2)",
                    "r0 = cmpxchg_64(r1 + 8, r0, r2)", "store_release((u32 *)(r1 + 8), w2)", "*(u8 *)(r1 + 8) = -1",
                    "r2 = atomic_fetch_or((u64 *)(r1 + 8), r2)"}) {
                    Outcome outcome = run(machine, engine, "r1 = " + distance + " ll\nr2 = -1\nr0 = 0\n" + access + "\nr0 = 7\nexit");
                    if (policy == Policy.SANDBOX) {
                        assertThat(outcome).isEqualTo(new Outcome.Returned(7));
                    } else {
                        assertThat(outcome).isInstanceOfSatisfying(Outcome.Fault.class, fault -> assertThat(fault.kind()).isEqualTo(
                                FaultKind.BAD_ACCESS));
                    }
                    assertThat(canary.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
                }
            }
        }
    }

    @Test
    protected void codeMemoryIsGivenBack() throws LoadException {
        Engine engine = engines().getLast();
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            for (int i = 0; i < 2000; i++) {
                try (LoadedProgram program = engine.load(machine, link(machine, "r0 = " + i + "\nexit", ByteOrder.LITTLE_ENDIAN))) {
                    assertThat(program.run(machine.lane(0))).isEqualTo(new Outcome.Returned(i));
                }
                machine.unlinkFrom(0);
            }
        }
    }

    @Test
    protected void closedProgramDoesNotRun() throws LoadException {
        Engine engine = engines().getLast();
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LoadedProgram program = engine.load(machine, link(machine, "r0 = 1\nexit", ByteOrder.LITTLE_ENDIAN));
            program.close();
            program.close();
            assertThatThrownBy(() -> program.run(machine.lane(0))).hasMessageContaining("closed");
        }
    }

    /** Its code must not go while a lane runs it. */
    @Test
    protected void closingWaitsForARunOnAnotherLane() throws Exception {
        String text = "r0 = 1\n*(u64 *)(r1 + 8) = r0\nr0 = *(u64 *)(r1 + 0)\nif r0 == 0 goto -2\nexit";
        Engine engine = engines().getLast();
        try (Machine machine = new Machine(Machine.Settings.standard().withLanes(2));
                ExecutorService others = Executors
                        .newFixedThreadPool(2)) {
            LoadedProgram program = engine.load(machine, link(machine, text, ByteOrder.LITTLE_ENDIAN));
            Lane waiting = machine.lane(1);
            waiting.raw(new byte[16]);
            Future<Outcome> run = others.submit(() -> program.run(waiting));
            while (waiting.read(waiting.contextBase() + 8, 1)[0] == 0) {
                Thread.onSpinWait();
            }
            Future<?> closing = others.submit(program::close);
            machine.lane(0).raw(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            while (isOpen(program, machine.lane(0))) {
                Thread.onSpinWait();
            }
            assertThat(closing.isDone()).isFalse();
            waiting.write(waiting.contextBase(), new byte[] {7});
            assertThat(run.get()).isEqualTo(new Outcome.Returned(7));
            closing.get();
        }
    }

    private static boolean isOpen(LoadedProgram program, Lane lane) {
        try {
            return program.run(lane) instanceof Outcome.Returned;
        } catch (IllegalStateException closed) {
            return false;
        }
    }
}
