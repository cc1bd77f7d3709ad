// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.analysis;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.interpreter.StepListener;
import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.helper.HelperTable;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine whose programs are run in the evaluator, watched. */
final class Bench implements AutoCloseable {
    /** Helpers for tests: arithmetic, callback, tail call, one that is not there. */
    static final List<Integer> HELPERS = List.of(900, 901, 12, 999);
    private static final byte[] MEMORY = new byte[256];

    static {
        for (int i = 0; i < MEMORY.length; i++) {
            MEMORY[i] = (byte) (131 * i + 7);
        }
    }

    final Machine machine;

    Bench() {
        HelperTable helpers = HelperTable.linux().with(900, "mix", (lane, r1, r2, r3, r4, r5) -> r1 * 31 + (r2 ^ r3) - r4 * 7 + r5)
                .with(901, "back", (lane, r1, r2, r3, r4, r5) -> {
                    long sum = 0;
                    for (int i = 0; i < 3 && !lane.interrupted(); i++) {
                        sum += lane.call(r1, r2, i, r4, r5, sum);
                    }
                    return sum;
                });
        this.machine = new Machine(Machine.Settings.standard().withPolicy(Policy.STRICT).withLimits(new Limits(200, 4, 3, 5)).withHelpers(
                helpers));
    }

    /** Links a text. */
    LinkedProgram link(String text) throws LoadException {
        return machine.link(Program.raw("test", ByteOrder.LITTLE_ENDIAN, new Assembler(Isa.bpf()).assemble("test", text,
                ByteOrder.LITTLE_ENDIAN)));
    }

    /** Links a random program; null if it is refused. */
    @Nullable
    LinkedProgram random(long seed) {
        try {
            return machine.link(RandomProgram.of(seed, seed % 4 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN, HELPERS));
        } catch (LoadException e) {
            return null;
        }
    }

    /** What can be seen of a run. */
    record Seen(Outcome outcome, long budget, List<Byte> memory) {
        boolean same(Seen other) {
            return outcome.sameAs(other.outcome) && budget == other.budget && memory.equals(other.memory);
        }
    }

    /** Runs a program on fixed memory while somebody watches. */
    Seen run(LinkedProgram program, StepListener listener) throws LoadException {
        Lane lane = machine.lane(0);
        int stack = machine.limits().stackSize();
        lane.write(lane.stackTop() - stack, new byte[stack]);
        lane.raw(MEMORY);
        lane.write(lane.packetBuffer(), MEMORY);
        lane.regions().set(Regions.PACKET, lane.packetBuffer(), 200);
        Outcome outcome = new EvaluatorEngine(listener).load(machine, program).run(lane);
        List<Byte> memory = new ArrayList<>();
        for (byte[] part : List.of(lane.contextBytes(), lane.read(lane.stackTop() - stack, stack), lane.read(lane.packetBuffer(), 256))) {
            for (byte b : part) {
                memory.add(b);
            }
        }
        return new Seen(outcome, lane.budget(), memory);
    }

    @Override
    public void close() {
        machine.close();
    }
}
