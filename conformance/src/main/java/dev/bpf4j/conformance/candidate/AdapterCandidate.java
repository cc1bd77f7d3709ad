// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import dev.bpf4j.conformance.candidate.AdapterProcess.Failed;
import dev.bpf4j.conformance.candidate.AdapterProcess.Reply;
import dev.bpf4j.conformance.candidate.AdapterProcess.Status;
import dev.bpf4j.conformance.candidate.Portable.Question;
import dev.bpf4j.conformance.candidate.Result.Kind;
import dev.bpf4j.conformance.data.DataCase;
import dev.bpf4j.conformance.rfc.RfcReference;
import dev.bpf4j.conformance.suite.TestCase;
import dev.bpf4j.conformance.vectors.VectorObservation;
import dev.bpf4j.conformance.vectors.VectorRunner;
import dev.bpf4j.isa.Instruction;
import dev.bpf4j.isa.vectors.Malformed;
import dev.bpf4j.isa.vectors.Vector;
import dev.bpf4j.isa.vectors.Vectors;
import dev.bpf4j.runtime.Engine;
import dev.bpf4j.runtime.LoadException;
import dev.bpf4j.runtime.LoadedProgram;
import dev.bpf4j.runtime.Outcome;
import dev.bpf4j.runtime.Policy;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An outside runtime behind an adapter that speaks this project's protocol (docs/conformance-protocol.md): one process for many programs, with
 * registers and memory in the answers. A process that dies or hangs is a result, and another one is started for the next case.
 */
public final class AdapterCandidate implements Candidate {
    /** After so many deaths and hangs in one case the rest of its programs is not asked. */
    private static final int MOST_FAILURES = 3;

    private final String name;
    private final List<String> command;
    private final Duration limit;
    private @Nullable AdapterProcess running;
    private String about = "";

    /**
     * An adapter; it is started for the first case.
     *
     * @param limit how long one program may take
     */
    public AdapterCandidate(String name, List<String> command, Duration limit) {
        this.name = name;
        this.command = List.copyOf(command);
        this.limit = limit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized String description() {
        return "adapter " + String.join(" ", command) + (about.isEmpty() ? "" : " (" + about + ")");
    }

    @Override
    public String option() {
        return "--adapter '" + String.join(" ", command) + "'";
    }

    @Override
    public synchronized Optional<String> unavailable() throws InterruptedException {
        try {
            process();
            return Optional.empty();
        } catch (Failed e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public synchronized Result run(TestCase testCase) throws InterruptedException {
        Optional<String> reason = Portable.reason(testCase);
        if (reason.isPresent()) {
            return Result.notAsked(reason.get());
        }
        return switch (testCase.body()) {
            case TestCase.Data data -> one(Portable.question(testCase));
            case TestCase.Bpft bpft -> one(Portable.question(testCase));
            case TestCase.Vectors(Instruction row, ByteOrder order, int count) -> vectors(row, order, count);
            case TestCase.Malformed(Instruction row, ByteOrder order) -> malformed(row, order);
        };
    }

    /** The running process; starts one if there is none. */
    private AdapterProcess process() throws Failed, InterruptedException {
        AdapterProcess process = running;
        if (process == null) {
            process = AdapterProcess.start(command, limit);
            running = process;
            about = process.about();
        }
        return process;
    }

    private Reply ask(byte[] code, ByteOrder order, byte[] memory, long address, long stack) throws Failed, InterruptedException {
        boolean answered = false;
        try {
            Reply reply = process().ask(code, order, memory, address, stack);
            answered = true;
            return reply;
        } finally {
            if (!answered) {
                close();
            }
        }
    }

    private Result one(Question question) throws InterruptedException {
        try {
            Reply reply = ask(question.code(), question.order(), question.memory(), 0, 0);
            return switch (question.expectation()) {
                case DataCase.Failure(String message) -> judgeError(reply);
                case DataCase.Result(long r0) -> judge(r0, reply, question.order());
            };
        } catch (Failed e) {
            return Result.of(e.kind(), String.valueOf(e.getMessage()));
        }
    }

    private static Result judgeError(Reply reply) {
        return switch (reply.status()) {
            case RETURNED -> Result.wrong("", "an error", "r0 = 0x" + Long.toHexString(reply.r0()));
            case FAULT, REJECTED, REFUSED, UNSUPPORTED -> Result.PASS;
        };
    }

    private static Result judge(long r0, Reply reply, ByteOrder order) {
        return switch (reply.status()) {
            case RETURNED -> r0 == reply.r0() ? Result.PASS
                    : Result.wrong("r0 = ", "0x" + Long.toHexString(r0), "0x" + Long.toHexString(reply.r0()));
            case FAULT -> new Result(Kind.FAULT, reply.text(), "0x" + Long.toHexString(r0), "fault");
            case REJECTED -> new Result(Kind.REJECTED, reply.text(), "0x" + Long.toHexString(r0), "rejected");
            case REFUSED -> new Result(Kind.REFUSED, reply.text(), "0x" + Long.toHexString(r0), "refused");
            case UNSUPPORTED -> unsupported(reply.text(), order);
        };
    }

    /** Ruling 13: a runtime for little-endian programs alone supports its groups. */
    private static Result unsupported(String reason, ByteOrder order) {
        return order == ByteOrder.BIG_ENDIAN ? Result.notAsked(reason) : Result.unsupported(reason);
    }

    /** Vectors that return, by the reference: what a runtime does about a fault is its own affair. */
    private Result vectors(Instruction row, ByteOrder order, int count) throws InterruptedException {
        Tally tally = new Tally(count);
        Vectors vectors = VectorRunner.vectors(order);
        Engine reference = new RfcReference();
        try (VectorRunner runner = new VectorRunner(Policy.STRICT)) {
            for (int number = 0; number < count && !tally.hopeless(); number++) {
                Vector vector = vectors.vector(row, number);
                runner.link(vector);
                VectorObservation expected;
                try (LoadedProgram right = runner.load(reference)) {
                    expected = runner.observe(right);
                }
                if (vector.packet().length == 0 && expected.outcome() instanceof Outcome.Returned) {
                    vector(tally, vector, expected);
                }
            }
        } catch (LoadException e) {
            throw new IllegalStateException("the reference does not take a vector", e);
        }
        return tally.result("vectors");
    }

    private void vector(Tally tally, Vector vector, VectorObservation expected) throws InterruptedException {
        try {
            long stack = VectorRunner.usesStackPointer(vector) ? VectorRunner.STACK : 0;
            Reply reply = ask(vector.code(), vector.order(), vector.memory(), VectorRunner.MEMORY, stack);
            switch (reply.status()) {
                case RETURNED -> {
                    VectorObservation found = new VectorObservation(new Outcome.Returned(reply.r0()), reply.memory().length == 0 ? expected
                            .memory() : reply.memory(), expected.elsewhere(), reply.registers());
                    tally.count(vector.id(), Kind.WRONG, expected.difference(found).orElse(""));
                }
                case FAULT -> tally.count(vector.id(), Kind.FAULT, "fault: " + reply.text());
                case REJECTED -> tally.count(vector.id(), Kind.REJECTED, "rejected: " + reply.text());
                case REFUSED -> tally.count(vector.id(), Kind.REFUSED, "refused: " + reply.text());
                case UNSUPPORTED -> tally.unsupported(reply.text(), vector.order());
            }
        } catch (Failed e) {
            tally.failed(vector.id(), e);
        }
    }

    private Result malformed(Instruction row, ByteOrder order) throws InterruptedException {
        List<Malformed> all = VectorRunner.vectors(order).malformed(row);
        Tally tally = new Tally(all.size());
        for (Malformed malformed : all) {
            if (tally.hopeless()) {
                break;
            }
            try {
                Reply reply = ask(malformed.code(), order, new byte[0], 0, 0);
                if (reply.status() == Status.UNSUPPORTED && order == ByteOrder.BIG_ENDIAN) {
                    tally.unsupported(reply.text(), order);
                } else {
                    tally.count(malformed.id(), Kind.WRONG, reply.status() == Status.RETURNED ? "accepted, and returned" : "");
                }
            } catch (Failed e) {
                tally.failed(malformed.id(), e);
            }
        }
        return tally.result("malformed encodings");
    }

    /** What came of the programs of one case. */
    private static final class Tally {
        private final int of;
        private int passed;
        private int bad;
        private int failures;
        private Kind kind = Kind.PASS;
        private String first = "";
        private Result unsupported = Result.notAsked("none of these programs can be asked");

        Tally(int of) {
            this.of = of;
        }

        /** @param difference empty if there is none */
        void count(String id, Kind badKind, String difference) {
            if (difference.isEmpty()) {
                passed++;
            } else if (bad++ == 0) {
                kind = badKind;
                first = id + ": " + difference;
            }
        }

        void failed(String id, Failed failure) {
            failures++;
            count(id, failure.kind(), String.valueOf(failure.getMessage()));
        }

        void unsupported(String reason, ByteOrder order) {
            unsupported = AdapterCandidate.unsupported(reason, order);
        }

        boolean hopeless() {
            return failures >= MOST_FAILURES;
        }

        Result result(String what) {
            if (bad > 0) {
                return Result.of(kind, bad + " of " + of + " " + what + "; the first: " + first);
            }
            return passed > 0 && unsupported.kind() != Kind.UNSUPPORTED ? Result.PASS : unsupported;
        }
    }

    @Override
    public synchronized void close() {
        AdapterProcess process = running;
        if (process != null) {
            process.close();
            running = null;
        }
    }
}
