// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import dev.bpf4j.conformance.candidate.AdapterProcess.Failed;
import dev.bpf4j.conformance.candidate.AdapterProcess.Reply;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An outside runtime that is asked what it makes of little-endian programs over bytes of memory, in the public plugin protocol or in this project's
 * own. A process that dies or hangs is an answer, and another one is started for the next program. For one thread.
 */
public final class OutsideRuntime implements AutoCloseable {
    private final String name;
    private final List<String> command;
    private final boolean adapter;
    private final Duration limit;
    private @Nullable AdapterProcess running;

    /**
     * A runtime; it is started for the first program.
     *
     * @param command the executable and its options
     * @param adapter whether it speaks this project's protocol
     * @param limit   how long one program may take
     */
    public OutsideRuntime(String name, List<String> command, boolean adapter, Duration limit) {
        this.name = name;
        this.command = List.copyOf(command);
        this.adapter = adapter;
        this.limit = limit;
    }

    /** The name, for people. */
    public String name() {
        return name;
    }

    /** How a program ended. */
    public enum Ended {
        /** It returned. */
        RETURNED,
        /** The runtime ended it. */
        FAULT,
        /** It was not run: rejected, refused by a verifier, or not supported. */
        REJECTED,
        /** There was no answer in time. */
        TIMEOUT,
        /** The process died, or said what cannot be understood. */
        CRASH
    }

    /**
     * What a runtime made of a program.
     *
     * @param r0     if it returned
     * @param memory the memory afterwards, if the runtime tells it
     * @param text   the runtime's message
     */
    public record Answer(Ended ended, long r0, Optional<byte[]> memory, String text) {}

    /** Why it cannot be asked; empty if it can. */
    public Optional<String> unavailable() throws InterruptedException {
        if (!adapter) {
            return ChildProcess.unavailable(command);
        }
        try {
            process();
            return Optional.empty();
        } catch (Failed e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What an adapter says about its runtime, or why it says nothing. */
    public String about() throws InterruptedException {
        try {
            return process().about();
        } catch (Failed e) {
            return String.valueOf(e.getMessage());
        }
    }

    private AdapterProcess process() throws Failed, InterruptedException {
        AdapterProcess process = running;
        if (process == null) {
            process = AdapterProcess.start(command, limit);
            running = process;
        }
        return process;
    }

    /** Has a program run over memory whose address is in r1 and whose length is in r2. */
    public Answer ask(byte[] code, byte[] memory) throws InterruptedException {
        return adapter ? timed(process -> process.ask(code, ByteOrder.LITTLE_ENDIAN, memory, 0, 0)).answer() : plugin(code, memory);
    }

    /**
     * What came of many runs.
     *
     * @param answer of the last one
     * @param nanos  nanoseconds of all of them, 0 if the runtime does not tell
     */
    public record Timed(Answer answer, long nanos) {}

    /**
     * Has an adapter run a program so many times over memory whose address is in r1 and whose length is in r2; each run finds what the one before
     * has left there.
     *
     * @param times at least 1
     */
    public Timed time(byte[] code, byte[] memory, long times) throws InterruptedException {
        return timed(process -> process.time(code, memory, times));
    }

    private interface Request {
        Reply to(AdapterProcess process) throws Failed, InterruptedException;
    }

    private Timed timed(Request request) throws InterruptedException {
        try {
            Reply reply = request.to(process());
            Ended ended = switch (reply.status()) {
                case RETURNED -> Ended.RETURNED;
                case FAULT -> Ended.FAULT;
                case REJECTED, REFUSED, UNSUPPORTED -> Ended.REJECTED;
            };
            return new Timed(new Answer(ended, reply.r0(), reply.memory().length == 0 ? Optional.empty() : Optional.of(reply.memory()),
                    reply
                            .text()), reply.nanos());
        } catch (Failed e) {
            close();
            return new Timed(new Answer(e.kind() == Result.Kind.TIMEOUT ? Ended.TIMEOUT : Ended.CRASH, 0, Optional.empty(), String.valueOf(e
                    .getMessage())), 0);
        }
    }

    private Answer plugin(byte[] code, byte[] memory) throws InterruptedException {
        HexFormat hex = HexFormat.ofDelimiter(" ");
        List<String> words = new ArrayList<>(command);
        if (memory.length > 0) {
            words.add(1, hex.formatHex(memory));
        }
        ChildProcess.Ended ended;
        try {
            ended = ChildProcess.run(words, (hex.formatHex(code) + "\n").getBytes(StandardCharsets.US_ASCII), limit);
        } catch (IOException e) {
            return new Answer(Ended.CRASH, 0, Optional.empty(), "cannot be started: " + e.getMessage());
        }
        String out = ended.out().strip();
        String said = (out.isEmpty() ? ended.err() : out).strip();
        if (ended.timedOut()) {
            return new Answer(Ended.TIMEOUT, 0, Optional.empty(), "no answer within " + limit.toMillis() + " ms");
        }
        if (ended.signal().isPresent()) {
            return new Answer(Ended.CRASH, 0, Optional.empty(), ended.signal().get());
        }
        if (ended.code() != 0) {
            return new Answer(Ended.REJECTED, 0, Optional.empty(), said);
        }
        String digits = out.startsWith("0x") ? out.substring(2) : out;
        return digits.matches("[0-9a-fA-F]{1,16}") ? new Answer(Ended.RETURNED, Long.parseUnsignedLong(digits, 16), Optional.empty(), "")
                : new Answer(Ended.CRASH, 0, Optional.empty(), "its answer is no number in hexadecimal");
    }

    @Override
    public void close() {
        AdapterProcess process = running;
        if (process != null) {
            process.close();
            running = null;
        }
    }
}
