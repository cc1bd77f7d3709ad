// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.jvm;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Disassembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.FaultKind;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.Limits;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.helper.HelperTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs programs in this engine and in the evaluator, from the same state, and compares everything that can be seen. */
final class Comparison implements AutoCloseable {
    /** Helpers for tests: arithmetic, callback, unwinding, faulting, tail call, one that is not there. */
    static final List<Integer> HELPERS = List.of(900, 901, 902, 903, 12, 999);
    private static final byte[] MEMORY = new byte[256];

    static {
        for (int i = 0; i < MEMORY.length; i++) {
            MEMORY[i] = (byte) (131 * i + 7);
        }
    }

    private final Machine machine;
    private final Engine jvm = new JvmEngine();
    private final Engine evaluator = new EvaluatorEngine();

    Comparison(Policy policy, Limits limits) {
        this.machine = new Machine(Machine.Settings.standard().withPolicy(policy).withLimits(limits).withHelpers(helpers()));
    }

    static HelperTable helpers() {
        return HelperTable.linux().with(900, "mix", (lane, r1, r2, r3, r4, r5) -> r1 * 31 + (r2 ^ r3) - r4 * 7 + r5)
                .with(901, "back", (lane, r1, r2, r3, r4, r5) -> {
                    long sum = 0;
                    for (int i = 0; i < 3 && !lane.interrupted(); i++) {
                        sum += lane.call(r1, r2, i, r4, r5, sum);
                    }
                    return sum;
                })
                .with(902, "unwind", (lane, r1, r2, r3, r4, r5) -> {
                    lane.unwind(r2);
                    return 0;
                })
                .with(903, "fail", (lane, r1, r2, r3, r4, r5) -> {
                    lane.fault(FaultKind.HELPER_FAILED, r3, 0, false, "wanted");
                    return 0;
                });
    }

    Machine machine() {
        return machine;
    }

    private record Observation(Outcome outcome, long[] registers, byte[] memory, byte[] stack, byte[] packet, long budget) {
        Optional<String> difference(Observation other) {
            if (!outcome.sameAs(other.outcome)) {
                return Optional.of("outcome " + outcome + " / " + other.outcome);
            }
            boolean returned = outcome instanceof Outcome.Returned;
            if (returned && !Arrays.equals(registers, other.registers)) {
                return Optional.of("registers " + hex(registers) + " / " + hex(other.registers));
            }
            if (returned && budget != other.budget) {
                return Optional.of("budget " + budget + " / " + other.budget);
            }
            if (!Arrays.equals(memory, other.memory) || !Arrays.equals(packet, other.packet)) {
                return Optional.of("memory");
            }
            return Arrays.equals(stack, other.stack) ? Optional.empty() : Optional.of("stack");
        }

        private static String hex(long[] values) {
            return Arrays.stream(values).mapToObj(Long::toHexString).toList().toString();
        }
    }

    private Observation observe(LoadedProgram program, boolean observed) {
        Lane lane = machine.lane(0);
        int stack = machine.limits().stackSize();
        if (machine.policy() == Policy.SANDBOX) {
            machine.reset();
        }
        lane.write(lane.stackTop() - stack, new byte[stack]);
        lane.raw(MEMORY);
        lane.write(lane.packetBuffer(), MEMORY);
        lane.regions().set(Regions.PACKET, lane.packetBuffer(), 200);
        Outcome outcome = observed ? program.observe(lane) : program.run(lane);
        return new Observation(outcome, observed ? lane.exitRegisters().clone() : new long[10], lane.contextBytes(), lane.read(lane
                .stackTop() - stack, stack), lane.read(lane.packetBuffer(), MEMORY.length), lane.budget());
    }

    /** How the engines differ over a program; empty if they do not, or if it is refused. */
    Optional<String> difference(Program program) {
        LinkedProgram linked;
        try {
            linked = machine.link(program);
        } catch (LoadException e) {
            return Optional.empty();
        }
        return difference(linked);
    }

    Optional<String> difference(LinkedProgram linked) {
        try {
            LoadedProgram expected = evaluator.load(machine, linked);
            LoadedProgram actual = jvm.load(machine, linked);
            for (boolean observed : new boolean[] {true, false}) {
                Optional<String> difference = observe(actual, observed).difference(observe(expected, observed));
                if (difference.isPresent()) {
                    return Optional.of((observed ? "observed " : "") + difference.get() + " in\n" + listing(linked.source()));
                }
            }
            return Optional.empty();
        } catch (LoadException e) {
            return Optional.of("refused: " + e.getMessage());
        } catch (IllegalStateException | VerifyError | IllegalArgumentException e) {
            throw new AssertionError(linked.source().name() + "\n" + listing(linked.source()), e);
        }
    }

    /** How this engine differs from the evaluator, and from itself, when a program has been run so often. */
    Optional<String> differenceWhenHot(Program program, int runs) {
        try {
            LinkedProgram linked = machine.link(program);
            Observation expected = observe(evaluator.load(machine, linked), false);
            LoadedProgram actual = jvm.load(machine, linked);
            for (int i = 1; i <= runs; i++) {
                if (i % (runs / 10) == 0) {
                    Optional<String> difference = observe(actual, false).difference(expected);
                    if (difference.isPresent()) {
                        return Optional.of("run " + i + ": " + difference.get() + " in\n" + listing(program));
                    }
                } else {
                    actual.run(machine.lane(0));
                }
            }
            return Optional.empty();
        } catch (LoadException e) {
            return Optional.empty();
        }
    }

    static String listing(Program program) {
        return Disassembler.list(new Decoder(Isa.bpf()), program.code(), program.order()).stream().map(line -> line.slot() + ": " + line
                .text()).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        machine.close();
    }
}
