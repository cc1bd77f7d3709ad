// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.emulated;

import dev.bpf4j.bench.compare.Execution;
import dev.bpf4j.bench.corpus.Corpus;
import dev.bpf4j.bench.corpus.CorpusProgram;
import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.Kind;
import dev.bpf4j.emulation.Architecture;
import dev.bpf4j.emulation.ExecutedInstructions;
import dev.bpf4j.jit.nativecode.NativeEngine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts of an engine over the whole corpus, as a page. */
final class CountsReport {
    private final List<Row> rows = new ArrayList<>();

    /** A program's counts under each policy. */
    private record Row(CorpusProgram program, Execution execution, Map<Policy, Counts> counts) {
        double executed(Policy policy) {
            return (double) counts(policy).executed() / execution.instructions();
        }

        double bytes(Policy policy) {
            return (double) counts(policy).hot() / execution.slots();
        }

        Counts counts(Policy policy) {
            Counts found = counts.get(policy);
            if (found == null) {
                throw new IllegalStateException("not counted under " + policy);
            }
            return found;
        }
    }

    /** A number of each row. */
    private interface Ratio {
        double of(Row row, Policy policy);
    }

    private CountsReport() {
    }

    /** Counts. */
    static CountsReport of(NativeEngine engine, ExecutedInstructions counter) throws LoadException {
        CountsReport report = new CountsReport();
        for (CorpusProgram program : Corpus.shipped().programs()) {
            Execution execution = Execution.of(program, Cpu.V3);
            Map<Policy, Counts> counts = new EnumMap<>(Policy.class);
            for (Policy policy : Policy.values()) {
                counts.put(policy, Counts.of(engine, counter, program, policy, execution));
            }
            report.rows.add(new Row(program, execution, counts));
        }
        return report;
    }

    /** Executed machine instructions for each executed eBPF instruction: geometric mean over the programs that compute. */
    double executed(Policy policy) {
        return mean(Row::executed, policy);
    }

    /** Bytes of the instructions' code for each eBPF slot: geometric mean over the programs that compute. */
    double bytes(Policy policy) {
        return mean(Row::bytes, policy);
    }

    private double mean(Ratio ratio, Policy policy) {
        return Math.exp(rows.stream().filter(row -> row.program().kind() == Kind.COMPUTE).mapToDouble(row -> Math.log(ratio.of(row,
                policy))).average().orElse(0));
    }

    /** The page. */
    String page(Architecture architecture) {
        StringBuilder page = new StringBuilder("# Machine instructions of engine " + architecture + "\n\n");
        page.append("Counted in Unicorn, so the same on every host and at every load. Objects of `-mcpu=").append(Cpu.V3).append(
                """
                        `, budget on. *eBPF*: instructions that the evaluator executes in the second
                        pass, a helper call being one. *executed*: machine instructions in that pass, those included that enter and leave code and that
                        are in routines of hot helpers. *hot*: bytes of the code of the program's instructions and routines; *all*: with what is rarely
                        run, and what enters and leaves. Executed for each eBPF instruction, and hot bytes for each slot, in parentheses. The build
                        compares this page with what it counts; `-Dbpf4j.bless=true` writes it anew.

                        | program | kind | slots | eBPF | sandbox: executed | hot | all | strict: executed | hot | all |
                        |---|---|---:|---:|---:|---:|---:|---:|---:|---:|
                        """);
        for (Row row : rows) {
            page.append(String.format(Locale.ROOT, "| %s | %s | %d | %d |%s%s\n", row.program().name(), row.program().kind(), row
                    .execution()
                    .slots(), row.execution().instructions(), columns(row, Policy.SANDBOX), columns(row, Policy.STRICT)));
        }
        page.append("\nGeometric means over the kind `compute`, executed for each eBPF instruction and hot bytes for each slot:\n\n");
        page.append("| | sandbox | strict |\n|---|---:|---:|\n");
        page.append(String.format(Locale.ROOT, "| executed | %.2f | %.2f |%n", executed(Policy.SANDBOX), executed(Policy.STRICT)));
        page.append(String.format(Locale.ROOT, "| bytes | %.2f | %.2f |%n", bytes(Policy.SANDBOX), bytes(Policy.STRICT)));
        return page.toString().replace("\r\n", "\n");
    }

    private static String columns(Row row, Policy policy) {
        Counts counts = row.counts(policy);
        return String.format(Locale.ROOT, " %d (%.2f) | %d (%.2f) | %d |", counts.executed(), row.executed(policy), counts.hot(), row.bytes(
                policy), counts.all());
    }
}
