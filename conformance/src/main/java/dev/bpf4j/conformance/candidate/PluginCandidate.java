// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import dev.bpf4j.conformance.candidate.ChildProcess.Ended;
import dev.bpf4j.conformance.candidate.Portable.Question;
import dev.bpf4j.conformance.candidate.Result.Kind;
import dev.bpf4j.conformance.data.DataCase;
import dev.bpf4j.conformance.suite.TestCase;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An outside runtime behind the public suite's plugin protocol: one process for each program. The memory is the first argument, in hexadecimal,
 * and is missing if there is none; the program comes on standard input; r0 goes to standard output in hexadecimal. An exit code other than 0 is
 * an error with a message.
 */
public final class PluginCandidate implements Candidate {
    private static final String HEX = "(0x)?[0-9a-fA-F]{1,16}";

    private final String name;
    private final List<String> command;
    private final Duration limit;

    /**
     * A plugin.
     *
     * @param command the executable, and the options that come behind the memory
     * @param limit   how long one program may take
     */
    public PluginCandidate(String name, List<String> command, Duration limit) {
        this.name = name;
        this.command = List.copyOf(command);
        this.limit = limit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String description() {
        return "plugin " + String.join(" ", command);
    }

    @Override
    public String option() {
        return "--plugin '" + String.join(" ", command) + "'";
    }

    @Override
    public Optional<String> unavailable() {
        return ChildProcess.unavailable(command);
    }

    @Override
    public Result run(TestCase testCase) throws InterruptedException {
        Optional<String> reason = Portable.reason(testCase);
        if (reason.isPresent()) {
            return Result.notAsked(reason.get());
        }
        return switch (testCase.body()) {
            case TestCase.Data data -> ask(Portable.question(testCase));
            case TestCase.Bpft bpft -> ask(Portable.question(testCase));
            case TestCase.Vectors vectors -> Result.notAsked("the plugin protocol has no address for the memory");
            case TestCase.Malformed malformed -> Result.notAsked("the plugin protocol starts a process for each of many programs");
        };
    }

    private Result ask(Question question) throws InterruptedException {
        if (question.order() == ByteOrder.BIG_ENDIAN) {
            return Result.notAsked("the plugin protocol is for little-endian programs");
        }
        List<String> words = new ArrayList<>(command);
        if (question.memory().length > 0) {
            words.add(1, hex(question.memory()));
        }
        try {
            return judge(question.expectation(), ChildProcess.run(words, (hex(question.code()) + "\n").getBytes(StandardCharsets.US_ASCII),
                    limit));
        } catch (IOException e) {
            return Result.of(Kind.CRASH, "cannot be started: " + e.getMessage());
        }
    }

    /** The public runner writes two blanks behind each byte. */
    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length * 4);
        for (byte b : bytes) {
            text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16)).append("  ");
        }
        return text.toString();
    }

    private Result judge(DataCase.Expectation expectation, Ended ended) {
        if (ended.timedOut()) {
            return Result.of(Kind.TIMEOUT, "no answer within " + limit.toMillis() + " ms");
        }
        String said = (ended.out().isBlank() ? ended.err() : ended.out()).strip();
        if (ended.signal().isPresent()) {
            return Result.of(Kind.CRASH, ended.signal().get() + (said.isEmpty() ? "" : ": " + said));
        }
        String out = ended.out().strip();
        return switch (expectation) {
            case DataCase.Failure(String message) -> {
                if (ended.code() == 0) {
                    yield Result.wrong("", "an error", "r0 = " + out);
                }
                yield message.isEmpty() || message.equals(said) ? Result.PASS : Result.wrong("the message ", message, said);
            }
            case DataCase.Result(long r0) -> {
                String expected = "0x" + Long.toHexString(r0);
                if (ended.code() != 0) {
                    yield new Result(Kind.REJECTED, "exit code " + ended.code() + (said.isEmpty() ? "" : ": " + said), expected, "error");
                }
                if (!out.matches(HEX)) {
                    yield Result.wrong("r0 = ", expected, out.isEmpty() ? "nothing" : "'" + out + "', which is no number in hexadecimal");
                }
                long found = Long.parseUnsignedLong(out.startsWith("0x") ? out.substring(2) : out, 16);
                yield found == r0 ? Result.PASS : Result.wrong("r0 = ", expected, "0x" + Long.toHexString(found));
            }
        };
    }

    @Override
    public void close() {
        // each process has ended
    }
}
