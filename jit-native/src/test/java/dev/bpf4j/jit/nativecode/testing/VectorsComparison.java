// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.jit.nativecode.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.vectors.Layout;
import dev.bpf4j.isa.vectors.Vector;
import dev.bpf4j.isa.vectors.Vectors;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.GuestLayout;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.MapDefinition;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.ProgramType;
import dev.bpf4j.runtime.Regions;
import dev.bpf4j.runtime.map.MapType;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the table in every combination of operands that the vectors have, in several engines, against the evaluator. */
public abstract class VectorsComparison {
    private static final int PER_ROW = Integer.getInteger("bpf4j.vectors", Boolean.getBoolean("bpf4j.long") ? 4000 : 60);

    /** Bytes of the lane's clock and random generator. */
    private static final int CELLS = 32;
    private static final Map<Integer, String> VARIABLES = Map.of(0, "v", 1, "v", 2, "v", 5, "v", 211, "v", 0x7fff_ffff, "v", -1, "v");
    private static final MapDefinition MAP = new MapDefinition("map", MapType.ARRAY.number(), 4, 8, 4, 0, null, new byte[0],
            ByteOrder.LITTLE_ENDIAN);

    /** The engines: one for each set of CPU features. */
    protected abstract List<? extends Engine> engines();

    @ParameterizedTest
    @EnumSource
    protected void sameAsTheEvaluator(Policy policy) throws LoadException {
        List<? extends Engine> engines = engines();
        List<String> differing = new ArrayList<>();
        int count = 0;
        try (Machine machine = new Machine(Machine.Settings.standard().withPolicy(policy))) {
            machine.variable("v", machine.lane(0).contextBase());
            Layout layout = new Layout(machine.lane(0).contextBase(), GuestLayout.CODE_BASE);
            byte[] cells = machine.lane(0).read(machine.lane(0).cells(), CELLS);
            Iterator<Vector> vectors = new Vectors(Isa.bpf(), ByteOrder.LITTLE_ENDIAN, layout).all(PER_ROW).iterator();
            while (vectors.hasNext()) {
                Vector vector = vectors.next();
                LinkedProgram program = machine.link(program(vector));
                machine.lane(0).write(machine.lane(0).cells(), cells);
                String expected = observe(machine, new EvaluatorEngine(), program, vector);
                for (Engine engine : engines) {
                    machine.lane(0).write(machine.lane(0).cells(), cells);
                    String actual = observe(machine, engine, program, vector);
                    if (!actual.equals(expected) && differing.size() < 10) {
                        differing.add(vector.id() + ": " + actual + " instead of " + expected);
                    }
                    count++;
                }
                machine.unlinkFrom(0);
            }
        }
        assertThat(differing).isEmpty();
        assertThat(count).isGreaterThan(PER_ROW * 100);
    }

    /** Rows that load addresses of maps and variables find map 0 and variable 0. */
    private static Program program(Vector vector) {
        return new Program(vector.id(), ProgramType.RAW, "", vector.order(), vector.code(), List.of(), List.of(MAP), VARIABLES,
                Map.of(), Map.of(), List.of(), "GPL");
    }

    private static String observe(Machine machine, Engine engine, LinkedProgram program, Vector vector) throws LoadException {
        if (machine.policy() == Policy.SANDBOX) {
            machine.reset();
        }
        Lane lane = machine.lane(0);
        lane.raw(vector.memory());
        lane.write(lane.packetBuffer(), vector.packet());
        lane.regions().set(Regions.PACKET, lane.packetBuffer(), vector.packet().length);
        try (LoadedProgram loaded = engine.load(machine, program)) {
            Outcome outcome = loaded.observe(lane);
            String kind = outcome instanceof Outcome.Fault fault ? fault.kind() + " " + fault.pc() + " " + fault.address() + " " + fault
                    .size()
                    + fault.write() : outcome.toString();
            return kind + Arrays.toString(lane.exitRegisters()) + Arrays.hashCode(lane.contextBytes());
        }
    }
}
