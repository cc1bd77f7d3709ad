// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.conformance.candidate;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A running adapter: the process, and its frames (docs/conformance-protocol.md). Whatever an adapter sends is checked before it is used. For one
 * thread.
 */
final class AdapterProcess implements AutoCloseable {
    /** The first line of an adapter's greeting. */
    static final String GREETING = "bpf4j-adapter 1";
    /** Largest frame in bytes. */
    static final int MOST_BYTES = 64 << 20;

    private static final int REQUEST_HEAD = 32;
    private static final int REPLY_HEAD = 24;
    private static final int REGISTERS = 10;
    private static final int BIG_ENDIAN = 1;
    private static final int HAS_REGISTERS = 1;
    private static final int HAS_MEMORY = 2;
    private static final int TIMED = 2;
    private static final int HAS_TIME = 4;

    private final Process process;
    private final InputStream in;
    /** What the reader has read and nobody has taken: one frame, so that an adapter that talks without end fills its pipe and not the heap. */
    private final BlockingQueue<Frame> frames = new ArrayBlockingQueue<>(1);
    private final Thread reader;
    private final DataOutputStream out;
    private final Duration limit;
    private final String about;
    private int number;

    /** Why there is no answer. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        private final Result.Kind kind;

        Failed(Result.Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        /** Timeout or crash. */
        Result.Kind kind() {
            return kind;
        }
    }

    /** What an adapter says about a program. */
    enum Status {
        RETURNED, FAULT, REJECTED, REFUSED, UNSUPPORTED
    }

    /**
     * An answer.
     *
     * @param r0        if it returned
     * @param registers r0 to r9 at the exit; empty if the adapter does not tell them
     * @param memory    the memory afterwards; empty if the adapter does not tell it
     * @param text      the adapter's message
     * @param nanos     nanoseconds that all runs took; 0 if the adapter does not tell them
     */
    record Reply(Status status, long r0, long[] registers, byte[] memory, String text, long nanos) {}

    /**
     * What came from the process.
     *
     * @param payload of a frame; empty if there is none
     * @param failure why there is no more; null if there is a frame
     */
    private record Frame(byte[] payload, @Nullable IOException failure) {}

    private AdapterProcess(Process process, Duration limit) throws Failed, InterruptedException {
        this.process = process;
        this.in = process.getInputStream();
        this.out = new DataOutputStream(process.getOutputStream());
        this.limit = limit;
        this.reader = Thread.ofPlatform().daemon().name("adapter-reader").start(this::readFrames);
        this.about = greeting();
    }

    /**
     * Starts an adapter and reads its greeting.
     *
     * @param limit how long it may take to say anything
     * @throws Failed if it cannot be started, or says something else
     */
    static AdapterProcess start(List<String> command, Duration limit) throws Failed, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new Failed(Result.Kind.CRASH, "cannot be started: " + e.getMessage());
        }
        boolean done = false;
        try {
            AdapterProcess adapter = new AdapterProcess(process, limit);
            done = true;
            return adapter;
        } finally {
            if (!done) {
                ChildProcess.kill(process);
            }
        }
    }

    private String greeting() throws Failed, InterruptedException {
        String text = new String(read().array(), StandardCharsets.UTF_8);
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(GREETING)) {
            throw new Failed(Result.Kind.CRASH, "its greeting is not '" + GREETING + "'");
        }
        return String.join(", ", lines.subList(1, lines.size()));
    }

    /** What the greeting says about the runtime. */
    String about() {
        return about;
    }

    /**
     * Asks about a program.
     *
     * @param address where the memory must lie; 0 if that does not matter
     * @param stack   what r10 must be; 0 if that does not matter
     * @throws Failed if no answer comes in time, or none that can be understood
     */
    Reply ask(byte[] code, ByteOrder order, byte[] memory, long address, long stack) throws Failed, InterruptedException {
        int head = REQUEST_HEAD;
        ByteBuffer request = ByteBuffer.allocate(4 + head + memory.length + code.length).order(ByteOrder.LITTLE_ENDIAN);
        request.putInt(head + memory.length + code.length).putInt(++number).putInt(order == ByteOrder.BIG_ENDIAN ? BIG_ENDIAN : 0);
        request.putLong(address).putLong(stack).putInt(memory.length).putInt(code.length).put(memory).put(code);
        return exchange(request.array(), memory.length);
    }

    /**
     * Has a little-endian program run so many times over memory that lies anywhere, without going back to its first bytes between runs.
     *
     * @param times at least 1
     * @throws Failed if no answer comes in time, or none that can be understood
     */
    Reply time(byte[] code, byte[] memory, long times) throws Failed, InterruptedException {
        int head = REQUEST_HEAD + Long.BYTES;
        ByteBuffer request = ByteBuffer.allocate(4 + head + memory.length + code.length).order(ByteOrder.LITTLE_ENDIAN);
        request.putInt(head + memory.length + code.length).putInt(++number).putInt(TIMED).putLong(0).putLong(0);
        request.putInt(memory.length).putInt(code.length).putLong(times).put(memory).put(code);
        return exchange(request.array(), memory.length);
    }

    private Reply exchange(byte[] request, int memoryLength) throws Failed, InterruptedException {
        try {
            out.write(request);
            out.flush();
        } catch (IOException e) {
            throw crashed();
        }
        return reply(read(), memoryLength);
    }

    private Reply reply(ByteBuffer frame, int memoryLength) throws Failed {
        if (frame.remaining() < REPLY_HEAD) {
            throw new Failed(Result.Kind.CRASH, "its reply has " + frame.remaining() + " bytes, expected at least " + REPLY_HEAD);
        }
        int answered = frame.getInt();
        int status = frame.getInt();
        int flags = frame.getInt();
        int textLength = frame.getInt();
        long r0 = frame.getLong();
        int registers = (flags & HAS_REGISTERS) != 0 ? REGISTERS : 0;
        int bytes = (flags & HAS_MEMORY) != 0 ? memoryLength : 0;
        boolean timed = (flags & HAS_TIME) != 0;
        long expected = (timed ? Long.BYTES : 0) + 8L * registers + bytes + (textLength & 0xffff_ffffL);
        if (answered != number || status < 0 || status >= Status.values().length || frame.remaining() != expected) {
            throw new Failed(Result.Kind.CRASH, "its reply cannot be understood: number " + answered + " (expected " + number + "), status "
                    + status + ", " + frame.remaining() + " bytes behind the head (expected " + expected + ")");
        }
        long nanos = timed ? frame.getLong() : 0;
        long[] values = new long[registers];
        for (int i = 0; i < registers; i++) {
            values[i] = frame.getLong();
        }
        byte[] memory = new byte[bytes];
        frame.get(memory);
        byte[] text = new byte[textLength];
        frame.get(text);
        return new Reply(Status.values()[status], r0, values, memory, new String(text, StandardCharsets.UTF_8), nanos);
    }

    /** The next frame's payload. */
    private ByteBuffer read() throws Failed, InterruptedException {
        Frame frame = frames.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (frame == null) {
            throw new Failed(Result.Kind.TIMEOUT, "no answer within " + limit.toMillis() + " ms");
        }
        IOException failure = frame.failure();
        if (failure instanceof EOFException) {
            throw crashed();
        }
        if (failure != null) {
            throw new Failed(Result.Kind.CRASH, failure.toString());
        }
        return ByteBuffer.wrap(frame.payload()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** What the reader's thread does until the process is gone, or sends what is no frame. */
    private void readFrames() {
        try {
            boolean going = true;
            while (going) {
                Frame frame = nextFrame();
                frames.put(frame);
                going = frame.failure() == null;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Frame nextFrame() {
        try {
            return new Frame(readFrame(), null);
        } catch (IOException e) {
            return new Frame(new byte[0], e);
        }
    }

    private byte[] readFrame() throws IOException {
        byte[] head = exactly(4);
        int length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("it announces a frame of " + Integer.toUnsignedString(length) + " bytes, expected at most " + MOST_BYTES);
        }
        return exactly(length);
    }

    /** As many bytes as come are held, not as many as are announced. */
    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    /** The process has closed its output: how did it end? */
    private Failed crashed() {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Failed(Result.Kind.CRASH, "it closed its output without an answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failed(Result.Kind.CRASH, "it closed its output without an answer");
        }
        int code = process.exitValue();
        return new Failed(Result.Kind.CRASH, "the process ended with " + (code > 128 && code <= 192 ? ChildProcess.signal(code - 128)
                : "exit code " + code));
    }

    @Override
    public void close() {
        reader.interrupt();
        ChildProcess.kill(process);
    }
}
