// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.rfc.SeededReference;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first truth test: what was written from the prose, against the processor and the kernel that this runs on. */
class ReferenceAgainstKernelTest {
    private static final long SEED = 9669;

    @BeforeAll
    static void kernel() {
        KernelHere.assume();
    }

    @Test
    void theReferenceAgreesWithTheKernel() {
        assertThat(firstDisagreement(new RfcReference(), new RandomProgram(SEED, false), 4000)).isEmpty();
    }

    @Test
    void theReferenceAgreesWithTheKernelOverMemory() {
        assertThat(firstDisagreement(new RfcReference(), new RandomProgram(SEED, true), 4000)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everySeededBugIsNoticed(SeededReference bug) {
        assertThat(firstDisagreement(bug.engine(), new RandomProgram(SEED, true), 4000)).as(bug.name()).isPresent();
    }

    /** Runs random programs on both; four inputs each. The first program after which a register or memory differs, or empty. */
    private static Optional<String> firstDisagreement(Engine reference, RandomProgram random, int programs) {
        MapDefinition map = MapDefinition.of("state", 2, 4, KernelRunner.VALUE_SIZE, 1);
        try (KernelRunner kernel = new KernelRunner(KernelProgram.Type.SYSCALL, RandomProgram.STACK, RandomProgram.MEMORY);
                Machine machine = new Machine(Machine.Settings.standard())) {
            for (int i = 0; i < programs; i++) {
                byte[] code = random.next(1 + i % 40);
                List<KernelState> inputs = new ArrayList<>();
                for (int n = 0; n < 4; n++) {
                    inputs.add(KernelState.of(LongStream.generate(random::value).limit(10).toArray(), random.bytes(RandomProgram.MEMORY)));
                }
                KernelResult expected = kernel.run(code, inputs);
                KernelResult actual = new KernelResult.Ran(run(reference, machine, map, code, inputs));
                if (!actual.equals(expected)) {
                    return Optional.of("seed " + SEED + ", program " + i + ": " + HexFormat.of().formatHex(code) + "\ninputs " + inputs
                            + "\nkernel " + expected + "\nreference " + actual);
                }
            }
        }
        return Optional.empty();
    }

    private static List<KernelState> run(Engine engine, Machine machine, MapDefinition map, byte[] code, List<KernelState> inputs) {
        Lane lane = machine.lane(0);
        List<KernelState> outputs = new ArrayList<>();
        try {
            long scratch = machine.map(map).values() + KernelRunner.SCRATCH_OFFSET;
            var program = engine.load(machine, machine.link(Program.raw("random", ByteOrder.nativeOrder(), code).withMaps(List.of(map))));
            for (KernelState input : inputs) {
                System.arraycopy(input.registers(), 0, lane.entry(), 0, 10);
                lane.write(scratch, input.memory());
                assertThat(program.observe(lane)).isInstanceOf(Outcome.Returned.class);
                outputs.add(KernelState.of(lane.exitRegisters(), lane.read(scratch, RandomProgram.MEMORY)));
            }
        } catch (LoadException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        return outputs;
    }
}
