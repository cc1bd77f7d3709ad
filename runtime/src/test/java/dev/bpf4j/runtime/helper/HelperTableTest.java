// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime.helper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.RoutineRunner;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HelperTableTest {
    private static final String HEAD = "| id | name | returns | arguments | programs | since | gpl | kind |\n";

    @Test
    void tableHasAllOfLinuxsHelpers() {
        assertThat(HelperTable.rows().stream().mapToInt(HelperRow::id).toArray()).isEqualTo(IntStream.rangeClosed(1, 211).toArray());
        assertThat(HelperTable.rows()).extracting(HelperRow::name).doesNotHaveDuplicates().allMatch(name -> name.matches(
                "[a-z][a-z0-9_]+"));
        assertThat(HelperTable.rows()).extracting(HelperRow::since).allMatch(since -> since.matches("[3-6]\\.[0-9]+"));
    }

    @Test
    void whatIsKnownByNameOnlyIsNamed() {
        assertThat(HelperTable.linux().find(168)).isNull();
        assertThat(HelperTable.describe(168)).isEqualTo("helper 168 (bpf_sys_close)");
        assertThat(HelperTable.describe(9999)).isEqualTo("helper 9999");
        assertThat(HelperTable.describe(-1)).isEqualTo("helper 18446744073709551615");
    }

    @Test
    void everyHelperIsEitherJavaOrRoutineOrTheEngines() throws LoadException {
        try (Machine machine = new Machine(Machine.Settings.standard())) {
            for (Helper helper : HelperTable.linux().all()) {
                if (helper.id() == HelperTable.TAIL_CALL) {
                    assertThat(helper.function()).isNull();
                    assertThat(helper.routine()).isNull();
                } else if (helper.routine() == null) {
                    assertThat(helper.function()).as(helper.name()).isNotNull();
                } else {
                    assertThat(helper.function()).as(helper.name()).isNull();
                    assertThat(new RoutineRunner(machine.lane(0), helper.id()).instructions()).as(helper.name()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void embeddersAddTheirOwn() {
        HelperTable more = HelperTable.linux().with(10_000, "mine", (lane, r1, r2, r3, r4, r5) -> r1 + 1);
        assertThat(Objects.requireNonNull(more.find(10_000)).name()).isEqualTo("mine");
        assertThat(HelperTable.linux().find(10_000)).isNull();
        assertThat(HelperTable.conformance().find(1)).isNull();
    }

    @Test
    void rowsAreRead() {
        Map<Integer, HelperRow> rows = HelperRows.parse("helpers.tbl", "# comment\n" + HEAD
                + "| 7 | f | int | m:map, k:key, b:in[n], n:size, r:out[8] | all | 4.1 | gpl | java |\n"
                + "| 8 | g | u64 | | all | 4.1 | | routine go |\n| 9 | h | | | | 4.2 | | - |\n");
        HelperRow f = Objects.requireNonNull(rows.get(7));
        assertThat(f.gplOnly()).isTrue();
        assertThat(f.prototype()).isEqualTo("int bpf_f(m: map, k: key, b: in[n], n: size, r: out[8])");
        assertThat(f.arguments().get(2).extent()).isEqualTo(3);
        assertThat(f.arguments().get(4).fixedSize()).isEqualTo(8);
        assertThat(Objects.requireNonNull(rows.get(8)).routine()).isEqualTo("go");
        assertThat(Objects.requireNonNull(rows.get(9)).kind()).isEqualTo(HelperRow.Kind.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"| 1 | f | int | a:nothing | all | 4.1 | | java |", "| 1 | f | int | k:key | all | 4.1 | | java |",
        "| 1 | f | int | a:in | all | 4.1 | | java |", "| 1 | f | int | a:u32[4] | all | 4.1 | | java |",
        "| 1 | f | int | a:in[b] | all | 4.1 | | java |", "| 1 | f | int | | all | 4.1 | | python |",
        "| x | f | int | | all | 4.1 | | java |",
        "| 1 | f | long | | all | 4.1 | | java |", "| 1 | f | int | | all | 4.1 | java |", "1 | f",
        "| 1 | f | int | a | all | 4.1 | | java |",
        "| 1 | f | int | a:u32, b:u32, c:u32, d:u32, e:u32, f:u32 | all | 4.1 | | java |",
        "| 1 | f | | | | 4.1 | | - |\n| 1 | g | | | | 4.1 | | - |"})
    void badRowsAreRefusedWithTheirLine(String row) {
        int line = 2 + (int) row.chars().filter(c -> c == '\n').count();
        assertThatThrownBy(() -> HelperRows.parse("helpers.tbl", HEAD + row)).isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "helpers.tbl:" + line
                                + ": ");
    }
}
