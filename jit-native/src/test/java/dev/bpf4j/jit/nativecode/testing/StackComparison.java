// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack is zero at the start of a run (Ruling 2), in every frame that a program can get to, whatever an earlier run has left there. */
public abstract class StackComparison {
    /** The engines: one for each set of CPU features. */
    protected abstract List<? extends Engine> engines();

    /** Programs that add up what they find in frames: main alone, main that calls itself, main as its own callback, a function. */
    @ParameterizedTest
    @ValueSource(strings = {"r0 = *(u64 *)(r10 - 8)\nexit", //
        "r6 = *(u64 *)(r10 - 8)\nif r1 != 0 goto +4\nr1 = 1\ncall local -4\nr0 += r6\nexit\nr0 = r6\nexit", //
        "r6 = *(u64 *)(r10 - 512)\nif r2 != 0 goto +7\nr1 = 3\nr2 = 0xf8000000 ll\nr3 = 1\nr4 = 0\ncall 181\nexit\nr0 = r6\nexit", //
        "r1 = 0\ncall local +1\nexit\nr0 = *(u64 *)(r10 - 16)\nexit"})
    protected void framesAreZero(String text) throws LoadException {
        for (Engine engine : engines()) {
            assertThat(run(engine, text)).as(engine.name()).isEqualTo(run(new EvaluatorEngine(), text));
        }
    }

    private static Outcome run(Engine engine, String text) throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            byte[] code = new Assembler(Isa.bpf()).assemble("test", text, ByteOrder.LITTLE_ENDIAN);
            LoadedProgram loaded = machine.load(engine, machine.link(Program.raw("test", ByteOrder.LITTLE_ENDIAN, code)));
            Lane lane = machine.lane(0);
            lane.raw(new byte[0]);
            byte[] rest = new byte[machine.limits().frames() * GuestLayout.FRAME_SIZE];
            Arrays.fill(rest, (byte) 0x5a);
            lane.write(lane.stackTop() - rest.length, rest);
            return loaded.run(lane);
        }
    }
}
