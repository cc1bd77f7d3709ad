// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import dev.bpf4j.conformance.bpft.BpftCase;
import dev.bpf4j.conformance.bpft.BpftRunner;
import dev.bpf4j.conformance.bpft.CaseResult;
import dev.bpf4j.conformance.bpft.Verdict;
import dev.bpf4j.conformance.candidate.Result.Kind;
import dev.bpf4j.conformance.data.DataCase;
import dev.bpf4j.conformance.linux.LinuxEngine;
import dev.bpf4j.conformance.linux.RunRefused;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.suite.Group;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.conformance.vectors.VectorCheck;
import dev.bpf4j.conformance.vectors.VectorRunner;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.vectors.Malformed;
import dev.bpf4j.isa.vectors.Vectors;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.Lane;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Machine;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import dev.bpf4j.runtime.Program;
import dev.bpf4j.runtime.helper.HelperTable;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An engine of this process; {@code linux} is one of them. */
public final class EngineCandidate implements Candidate {
    private final Engine engine;
    private final boolean verifier;
    private final Map<Conditions, Queue<VectorCheck>> idle = new ConcurrentHashMap<>();
    private final Queue<VectorCheck> checks = new ConcurrentLinkedQueue<>();

    /** An engine that is available here. */
    public EngineCandidate(Engine engine) {
        this.engine = engine;
        this.verifier = engine instanceof LinuxEngine;
    }

    /** What a comparison's machine is kept for: engines compile for both, and a machine of one kind needs one compilation. */
    private record Conditions(Policy policy, ByteOrder order) {}

    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public String description() {
        return verifier ? "the running kernel's verifier and JIT, Linux " + System.getProperty("os.version") : "engine " + engine.name();
    }

    @Override
    public String option() {
        return "--engine " + engine.name();
    }

    @Override
    public Optional<String> unavailable() {
        return engine.unavailable();
    }

    @Override
    public Result run(TestCase testCase) {
        if (verifier && testCase.group() == Group.RULINGS) {
            return Result.notAsked(Portable.RULINGS);
        }
        try {
            return switch (testCase.body()) {
                case TestCase.Data(DataCase data) -> run(data);
                case TestCase.Bpft(BpftCase bpft) -> run(bpft);
                case TestCase.Vectors(Instruction row, ByteOrder order, int count) -> vectors(row, order, count);
                case TestCase.Malformed(Instruction row, ByteOrder order) -> malformed(row, order);
            };
        } catch (RunRefused e) {
            return Result.of(Kind.REFUSED, text(e));
        }
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /** What it means that a program is not taken. */
    private Result rejected(String reason, ByteOrder order) {
        boolean bigEndian = order == ByteOrder.BIG_ENDIAN && reason.toLowerCase(Locale.ROOT).replace('_', '-').contains("big-endian");
        return Result.of(bigEndian ? Kind.NOT_ASKED : verifier ? Kind.REFUSED : Kind.REJECTED, reason);
    }

    /** What the kernel says about a program that our linker would not let through to it; empty if it accepts it. */
    private static Optional<String> kernelRejection(String name, byte[] code) {
        try {
            LinuxEngine.machineCode(Program.raw(name, ByteOrder.nativeOrder(), code));
            return Optional.empty();
        } catch (LoadException e) {
            return Optional.of(text(e));
        }
    }

    private static Optional<String> acceptedByKernel(Malformed malformed) {
        return kernelRejection(malformed.id(), malformed.code()).isPresent() ? Optional.empty() : Optional.of("accepted");
    }

    private Result run(DataCase data) {
        if (verifier && data.expectation() instanceof DataCase.Failure(String message)) {
            return kernelRejection(data.name(), data.code()).map(reason -> errorAsExpected(message, reason)).orElseGet(() -> Result.wrong(
                    "",
                    "an error", "the kernel accepts it"));
        }
        try (Machine machine = new Machine(Machine.Settings.standard().withHelpers(HelperTable.conformance()))) {
            Lane lane = machine.lane(0);
            Outcome observed;
            Outcome unobserved;
            try {
                LoadedProgram loaded = machine.load(engine, machine.link(Program.raw(data.name(), ByteOrder.LITTLE_ENDIAN, data.code())));
                lane.raw(data.memory());
                observed = loaded.observe(lane);
                lane.raw(data.memory());
                unobserved = loaded.run(lane);
            } catch (LoadException e) {
                return switch (data.expectation()) {
                    case DataCase.Failure(String message) -> errorAsExpected(message, text(e));
                    case DataCase.Result expected -> rejected(text(e), ByteOrder.LITTLE_ENDIAN);
                };
            } catch (RunRefused e) {
                return switch (data.expectation()) {
                    case DataCase.Failure(String message) -> errorAsExpected(message, text(e));
                    case DataCase.Result expected -> Result.of(Kind.REFUSED, text(e));
                };
            }
            Result result = judge(data.expectation(), observed);
            return result.kind() == Kind.PASS ? judge(data.expectation(), unobserved) : result;
        }
    }

    private static Result judge(DataCase.Expectation expectation, Outcome outcome) {
        return switch (expectation) {
            case DataCase.Failure(String message) -> switch (outcome) {
                case Outcome.Returned returned -> new Result(Kind.WRONG, "expected an error, found " + returned, "error", returned
                        .toString());
                case Outcome.Fault fault -> errorAsExpected(message, fault.toString());
            };
            case DataCase.Result(long r0) -> switch (outcome) {
                case Outcome.Returned(long found) -> found == r0 ? Result.PASS
                        : Result.wrong("r0 = ", "0x" + Long.toHexString(r0), "0x" + Long.toHexString(found));
                case Outcome.Fault fault -> new Result(Kind.FAULT, fault.toString(), "returned 0x" + Long.toHexString(r0), fault.kind()
                        .name());
            };
        };
    }

    /** An error is expected and came; the words of another runtime are not asked for, unless they stand in the message. */
    private static Result errorAsExpected(String expected, String found) {
        return expected.isEmpty() || found.toLowerCase(Locale.ROOT).contains(expected.toLowerCase(Locale.ROOT)) ? Result.PASS
                : Result.wrong("the message ", expected, found);
    }

    private Result run(BpftCase testCase) {
        for (CaseResult result : new BpftRunner(List.of(engine)).run(testCase)) {
            String policy = testCase.setup().policies().size() > 1 ? " (" + result.policy().name().toLowerCase(Locale.ROOT) + ")" : "";
            switch (result.verdict()) {
                case Verdict.Pass pass -> {
                    // the next policy
                }
                case Verdict.Wrong(String difference) -> {
                    return Result.of(Kind.WRONG, difference + policy);
                }
                case Verdict.Faulted(Outcome.Fault fault) -> {
                    return Result.of(Kind.FAULT, fault + policy);
                }
                case Verdict.Refused(String reason) -> {
                    return rejected(reason, testCase.program().order());
                }
                case Verdict.Unsupported(String reason) -> {
                    return Result.notAsked(reason);
                }
            }
        }
        return Result.PASS;
    }

    /** A comparison for one thread alone: its machine costs as much as a thousand vectors, so each is used again once it is given back. */
    private VectorCheck take(Conditions conditions) {
        VectorCheck check = queue(conditions).poll();
        if (check == null) {
            check = new VectorCheck(new RfcReference(), engine, conditions.policy());
            checks.add(check);
        }
        return check;
    }

    /** Gives a comparison back. One whose engine has thrown is not given back: nobody knows what state its machine is in. */
    private void give(Conditions conditions, VectorCheck check) {
        queue(conditions).add(check);
    }

    private Queue<VectorCheck> queue(Conditions conditions) {
        return idle.computeIfAbsent(conditions, absent -> new ConcurrentLinkedQueue<>());
    }

    private Result vectors(Instruction row, ByteOrder order, int count) {
        if (verifier) {
            return Result.notAsked("vectors address their memory by constants, which no verifier allows");
        }
        Vectors vectors = VectorRunner.vectors(order);
        int different = 0;
        String first = "";
        for (Policy policy : Policy.values()) {
            // Half of the vectors under each policy: numbers tell what a vector tests, and neighbours differ in it.
            Conditions conditions = new Conditions(policy, order);
            VectorCheck check = take(conditions);
            try {
                for (int number = policy.ordinal(); number < count; number += Policy.values().length) {
                    Optional<String> difference = check.difference(vectors.vector(row, number));
                    if (difference.isPresent()) {
                        first = different++ == 0 ? row.name() + "/" + number + " (" + policy.name().toLowerCase(Locale.ROOT) + "): "
                                + difference
                                        .get() : first;
                    }
                }
            } catch (LoadException e) {
                give(conditions, check);
                return rejected(text(e), order);
            }
            give(conditions, check);
        }
        return different == 0 ? Result.PASS : Result.of(Kind.WRONG, different + " of " + count + " vectors; the first: " + first);
    }

    private Result malformed(Instruction row, ByteOrder order) {
        if (verifier && order != ByteOrder.nativeOrder()) {
            return Result.notAsked("the kernel runs programs of this machine's byte order");
        }
        int accepted = 0;
        String first = "";
        int count = 0;
        Conditions conditions = new Conditions(Policy.STRICT, order);
        VectorCheck check = take(conditions);
        for (Malformed malformed : VectorRunner.vectors(order).malformed(row)) {
            count++;
            Optional<String> difference = verifier ? acceptedByKernel(malformed) : check.difference(malformed);
            if (difference.isPresent()) {
                first = accepted++ == 0 ? malformed.id() + ": " + difference.get() : first;
            }
        }
        give(conditions, check);
        return accepted == 0 ? Result.PASS
                : Result.of(Kind.WRONG, accepted + " of " + count
                        + " malformed encodings; the first: " + first);
    }

    @Override
    public void close() {
        checks.forEach(VectorCheck::close);
    }
}
