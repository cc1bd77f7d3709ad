// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftCase.Ends;
import dev.bpf4j.conformance.bpft.BpftCase.MemoryKind;
import dev.bpf4j.conformance.bpft.BpftCase.Rejected;
import dev.bpf4j.conformance.bpft.BpftCase.Start;
import dev.bpf4j.conformance.data.DataCase;
import dev.bpf4j.conformance.suite.Group;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.isa.Effect;
import dev.bpf4j.isa.Effects;
import dev.bpf4j.isa.Expr;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.Instruction.FieldName;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.ProgramType;
import java.nio.ByteOrder;
import java.util.Optional;

/** Which cases an outside runtime can be asked: bytes of code over bytes of memory, without maps, packets and helpers of ours. */
final class Portable {
    /** Why outside runtimes are not asked about rulings. */
    static final String RULINGS = "the case is about what this project has decided where the RFC leaves a choice";

    private static final String LINKED = "it refers to maps, helpers, variables, code pointers or the arena";

    private Portable() {
    }

    /** A program, its memory, and what must come. */
    record Question(byte[] code, ByteOrder order, byte[] memory, DataCase.Expectation expectation) {}

    /** Why a case cannot be asked at all; empty if it can. */
    static Optional<String> reason(TestCase testCase) {
        if (testCase.group() == Group.RULINGS) {
            return Optional.of(RULINGS);
        }
        return switch (testCase.body()) {
            case TestCase.Data data -> Optional.empty();
            case TestCase.Bpft(BpftCase bpft) -> testCase.rows().stream().anyMatch(Portable::linked) ? Optional.of(LINKED) : reason(bpft);
            case TestCase.Vectors vectors -> linked(vectors.row()) ? Optional.of(
                    "the row refers to maps, helpers, variables or code pointers")
                    : Optional.empty();
            case TestCase.Malformed malformed -> Optional.empty();
        };
    }

    private static Optional<String> reason(BpftCase bpft) {
        Start start = bpft.start();
        boolean plain = bpft.programs().size() == 1 && bpft.program().type() == ProgramType.RAW && start.kind() == MemoryKind.MEMORY
                && start
                        .packet().length == 0 && start.registers().isEmpty() && start.entries().isEmpty();
        boolean bare = bpft.program().maps().isEmpty() && bpft.program().variables().isEmpty() && bpft.program().kfuncs().isEmpty() && bpft
                .program().poisoned().isEmpty();
        if (!plain || !bare) {
            return Optional.of("the case needs more than code and memory");
        }
        boolean returns = bpft.expectation() instanceof Rejected || bpft.expectation() instanceof Ends ends && ends
                .outcome() instanceof Outcome.Returned;
        return returns ? Optional.empty() : Optional.of("the case ends with a fault of this project's machine");
    }

    private static boolean linked(Instruction row) {
        boolean pointer = row.effects().stream().anyMatch(effect -> effect instanceof Effect.JumpIndirect
                || effect instanceof Effect.CallIndirect);
        boolean supplied = Effects.any(row.effects(), Expr.Supplied.class::isInstance);
        return pointer || supplied || row.wide() && row.targetField() != null || switch (row.operand(FieldName.IMM).kind()) {
            case HELPER, KFUNC, MAP, VARIABLE -> true;
            case FIXED, REGISTER_READ, REGISTER_WRITE, DISPLACEMENT, TARGET, ANY -> false;
        };
    }

    /** The question that a case of one program is; {@link #reason} must be empty. */
    static Question question(TestCase testCase) {
        return switch (testCase.body()) {
            case TestCase.Data(DataCase data) -> new Question(data.code(), ByteOrder.LITTLE_ENDIAN, data.memory(), data.expectation());
            case TestCase.Bpft(BpftCase bpft) -> new Question(bpft.program().code(), bpft.program().order(), bpft.start().memory(),
                    switch (bpft
                            .expectation()) {
                        case Rejected rejected -> new DataCase.Failure("");
                        case Ends ends when ends.outcome() instanceof Outcome.Returned(long r0) -> new DataCase.Result(r0);
                        case Ends ends -> throw new IllegalArgumentException(testCase + " ends with a fault");
                    });
            case TestCase.Vectors vectors -> throw new IllegalArgumentException(testCase + " has many programs");
            case TestCase.Malformed malformed -> throw new IllegalArgumentException(testCase + " has many programs");
        };
    }
}
