// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.bench.compare;

import dev.bpf4j.bench.corpus.Cpu;
import dev.bpf4j.bench.corpus.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The figures of a comparison, and what could not run.
 *
 * @param host       the machine and its state, by what it is called: processor, kernel, load, …
 * @param cpu        what the eBPF objects were compiled for
 * @param contenders in the order of the columns
 * @param rows       in the order of the corpus
 * @param refusals   what did not run
 */
public record Report(Map<String, String> host, Cpu cpu, List<Column> contenders, List<Row> rows, List<Refusal> refusals) {
    /** The contender that all ratios are to. */
    public static final String BASELINE = NativeBuild.CLANG.label();

    /** Copies the lists. */
    public Report {
        contenders = List.copyOf(contenders);
        rows = List.copyOf(rows);
        refusals = List.copyOf(refusals);
    }

    /**
     * A contender.
     *
     * @param name        its name
     * @param description what it is exactly; may be empty
     */
    public record Column(String name, String description) {}

    /**
     * A program.
     *
     * @param program      its name
     * @param family       its group
     * @param kind         what it measures
     * @param slots        instruction slots of the program
     * @param instructions eBPF instructions executed in a pass
     * @param inputs       inputs in a pass
     * @param measurements by contender; not there where it could not run
     */
    public record Row(String program, String family, Kind kind, int slots, long instructions, int inputs,
            Map<String, Measurement> measurements) {
        /** Copies the map. */
        public Row { measurements = Map.copyOf(measurements); }

        /** Whether it is counted in means: it only computes. */
        boolean counts() {
            return kind == Kind.COMPUTE;
        }

        /** Nanoseconds of a run, on average over the inputs; empty if it could not run. */
        public OptionalDouble nanos(String contender) {
            Measurement measurement = measurements.get(contender);
            return measurement == null ? OptionalDouble.empty() : OptionalDouble.of(measurement.nanos() / inputs);
        }

        /** How many times the baseline's time it takes; empty if one of them could not run. */
        public OptionalDouble ratio(String contender) {
            Measurement measurement = measurements.get(contender);
            Measurement baseline = measurements.get(BASELINE);
            return measurement == null || baseline == null ? OptionalDouble.empty()
                    : OptionalDouble.of(measurement.nanos() / baseline.nanos());
        }

        /** Nanoseconds per executed eBPF instruction, also where something else was executed in their place. */
        public OptionalDouble nanosPerInstruction(String contender) {
            Measurement measurement = measurements.get(contender);
            return measurement == null ? OptionalDouble.empty() : OptionalDouble.of(measurement.nanos() / instructions);
        }
    }

    /**
     * What did not run.
     *
     * @param contender who
     * @param program   what
     * @param reason    why, in one line
     */
    public record Refusal(String contender, String program, String reason) {}

    /** A figure of a row. */
    @FunctionalInterface
    public interface Figure {
        /** The figure for a contender; empty if there is none. */
        OptionalDouble of(Row row, String contender);
    }

    /**
     * A geometric mean.
     *
     * @param value    the mean
     * @param programs over how many
     * @param of       out of how many: less means that it cannot be compared with a mean over all
     */
    public record Mean(double value, int programs, int of) {}

    /**
     * The geometric mean over the programs that only compute.
     *
     * @param family of this family; empty: of all
     * @return empty if there are none
     */
    public Optional<Mean> mean(Optional<String> family, String contender, Figure figure) {
        List<Row> counted = rows.stream().filter(row -> row.counts() && family.map(row.family()::equals).orElse(true))
                .toList();
        double[] values = counted.stream().map(row -> figure.of(row, contender)).filter(OptionalDouble::isPresent).mapToDouble(
                OptionalDouble::getAsDouble).toArray();
        return values.length == 0 ? Optional.empty()
                : Optional.of(new Mean(Measurement.geometricMean(values), values.length, counted
                        .size()));
    }

    /** The families with programs that only compute, in the order of the corpus. */
    public List<String> families() {
        return rows.stream().filter(Row::counts).map(Row::family).distinct().toList();
    }

    /** Whether there are ratios. */
    public boolean hasBaseline() {
        return rows.stream().anyMatch(row -> row.measurements().containsKey(BASELINE));
    }
}
