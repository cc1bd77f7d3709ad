// SPDX-License-Identifier: Apache-2.0
package dev.bpf4j.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A 4 GiB guest address space, as a mapping of a deleted sparse file: made in milliseconds, zero until written, and only what is touched takes
 * memory. No restricted method is needed for it. {@link #clear()} makes everything zero again at the cost of what was touched, by cutting the
 * file to nothing and growing it again under the mapping.
 *
 * <p>
 * Spaces are used again: {@link #close()} clears one and keeps it for the next {@link #create()}, so that engines may compile code in which its
 * segment is a constant ({@link #attachment}). As many are mapped as were ever open at the same time.
 *
 * <p>
 * The segment can be used from any thread. {@link #clear()} and {@link #close()} must not run while a program does.
 */
public final class GuestMemory implements AutoCloseable {
    private static final long FILE_SIZE = GuestLayout.SPACE_SIZE + GuestLayout.OVERHANG;
    /** A memory file system with less room than this is not used: a program that fills it would end the process. */
    private static final long ENOUGH_ROOM = 1L << 30;
    private static final Deque<GuestMemory> FREE = new ArrayDeque<>();

    private final FileChannel file;
    private final MemorySegment segment;
    private final Map<Class<?>, Object> attachments = new ConcurrentHashMap<>();
    private boolean open = true;

    private GuestMemory(FileChannel file) throws IOException {
        this.file = file;
        grow();
        this.segment = file.map(FileChannel.MapMode.READ_WRITE, 0, FILE_SIZE, Arena.global());
    }

    /**
     * A space, all zero.
     *
     * @throws UncheckedIOException if no sparse file can be made or mapped; the message names the folder
     */
    public static GuestMemory create() {
        synchronized (FREE) {
            GuestMemory again = FREE.pollLast();
            if (again != null) {
                again.open = true;
                return again;
            }
        }
        Path folder = folder();
        try {
            Path path = Files.createTempFile(folder, "bpf4j", ".guest");
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                Files.delete(path);
                return new GuestMemory(channel);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot map 4 GiB of guest memory from a sparse file in " + folder
                    + "; set -Djava.io.tmpdir to a folder whose file system allows sparse files", e);
        }
    }

    /** A memory file system where there is one with room, so that guest pages are never written to a disk. */
    private static Path folder() {
        Path shm = Path.of("/dev/shm");
        try {
            if (Files.isWritable(shm) && Files.getFileStore(shm).getUsableSpace() >= ENOUGH_ROOM) {
                return shm;
            }
        } catch (IOException e) {
            return temporary();
        }
        return temporary();
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir", "."));
    }

    private void grow() throws IOException {
        file.write(ByteBuffer.allocate(1), FILE_SIZE - 1);
    }

    /** The space: {@link GuestLayout#SPACE_SIZE} + {@link GuestLayout#OVERHANG} bytes; offset = guest address. */
    public MemorySegment segment() {
        return segment;
    }

    /**
     * Copies bytes out without making untouched pages resident, which a read through {@link #segment()} may do.
     *
     * @param address guest address of the first byte
     * @param into    gets the bytes, from index 0
     * @param count   bytes; they lie in the space
     */
    public void peek(long address, byte[] into, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, count);
        try {
            while (buffer.hasRemaining()) {
                if (file.read(buffer, address + buffer.position()) < 0) {
                    throw new IOException("the file behind guest memory ends before address 0x" + Long.toHexString(address + buffer
                            .position()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read guest memory", e);
        }
    }

    /** What an engine keeps with this space for as long as the process lives; made at the first call. */
    public <T> T attachment(Class<T> type, Supplier<T> maker) {
        return type.cast(attachments.computeIfAbsent(type, key -> maker.get()));
    }

    /** Makes every byte zero again. Cost: proportional to the pages touched since the last call. */
    public void clear() {
        try {
            file.truncate(0);
            grow();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot clear guest memory", e);
        }
    }

    /** Gives the space back, cleared. */
    @Override
    public void close() {
        synchronized (FREE) {
            if (open) {
                open = false;
                clear();
                FREE.addLast(this);
            }
        }
    }
}
