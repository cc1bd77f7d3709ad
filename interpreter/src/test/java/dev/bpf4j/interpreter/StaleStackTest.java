// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ruling 2: the stack is zero at the start of a run. Found by the fuzzer: a program that reaches the stack without naming r10 saw what an earlier
 * program had left there.
 */
class StaleStackTest {
    private static final String DIRTY = "*(u64 *)(r10 - 8) = 77\nr0 = 0\nexit";

    static Stream<Engine> engines() {
        return Stream.of(new InterpreterEngine(), new EvaluatorEngine());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void zeroForLoadByAddress(Engine engine) throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            assertThat(run(machine, engine, link(machine, DIRTY))).isEqualTo(new Outcome.Returned(0));
            LinkedProgram load = link(machine, "r1 = " + top(machine) + "\nr0 = *(u64 *)(r1 - 8)\nexit");
            assertThat(load.usesStack()).isTrue();
            assertThat(run(machine, engine, load)).isEqualTo(new Outcome.Returned(0));
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void zeroForAtomicByAddress(Engine engine) throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            assertThat(run(machine, engine, link(machine, DIRTY))).isEqualTo(new Outcome.Returned(0));
            LinkedProgram add = link(machine, "r1 = " + top(machine)
                    + "\nr0 = 1\nr0 = atomic_fetch_add((u64 *)(r1 - 8), r0)\nexit");
            assertThat(run(machine, engine, add)).isEqualTo(new Outcome.Returned(0));
        }
    }

    /** The program that starts names neither r10 nor any address; the one it goes on with does. */
    @ParameterizedTest
    @MethodSource("engines")
    void zeroForTargetOfTailCall(Engine engine) throws LoadException {
        MapDefinition table = new MapDefinition("table", MapType.PROG_ARRAY.number(), 4, 4, 1, 0, null, new byte[0],
                ByteOrder.LITTLE_ENDIAN);
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LinkedProgram target = link(machine, "r0 = *(u64 *)(r10 - 8)\nexit");
            machine.maps().setProgram(machine.map(table), 0, target);
            machine.load(engine, target);
            LinkedProgram caller = machine.link(new Program("caller", ProgramType.RAW, "", ByteOrder.LITTLE_ENDIAN, assemble(
                    "r2 = map_by_idx(0)\nr3 = 0\ncall 12\nr0 = 99\nexit"), List.of(), List.of(table), Map.of(), Map.of(), Map.of(), List
                            .of(), "GPL"));
            assertThat(run(machine, engine, link(machine, DIRTY))).isEqualTo(new Outcome.Returned(0));
            assertThat(run(machine, engine, caller)).isEqualTo(new Outcome.Returned(0));
        }
    }

    /** What cannot see the stack need not pay for it. */
    @ParameterizedTest
    @MethodSource("engines")
    void notClearedForComputation(Engine engine) throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LinkedProgram adds = link(machine, "r0 = 1\nr0 += 2\nexit");
            assertThat(adds.usesStack()).isFalse();
            assertThat(run(machine, engine, adds)).isEqualTo(new Outcome.Returned(3));
        }
    }

    private static long top(Machine machine) {
        return machine.lane(0).stackTop();
    }

    private static LinkedProgram link(Machine machine, String text) throws LoadException {
        return machine.link(Program.raw("test", ByteOrder.LITTLE_ENDIAN, assemble(text)));
    }

    private static byte[] assemble(String text) {
        return new Assembler(Isa.bpf()).assemble("test", text, ByteOrder.LITTLE_ENDIAN);
    }

    private static Outcome run(Machine machine, Engine engine, LinkedProgram program) throws LoadException {
        return machine.load(engine, program).run(machine.lane(0));
    }
}
