// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoadRunTest {

    @ParameterizedTest
    @EnumSource(LargePrograms.Shape.class)
    void programsAreOfTheSizeWanted(LargePrograms.Shape shape) throws Exception {
        for (int slots : new int[] {100, 1000, 8000, 60_000}) {
            Program program = LargePrograms.of(shape, slots);
            assertThat(program.slots()).isBetween(slots * 7 / 10, slots * 11 / 10);
            try (Machine machine = new Machine(Machine.Settings.standard())) {
                assertThat(machine.link(program).slots()).isEqualTo(program.slots());
            }
        }
    }

    @Test
    void everyLineHasAFigure() throws Exception {
        String table = LoadRun.run(new String[] {"--engine=interpreter", "--slots=100", "--shape=ONE"}, true);
        assertThat(table.lines().filter(line -> line.startsWith("| one |"))).hasSize(6).allMatch(line -> line.matches(
                "\\| one \\| (link|(load|translate), interpreter), (strict|sandbox) \\| \\d+\\.\\d \\(\\d+ µs\\) \\|"));
    }

    @Test
    void unknownArgumentIsNamed() {
        assertThatThrownBy(() -> LoadRun.main(new String[] {"--size=3"})).hasMessage("unknown argument --size=3");
    }
}
