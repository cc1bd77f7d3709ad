// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.report;

import dev.bpf4j.conformance.suite.Group;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.conformance.vectors.VectorRunner;
import dev.bpf4j.isa.Decoder;
import dev.bpf4j.isa.Insn;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.Operands;
import dev.bpf4j.isa.vectors.Vector;
import dev.bpf4j.isa.vectors.Vectors;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * What the cases that a candidate ran have exercised: rows of the table, combinations of their registers, and boundary values of their other
 * fields ({@link Operands#boundary}). Vectors run by outside runtimes are counted with those that end with a fault, which they are not asked.
 */
public final class Coverage {
    private static final Decoder DECODER = new Decoder(Isa.bpf());
    private static final List<FieldName> VALUES = List.of(FieldName.OFF, FieldName.IMM, FieldName.NEXT);

    private final Map<Instruction, Set<Insn>> seen = new ConcurrentHashMap<>();

    /**
     * How much of something was exercised.
     *
     * @param rows       rows of the table
     * @param registers  combinations of registers in these rows
     * @param values     boundary values in these rows' other fields
     * @param encodings  different encodings
     * @param ofRows     how many rows there are
     * @param ofRegisters how many combinations
     * @param ofValues   how many values
     */
    public record Share(int rows, int ofRows, int registers, int ofRegisters, int values, int ofValues, int encodings) {
        static final Share NONE = new Share(0, 0, 0, 0, 0, 0, 0);

        Share plus(Share other) {
            return new Share(rows + other.rows, ofRows + other.ofRows, registers + other.registers, ofRegisters + other.ofRegisters, values
                    + other.values, ofValues + other.ofValues, encodings + other.encodings);
        }
    }

    /** The coverage of a candidate; on all processors, since vectors are made once more for it. */
    public static Coverage of(Report report, int candidate) {
        Coverage coverage = new Coverage();
        IntStream.range(0, report.cases().size()).parallel().filter(i -> report.finding(candidate, i).result().kind().ran()).forEach(
                i -> coverage.add(report.cases().get(i)));
        return coverage;
    }

    private void add(TestCase testCase) {
        testCase.insns().forEach(this::add);
        if (testCase.body() instanceof TestCase.Vectors(Instruction row, ByteOrder order, int count) && order == ByteOrder.LITTLE_ENDIAN) {
            Vectors vectors = VectorRunner.vectors(order);
            for (Vector vector : vectors.of(row, count)) {
                if (DECODER.decode(vector.code(), vector.slot(), order) instanceof Decoder.Decoded(Insn insn)) {
                    add(insn);
                }
            }
        }
    }

    private void add(Insn insn) {
        seen.computeIfAbsent(insn.instruction(), row -> ConcurrentHashMap.newKeySet()).add(insn);
    }

    /** The share of each group's rows. */
    public Map<Group, Share> groups() {
        Map<Group, Share> shares = new EnumMap<>(Group.class);
        for (Instruction row : Isa.bpf().instructions()) {
            shares.merge(Group.of(row), share(row), Share::plus);
        }
        return shares;
    }

    /** The share of all rows. */
    public Share total() {
        return groups().values().stream().reduce(Share.NONE, Share::plus);
    }

    /** Rows that no case had. */
    public List<Instruction> missing() {
        return new ArrayList<>(Isa.bpf().instructions().stream().filter(row -> !seen.containsKey(row)).toList());
    }

    private Share share(Instruction row) {
        Set<Insn> insns = seen.getOrDefault(row, Set.of());
        int registers = (int) insns.stream().map(insn -> insn.dst() << 4 | insn.src()).distinct().count();
        int ofRegisters = Operands.boundary(row.operand(FieldName.DST)).size() * Operands.boundary(row.operand(FieldName.SRC)).size();
        int values = 0;
        int ofValues = 0;
        for (FieldName field : VALUES) {
            if (!row.operand(field).isFixed()) {
                Set<Integer> boundary = Set.copyOf(Operands.boundary(row.operand(field)));
                ofValues += boundary.size();
                values += (int) insns.stream().map(insn -> insn.field(field)).filter(boundary::contains).distinct().count();
            }
        }
        return new Share(insns.isEmpty() ? 0 : 1, 1, Math.min(registers, ofRegisters), ofRegisters, values, ofValues, insns.size());
    }
}
