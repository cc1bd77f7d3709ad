// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bpf4j.golden.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Figures and their form, from numbers that are made up. */
class ReportTest {
    @Test
    void markdown() {
        Golden.check(Golden.resource("report/fake.md"), Markdown.of(FakeReport.make()));
    }

    @Test
    void chart() {
        Golden.check(Golden.resource("report/fake.svg"), Chart.of(FakeReport.make()));
    }

    @Test
    void chartWithoutNativeCodeSaysSo() {
        Report report = FakeReport.make();
        Report without = new Report(report.host(), report.cpu(), report.contenders(), List.of(), List.of());
        assertThat(Chart.of(without)).contains("no native code was measured").endsWith("</svg>\n");
    }

    @Test
    void contenderWithoutFiguresHasNoColumn() {
        Report report = FakeReport.make();
        List<Report.Column> columns = new ArrayList<>(report.contenders());
        columns.add(new Report.Column("nobody", ""));
        Report more = new Report(report.host(), report.cpu(), columns, report.rows(), List.of(new Report.Refusal("nobody", "add",
                "no such machine")));
        assertThat(ReportTable.of(more)).allSatisfy(table -> assertThat(table.heading()).doesNotContain("nobody"));
        assertThat(ReportTable.refusals(more)).containsExactly("nobody did not run add: no such machine");
    }

    @Test
    void medianIsTheMiddle() {
        assertThat(Measurement.median(new double[] {3, 1, 2})).isEqualTo(2);
        assertThat(Measurement.median(new double[] {4, 1, 2, 3})).isEqualTo(2.5);
        assertThat(new Measurement(List.of(10.0, 30.0, 20.0)).nanos()).isEqualTo(20);
        assertThat(new Measurement(List.of(10.0, 30.0, 20.0)).spread()).isEqualTo(3);
    }

    @Test
    void meanIsGeometricAndWithoutAdd() {
        Report report = FakeReport.make();
        Report.Mean kinds = report.mean(Optional.of("kinds"), "interpreter strict", Report.Row::ratio).orElseThrow();
        assertThat(kinds.value()).isCloseTo(40, within(1e-9)); // of 20 and 80
        assertThat(kinds.programs()).isEqualTo(2);
        Report.Mean all = report.mean(Optional.empty(), "linux", Report.Row::ratio).orElseThrow();
        assertThat(all).isEqualTo(new Report.Mean(all.value(), 2, 3));
        assertThat(all.value()).isCloseTo(2, within(1e-9)); // of 1 and 4
    }

    @Test
    void timesHaveTheirUnit() {
        assertThat(List.of(ReportTable.time(1.234), ReportTable.time(45.67), ReportTable.time(999), ReportTable.time(1234), ReportTable
                .time(
                        2.5e6))).containsExactly("1.23 ns", "45.7 ns", "999 ns", "1.23 µs", "2.50 ms");
    }

    @Test
    void partOfADocumentIsReplaced() {
        String document = "before\n" + Markdown.BEGIN + "\nold\n" + Markdown.END + "\nafter\n";
        String part = Markdown.BEGIN + "\nnew\n" + Markdown.END + "\n";
        assertThat(Markdown.replaceIn(document, part)).isEqualTo("before\n" + part + "after\n");
        assertThat(Markdown.replaceIn(part, part)).isEqualTo(part);
    }

    @Test
    void documentWithoutMarksIsRefused() {
        assertThatThrownBy(() -> Markdown.replaceIn("text\n", "part\n")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(
                Markdown.BEGIN);
        String reversed = Markdown.END + "\n" + Markdown.BEGIN + "\n";
        assertThatThrownBy(() -> Markdown.replaceIn(reversed, "part\n")).isInstanceOf(IllegalArgumentException.class);
    }
}
