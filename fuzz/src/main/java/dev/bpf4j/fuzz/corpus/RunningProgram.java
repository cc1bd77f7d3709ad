// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.fuzz.corpus;

import dev.bpf4j.fuzz.generate.Profile;
import dev.bpf4j.runtime.Policy;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The program that a worker is running, in a file that is mapped: writing it costs a copy, and it is there after whatever happens to the worker.
 * One worker writes, the campaign reads.
 *
 * <p>
 * The file: what the worker is at (int), the seed (long), then the input, whose size comes first. A worker says {@link #RUNNING} when all of it is
 * there.
 */
final class RunningProgram {
    /** Nothing is running. */
    static final int IDLE = 0;
    /** A program is running. */
    static final int RUNNING = 1;
    /** A difference is being explained, which takes long. */
    static final int EXPLAINING = 2;

    private static final int SIZE = 4 << 20;
    private static final int PHASE = 0;
    private static final int SEED = 8;
    private static final int INPUT = 16;
    private static final int REGISTERS = 10;

    private final MappedByteBuffer bytes;

    private RunningProgram(MappedByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Opens the file for the worker; makes it if it is not there. */
    static RunningProgram create(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new RunningProgram(channel.map(FileChannel.MapMode.READ_WRITE, 0, SIZE));
        }
    }

    /** Notes what runs next. Programs that do not fit, more than half a million slots, are not noted. */
    void running(long seed, TestInput input) {
        phase(IDLE);
        bytes.putLong(SEED, seed);
        byte[] profile = input.variant().profile().name().getBytes(StandardCharsets.UTF_8);
        if (input.code().length > SIZE / 2) {
            return;
        }
        ByteBuffer out = bytes.duplicate().position(INPUT);
        out.put((byte) input.variant().policy().ordinal()).put((byte) (input.variant().order() == ByteOrder.BIG_ENDIAN ? 1 : 0));
        out.putInt(profile.length).put(profile).putInt(input.code().length).put(input.code());
        for (long register : input.registers()) {
            out.putLong(register);
        }
        out.putInt(input.memory().length).put(input.memory()).putInt(input.packet().length).put(input.packet());
        phase(RUNNING);
    }

    /** Notes what the worker is at. */
    void phase(int phase) {
        bytes.putInt(PHASE, phase);
    }

    /** What a worker was at, as its file says. */
    record Left(int phase, long seed, Optional<TestInput> input) {}

    /** Reads the file of a worker, running or gone. */
    static Left read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return new Left(IDLE, -1, Optional.empty());
        }
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        if (in.remaining() < INPUT) {
            return new Left(IDLE, -1, Optional.empty());
        }
        int phase = in.getInt(PHASE);
        return new Left(phase, in.getLong(SEED), phase == IDLE ? Optional.empty() : input(in.position(INPUT)));
    }

    private static Optional<TestInput> input(ByteBuffer in) {
        try {
            Policy policy = Policy.values()[in.get()];
            ByteOrder order = in.get() == 1 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            Profile profile = Profile.named(new String(block(in), StandardCharsets.UTF_8));
            byte[] code = block(in);
            long[] registers = new long[REGISTERS];
            for (int i = 0; i < REGISTERS; i++) {
                registers[i] = in.getLong();
            }
            return Optional.of(new TestInput(new TestInput.Variant(profile, policy, order), code, registers, block(in), block(in)));
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // it was being written
            return Optional.empty();
        }
    }

    private static byte[] block(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}
