// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.suite;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.data.DataCase;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A case of a suite.
 *
 * @param id      unique in a run: suite, file, case, with slashes between
 * @param suite   the suite's name: the first part of the id
 * @param group   the conformance group that it tests
 * @param since   the clang {@code -mcpu} or the Linux version that its newest instruction needs
 * @param section where the instruction that decided the group is defined
 * @param insns   the instructions of its programs; of vectors, only those under test are known, by their row
 * @param rows    the rows of these instructions, each once, in the table's order
 * @param body    what is run
 */
public record TestCase(String id, String suite, Group group, String since, String section, List<Insn> insns, List<Instruction> rows,
        Body body) {

    /** Copies the lists. */
    public TestCase {
        insns = List.copyOf(insns);
        rows = List.copyOf(rows);
    }

    /** What is run. */
    public sealed interface Body {}

    /** A test of the public suite. */
    public record Data(DataCase data) implements Body {}

    /** A case of our own suite. */
    public record Bpft(BpftCase testCase) implements Body {}

    /**
     * The first vectors of a row; any that differs from the reference is a failure.
     *
     * @param count how many
     */
    public record Vectors(Instruction row, ByteOrder order, int count) implements Body {}

    /** All malformed encodings of a row; any that is accepted is a failure. */
    public record Malformed(Instruction row, ByteOrder order) implements Body {}

    /** How many programs the case runs. */
    public int programs() {
        return switch (body) {
            case Data data -> 1;
            case Bpft bpft -> 1;
            case Vectors vectors -> vectors.count();
            case Malformed malformed -> dev.bpf4j.conformance.vectors.VectorRunner.vectors(malformed.order()).malformed(malformed.row())
                    .size();
        };
    }

    @Override
    public String toString() {
        return id;
    }
}
