// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bpf4j.bench.compare.NativeBuild;
import dev.bpf4j.bench.compare.Report;
import dev.bpf4j.bench.compare.ReportTable;
import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The benchmarks run and are reported. Figures are not looked at. */
class CorpusRunTest {
    private static CorpusRun.Settings brief(Optional<NativeBuild> build, String... names) {
        List<CorpusProgram> programs = Stream.of(names).map(name -> Corpus.shipped().program(name).orElseThrow()).toList();
        return new CorpusRun.Settings(programs, List.of("interpreter"), build, 0, true);
    }

    @Test
    void everyColumnHasAFigure() throws Exception {
        Optional<NativeBuild> build = CorpusRun.compiler();
        Set<String> columns = new TreeSet<>(Set.of("interpreter strict", "interpreter sandbox"));
        build.ifPresent(compiler -> columns.add(compiler.label()));
        Report report = CorpusRun.run(brief(build, "loop", "tailchain"));
        assertThat(report.refusals()).isEmpty();
        assertThat(report.rows()).extracting(Report.Row::program).containsExactly("loop", "tailchain");
        assertThat(report.rows()).allSatisfy(row -> assertThat(row.measurements()).containsOnlyKeys(columns));
        assertThat(report.rows().getFirst().instructions()).isEqualTo(24_582);
    }

    @Test
    void missingCompilerIsToldAndCounted() throws Exception {
        Report report = CorpusRun.run(brief(Optional.empty(), "loop"));
        assertThat(report.rows().getFirst().measurements()).containsOnlyKeys("interpreter strict", "interpreter sandbox");
        assertThat(report.host()).containsEntry("native code", "not measured, for 1 programs: no clang and no gcc on the PATH");
    }

    @Test
    void nextToNoWorkIsRefused() throws Exception {
        assertThat(ReportTable.refusals(CorpusRun.run(brief(Optional.empty(), "add")))).contains(
                "interpreter sandbox did not run all programs: so short that reading the clock would count: see bpf4j bench");
    }

    @Test
    void severalInputsAreRefused() throws Exception {
        Report report = CorpusRun.run(brief(Optional.empty(), "frames"));
        assertThat(ReportTable.refusals(report)).contains(
                "interpreter strict did not run all programs: 327 inputs, and a benchmark of JMH takes one: see bpf4j bench");
        assertThat(report.rows().getFirst().measurements()).isEmpty();
    }

    @Test
    void unknownProgramIsNamed() {
        assertThatThrownBy(() -> CorpusRun.main(new String[] {"lop"})).hasMessage("no program or family lop in the corpus");
    }
}
