// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.vm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.isa.Assembler;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LinkedProgram;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Program;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The automatic choice: starts cheap, moves what is hot, passes over engines that refuse. */
class AutoEngineTest {
    private final List<String> ran = new ArrayList<>();

    /** An engine that does what another one does, and tells that it was asked. */
    private final class Named implements Engine {
        private final String name;
        private final boolean refuses;
        private final Engine evaluator = Engines.named("evaluator").orElseThrow();

        Named(String name, boolean refuses) {
            this.name = name;
            this.refuses = refuses;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> unavailable() {
            return Optional.empty();
        }

        @Override
        public LoadedProgram load(Machine machine, LinkedProgram program) throws LoadException {
            if (refuses) {
                throw new LoadException(name + " takes no such program");
            }
            LoadedProgram inner = machine.load(evaluator, program);
            return new LoadedProgram() {
                @Override
                public LinkedProgram program() {
                    return inner.program();
                }

                @Override
                public Outcome run(Lane lane) {
                    ran.add(name);
                    return inner.run(lane);
                }

                @Override
                public Outcome observe(Lane lane) {
                    return inner.observe(lane);
                }

                @Override
                public void close() {
                    // the machine closes the inner one
                }
            };
        }
    }

    private static LinkedProgram count(Machine machine, int rounds) throws LoadException {
        String text = "r0 = " + rounds + "\nagain: r0 += -1\nif r0 != 0 goto again\nr0 = 7\nexit";
        return machine.link(Program.raw("count", ByteOrder.LITTLE_ENDIAN, new Assembler(Isa.bpf()).assemble("count", text,
                ByteOrder.LITTLE_ENDIAN)));
    }

    @Test
    void movesHotProgramsToTheFastestEngineThatTakesThem() throws Exception {
        AutoEngine auto = new AutoEngine(() -> List.of(new Named("cheap", false), new Named("fast", false), new Named("picky", true)));
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            AutoEngine.Tiered program = (AutoEngine.Tiered) auto.load(machine, count(machine, 10_000));
            Lane lane = machine.lane(0);
            int runs = 0;
            while (!ran.contains("fast")) {
                assertThat(program.run(lane)).isEqualTo(new Outcome.Returned(7));
                program.settle();
                assertThat(++runs).as("runs until the move").isLessThan(1000);
            }
            assertThat(ran.getFirst()).isEqualTo("cheap");
            assertThat(runs).as("runs until the move").isGreaterThan(10);
            assertThat(ran).doesNotContain("picky");
        }
    }

    @Test
    void leavesColdProgramsWhereTheyAre() throws Exception {
        AutoEngine auto = new AutoEngine(() -> List.of(new Named("cheap", false), new Named("fast", false)));
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LoadedProgram program = auto.load(machine, count(machine, 1));
            for (int i = 0; i < 1000; i++) {
                program.run(machine.lane(0));
            }
            assertThat(ran).containsOnly("cheap");
        }
    }

    @Test
    void saysWhyNoEngineTakesAProgram() throws Exception {
        AutoEngine auto = new AutoEngine(() -> List.of(new Named("picky", true)));
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            LinkedProgram program = count(machine, 1);
            assertThatThrownBy(() -> auto.load(machine, program)).isInstanceOf(LoadException.class).hasMessage(
                    "picky takes no such program");
        }
    }
}
