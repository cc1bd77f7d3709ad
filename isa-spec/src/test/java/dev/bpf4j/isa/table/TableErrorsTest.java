// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.isa.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.golden.Golden;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.SourceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake that a table can contain, with the message that it gives: each is a file of {@code table-errors}. */
class TableErrorsTest {

    static List<Path> tables() {
        return Golden.cases("table-errors", ".isa");
    }

    @ParameterizedTest
    @MethodSource("tables")
    void isRejectedWithPlaceAndReason(Path file) {
        String name = file.getFileName().toString();
        Golden.checkAnnotated(file, "//! ", text -> {
            try {
                return "accepted: " + Isa.read(Map.of(name, text)).instructions();
            } catch (SourceException e) {
                return e.diagnostic().render();
            }
        });
    }

    @Test
    void aFileThatIsTooLongIsRejected() {
        assertThatThrownBy(() -> Isa.read(Map.of("long.isa", "// nothing\n".repeat(100_000)))).isInstanceOf(SourceException.class)
                .hasMessageStartingWith("long.isa:1:1: a table file has at most 1048576 characters, this one has 1100000");
    }

    @Test
    void tooManyHeaderLinesAreRejected() {
        assertThatThrownBy(() -> Isa.read(Map.of("a.isa", "table t\n" + "  when 1\n".repeat(201)))).isInstanceOf(SourceException.class)
                .hasMessageStartingWith("a.isa:202:3: a table has at most 200 header lines");
    }

    @Test
    void tooManyColumnsAreRejected() {
        assertThatThrownBy(() -> Isa.read(Map.of("a.isa", "table t\n" + "| c ".repeat(65) + "|\n"))).isInstanceOf(SourceException.class)
                .hasMessageStartingWith("a.isa:2:259: a table has at most 64 columns");
    }

    @Test
    void theFirstErrorIsTheOneOfTheFirstFile() {
        assertThat(Isa.read(Map.of()).instructions()).isEmpty();
    }

    @Test
    void moreTablesAreCheckedAgainstThePresentOnes() {
        String add = Isa.sources().get("alu.isa");
        assertThatThrownBy(() -> Isa.bpf().with(Map.of("more.isa", String.valueOf(add)))).isInstanceOf(SourceException.class)
                .hasMessageContaining("instruction 'add32_imm' stands twice; first at alu.isa:");
    }
}
