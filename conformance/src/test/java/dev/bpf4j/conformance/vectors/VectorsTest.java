// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bpf4j.conformance.rfc.SeededReference;
import dev.bpf4j.interpreter.EvaluatorEngine;
import dev.bpf4j.interpreter.InterpreterEngine;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Isa;
import dev.bpf4j.isa.vectors.Vector;
import dev.bpf4j.isa.vectors.Vectors;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** That the engines from the table and the reference from the prose agree on vectors of every row, and that a wrong engine is noticed. */
class VectorsTest {
    private static final List<ByteOrder> ORDERS = List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN);

    static Stream<Arguments> suites() {
        List<Arguments> suites = new ArrayList<>();
        for (Engine engine : List.of(new EvaluatorEngine(), new InterpreterEngine())) {
            for (Policy policy : Policy.values()) {
                for (ByteOrder order : ORDERS) {
                    suites.add(Arguments.of(engine, policy, order));
                }
            }
        }
        return suites.stream();
    }

    @ParameterizedTest
    @MethodSource("suites")
    void engineAndReferenceAgree(Engine engine, Policy policy, ByteOrder order) throws LoadException {
        VectorSuite suite = new VectorSuite(engine, policy, order);
        long start = System.nanoTime();
        assertThat(suite.differences()).isEmpty();
        System.out.printf("%s, %s, %s: %,d vectors agree, %,d ms%n", engine.name(), policy, order, suite.size(), (System.nanoTime() - start)
                / 1_000_000);
    }

    @ParameterizedTest
    @MethodSource("suites")
    void malformedProgramsAreRejectedByAll(Engine engine, Policy policy, ByteOrder order) {
        assertThat(new VectorSuite(engine, policy, order).accepted()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void seededErrorIsFound(SeededReference seeded) throws LoadException {
        assertThat(new VectorSuite(seeded.engine(), Policy.STRICT, ByteOrder.LITTLE_ENDIAN).differences()).as(seeded.name()).isNotEmpty();
    }

    /** An engine that is wrong in one thing differs in the rows that need it, and in no other. */
    @Test
    void errorIsFoundInItsRowsOnly() throws LoadException {
        assertThat(rowsThatDiffer(SeededReference.FLOORED_MODULO.engine())).containsExactly("smod64_imm", "smod64_reg");
        assertThat(rowsThatDiffer(SeededReference.SIGNED_COMPARISON.engine())).containsExactly("jgt64_imm", "jgt64_reg");
    }

    private static Set<String> rowsThatDiffer(Engine wrong) throws LoadException {
        Vectors vectors = VectorRunner.vectors(ByteOrder.LITTLE_ENDIAN);
        Set<String> rows = new TreeSet<>();
        try (VectorCheck check = new VectorCheck(new InterpreterEngine(), wrong, Policy.STRICT)) {
            for (Instruction row : Isa.bpf().instructions()) {
                for (Vector vector : vectors.of(row, 60)) {
                    if (check.difference(vector).isPresent()) {
                        rows.add(row.name());
                    }
                }
            }
        }
        return rows;
    }
}
